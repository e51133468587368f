/**
 * A map that forgets its oldest entries, so that a flood cannot make it grow.
 */

/** What was remembered last. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** Builds the map. It holds at most `max` entries; setting a further one forgets the one that was set first. */
export function createRecent<Value>(max: number): Recent<Value> {
  const entries = new Map<string, Value>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      entries.delete(key); // so that a key that is set again counts as new
      entries.set(key, value);
      if (entries.size <= max) return;
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    },
  };
}

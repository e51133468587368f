/**
 * Who has the app in Teams, who does not, and who has blocked the bot. This alone decides whether the bot can reach
 * somebody.
 */

/** Whether the bot can reach somebody. With `no-app`, the app may still be installed for them through Graph. */
export const REACHES = ['has-app', 'no-app', 'blocked'] as const;

/** One of the three. */
export type Reach = (typeof REACHES)[number];

/** The setting of each person. */
export interface Reachability {
  of(person: string): Reach;
  set(person: string, reach: Reach): void;
  /** Everybody with the app, in the order they got it. */
  withApp(): readonly string[];
  /** Calls back on every change until the returned function is called. */
  watch(onChange: (person: string, reach: Reach) => void): () => void;
}

/** Creates the settings. People who are not in `withApp` do not have the app. */
export function createReachability(withApp: Iterable<string>): Reachability {
  const reaches = new Map<string, Reach>([...withApp].map((person) => [person, 'has-app']));
  const watchers = new Set<(person: string, reach: Reach) => void>();
  const of = (person: string): Reach => reaches.get(person) ?? 'no-app';
  return {
    of,
    set: (person, reach) => {
      if (of(person) === reach) return;
      reaches.set(person, reach);
      watchers.forEach((watcher) => watcher(person, reach));
    },
    withApp: () => [...reaches].filter(([, reach]) => reach === 'has-app').map(([person]) => person),
    watch: (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
  };
}

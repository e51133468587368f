/**
 * Every request the tenant received, so that a test can prove there was exactly one POST. The journal keeps the names
 * of body properties but never their values, and of an answer only the status.
 */

/** One request. */
export interface JournalEntry {
  readonly at: number;
  readonly method: string;
  /** With version, without query. */
  readonly path: string;
  readonly query: string;
  readonly clientRequestId: string;
  readonly bodyKeys: readonly string[];
  /** It was part of a `$batch`. */
  readonly inBatch: boolean;
  /** The status of the answer; null before there is one, and for a request that was never processed. */
  status: number | null;
  /** The kind of fault that was applied. */
  fault: string | null;
  /** True for a call that would set a password. The bot must never make one. */
  readonly forbidden: boolean;
}

/** The journal. */
export interface Journal {
  add(entry: JournalEntry): JournalEntry;
  entries(): readonly JournalEntry[];
  clear(): void;
}

/** Creates an empty journal, which keeps the last 20,000 requests. */
export function createJournal(): Journal {
  const kept: JournalEntry[] = [];
  return {
    add: (entry) => {
      kept.push(entry);
      if (kept.length > 20_000) kept.shift();
      return entry;
    },
    entries: () => kept.map((entry) => ({ ...entry })),
    clear: () => {
      kept.length = 0;
    },
  };
}

/**
 * The ledger as the practice page shows it. The feed only reads: it cannot slow down or change what the bot writes.
 */

/** One entry of the ledger, ready to show. */
export interface FeedEntry {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly code: string;
  /** Entra object id, or `hardline`. */
  readonly actor: string;
  readonly about: string | null;
  readonly caseId: number | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What a reader of the ledger can do. */
interface LedgerReader {
  /** Entries with a number above `after`, oldest first, at most `limit`. */
  entries(after: number, limit: number): Promise<readonly FeedEntry[]>;
  /** Checks the chain. `says` is the result in one line. */
  verify(): Promise<{ readonly intact: boolean; readonly says: string }>;
}

/** A reader that can also be followed. */
export interface LedgerFeed extends LedgerReader {
  /** Calls back with the existing entries, then with new ones, until the returned function is called. */
  follow(onLines: (lines: readonly FeedEntry[]) => void): () => void;
  close(): void;
}

/** How often the feed looks for new entries while somebody follows it. */
const LOOK_EVERY_MS = 250;
const LINES_PER_LOOK = 500;

/** Follows a reader. `onError` is called when a look fails; the next look tries again. */
export function followLedger(reader: LedgerReader, onError: (error: unknown) => void): LedgerFeed {
  const followers = new Map<(lines: readonly FeedEntry[]) => void, number>();
  let timer: NodeJS.Timeout | null = null;
  let looking = false;

  const lookFor = async (follower: (lines: readonly FeedEntry[]) => void, after: number): Promise<void> => {
    const lines = await reader.entries(after, LINES_PER_LOOK);
    const last = lines.at(-1);
    if (last === undefined || !followers.has(follower)) return;
    followers.set(follower, last.seq);
    follower(lines);
  };
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      for (const [follower, after] of [...followers]) await lookFor(follower, after);
    } catch (error) {
      onError(error);
    } finally {
      looking = false;
    }
  };
  const stop = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  return {
    entries: (after, limit) => reader.entries(after, limit),
    verify: () => reader.verify(),
    follow: (onLines) => {
      followers.set(onLines, 0);
      timer ??= setInterval(() => void look(), LOOK_EVERY_MS);
      void look();
      return () => {
        followers.delete(onLines);
        if (followers.size === 0) stop();
      };
    },
    close: () => {
      followers.clear();
      stop();
    },
  };
}

/** A feed with nothing in it, where nobody looks at the practice page. */
export const NO_LEDGER: LedgerFeed = {
  entries: () => Promise.resolve([]),
  verify: () => Promise.resolve({ intact: true, says: '' }),
  follow: () => () => undefined,
  close: () => undefined,
};

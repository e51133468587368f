/**
 * The slow parts of a caller's snapshot: the sign-in log and the license. They arrive after the first card and update it in place.
 * None of them decides about a pass: they explain, and are forgotten with the process.
 */
import type { SlowFacts } from '../ports/card-views.ts';
import type { CaseId } from '../../procedure/case.ts';
import { diagnose, TELLING_MS } from '../../procedure/diagnosis.ts';
import type { Instant } from '../../procedure/facts.ts';
import type { Log } from '../ports/log.ts';
import type { Directory } from '../ports/directory.ts';
import type { StoredCase } from '../ports/ledger.ts';

/** What reading them needs. */
export interface SlowFactsParts {
  readonly directory: Pick<Directory, 'readSignIns' | 'readLicense'>;
  readonly now: () => Instant;
  readonly log: Log;
}

/** Reads slow parts in the background, once for each case. */
export interface SlowFactsReader {
  /** What is known; `null` while it is being read. Asks for it when nobody has yet. */
  of(stored: StoredCase): SlowFacts | null;
  /** The card of a case is in the chat: what was read while it was on its way is shown now. */
  cardArrived(id: CaseId): Promise<void>;
  /** Names who is told when a case has something new to show. */
  onArrival(show: (id: CaseId) => Promise<void>): void;
  whenIdle(): Promise<void>;
}

const REMEMBERED = 500;
/** What was not read because Graph was busy or slow is asked for again when the card is next drawn, after this long. */
const ASK_AGAIN_MS = 30_000;

/** Builds the reader. */
export function createSlowFacts(parts: SlowFactsParts): SlowFactsReader {
  const known = new Map<CaseId, { readonly slowFacts: SlowFacts; readonly at: Instant }>();
  const running = new Map<CaseId, Promise<void>>();
  let show: (id: CaseId) => Promise<void> = () => Promise.resolve();

  const read = async (stored: StoredCase): Promise<void> => {
    const { caller, facts, id } = stored.case;
    const now = parts.now();
    const [signIns, license] = await Promise.all([
      parts.directory.readSignIns(caller, (now - TELLING_MS) as Instant),
      parts.directory.readLicense(caller),
    ]);
    if (known.size >= REMEMBERED) known.clear();
    const diagnosis =
      signIns.kind === 'read' ? ({ kind: 'read', value: diagnose(signIns.value, facts, now) } as const) : signIns;
    known.set(id, { slowFacts: { diagnosis, license }, at: parts.now() });
    await show(id);
  };

  return {
    of(stored) {
      const { id, state } = stored.case;
      const entry = known.get(id);
      const due = entry === undefined || (isPassing(entry.slowFacts) && parts.now() - entry.at > ASK_AGAIN_MS);
      if (due && !running.has(id) && state.kind !== 'closed') {
        const run = read(stored)
          .catch((error: unknown) => {
            // The card goes on without an explanation; it says that the log is being read.
            const name = error instanceof Error ? error.name : 'unknown';
            parts.log.error({ case: id, error: name }, 'the slow parts of a snapshot were not read');
          })
          .finally(() => running.delete(id));
        running.set(id, run);
      }
      return entry?.slowFacts ?? null;
    },
    async cardArrived(id) {
      if (known.has(id)) await show(id);
    },
    onArrival(listener) {
      show = listener;
    },
    async whenIdle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

/** Missing for a reason that passes by itself. */
function isPassing({ diagnosis, license }: SlowFacts): boolean {
  const passing = new Set(['throttled', 'timeout', 'unreachable']);
  return [diagnosis, license].some((reading) => reading.kind !== 'read' && passing.has(reading.why));
}

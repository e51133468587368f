/**
 * The slow parts of the caller picture: the sign-in log and the licence. They arrive after the first card and update it in place.
 * The one rule kept here: nothing that decides about a pass waits here; this explains, and is forgotten with the process.
 */
import type { Insights } from '../cards/view.ts';
import type { CaseId } from '../procedure/case.ts';
import { diagnose, TELLING_MS } from '../procedure/diagnosis.ts';
import type { Instant } from '../procedure/facts.ts';
import type { Log } from './log.ts';
import type { Directory, StoredCase } from './ports.ts';

/** What the desk needs. */
export interface InsightsParts {
  readonly directory: Pick<Directory, 'readSignIns' | 'readLicence'>;
  readonly now: () => Instant;
  /** Called when a case has something new to show. */
  readonly arrived: (id: CaseId) => Promise<void>;
  readonly log: Log;
}

/** Reads slow parts in the background, once for each case. */
export interface InsightsDesk {
  /** What is known; `null` while it is being read. Asks for it when nobody has yet. */
  of(stored: StoredCase): Insights | null;
  /** The card of a case is in the chat: what was read while it was on its way is shown now. */
  cardArrived(id: CaseId): Promise<void>;
  idle(): Promise<void>;
}

const REMEMBERED = 500;
/** What was not read because Graph was busy or slow is asked for again when the card is next drawn, after this long. */
const ASK_AGAIN_MS = 30_000;

/** Builds the desk. */
export function createInsights(parts: InsightsParts): InsightsDesk {
  const known = new Map<CaseId, { readonly insights: Insights; readonly at: Instant }>();
  const underWay = new Map<CaseId, Promise<void>>();

  const read = async (stored: StoredCase): Promise<void> => {
    const { caller, facts, id } = stored.case;
    const now = parts.now();
    const [signIns, licence] = await Promise.all([
      parts.directory.readSignIns(caller, (now - TELLING_MS) as Instant),
      parts.directory.readLicence(caller),
    ]);
    if (known.size >= REMEMBERED) known.clear();
    const diagnosis =
      signIns.kind === 'read' ? ({ kind: 'read', value: diagnose(signIns.value, facts, now) } as const) : signIns;
    known.set(id, { insights: { diagnosis, licence }, at: parts.now() });
    await parts.arrived(id);
  };

  return {
    of(stored) {
      const { id, state } = stored.case;
      const entry = known.get(id);
      const due = entry === undefined || (isPassing(entry.insights) && parts.now() - entry.at > ASK_AGAIN_MS);
      if (due && !underWay.has(id) && state.kind !== 'closed') {
        const run = read(stored)
          .catch((error: unknown) => {
            // The card goes on without an explanation; it says that the log is being read.
            const name = error instanceof Error ? error.name : 'unknown';
            parts.log.error({ case: id, error: name }, 'the slow parts of a picture were not read');
          })
          .finally(() => underWay.delete(id));
        underWay.set(id, run);
      }
      return entry?.insights ?? null;
    },
    async cardArrived(id) {
      if (known.has(id)) await parts.arrived(id);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}

/** Missing for a reason that passes by itself. */
function isPassing({ diagnosis, licence }: Insights): boolean {
  const passing = new Set(['throttled', 'timeout', 'unreachable']);
  return [diagnosis, licence].some((reading) => reading.kind !== 'read' && passing.has(reading.why));
}

/**
 * Looks at the directory again and again while cases wait for something there, within Graph's limits.
 * Which cases wait is in the ledger; nothing is kept in memory that a restart would miss.
 */
import type { Case, CaseId } from '../../procedure/case.ts';
import type { Instant, UnreadReason } from '../../procedure/facts.ts';
import { isAt } from '../../procedure/lockout.ts';
import { Fault } from '../ports/fault.ts';
import type { Log } from '../ports/log.ts';
import type { Directory } from '../ports/directory.ts';
import type { Ledger, StoredCase } from '../ports/ledger.ts';
import type { RunCase } from '../steps/run-case.ts';

/** What watching needs. */
export interface FollowUpParts {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly runCase: RunCase;
  readonly now: () => Instant;
  readonly log: Log;
}

/** One look at everything that waits. */
export interface FollowUp {
  /** Looks once. Never two at a time: a second call joins the first. */
  tick(): Promise<void>;
}

/** One request asks the audit log about so many callers. */
const CALLERS_A_READ = 15;
/** Requests in one look. The directory has its own limit and says `throttled`; this one keeps a look short. */
const READS_A_LOOK = 3;

/** Builds the watch. */
export function createFollowUp(parts: FollowUpParts): FollowUp {
  let running: Promise<void> | null = null;
  /** When each case was last looked at, so that the one that waited longest is next. After a restart all are due. */
  let lookedAt = new Map<CaseId, Instant>();

  const look = async (): Promise<void> => {
    const waiting = (await parts.ledger.openCases()).filter(waitsForTheWorld);
    lookedAt = new Map(waiting.map(({ case: { id } }) => [id, lookedAt.get(id) ?? (0 as Instant)]));
    let due = waiting.sort((a, b) => (lookedAt.get(a.case.id) ?? 0) - (lookedAt.get(b.case.id) ?? 0));
    for (let reads = 0; reads < READS_A_LOOK; reads += 1) {
      const group = nextGroup(due);
      const [first] = group;
      if (first === undefined) break;
      if (await lookAt(parts, first, group)) {
        for (const { case: seen } of group) lookedAt.set(seen.id, parts.now());
        due = due.filter((stored) => !group.includes(stored));
      } else {
        // They stay the next ones. What is asked in another way may still have its turn.
        due = due.filter((stored) => stored.case.state.kind !== first.case.state.kind);
      }
    }
    for (const stored of await parts.ledger.openCases()) {
      await guarded(parts.log, stored.case, () => parts.runCase.report(stored, { kind: 'time-passed' }));
    }
  };

  return {
    tick() {
      running ??= look().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

function waitsForTheWorld(stored: StoredCase): boolean {
  return isAt(stored.case, 'awaiting-self-service') || isAt(stored.case, 'awaiting-backup-method');
}

/** The next cases that one request can tell about: one by its methods, or up to fifteen from the audit log. */
function nextGroup(due: readonly StoredCase[]): readonly StoredCase[] {
  const [first] = due;
  if (first === undefined) return [];
  if (isAt(first.case, 'awaiting-backup-method')) return [first];
  return due.filter((stored) => isAt(stored.case, 'awaiting-self-service')).slice(0, CALLERS_A_READ);
}

/** False when the directory has no turn for this now. Any other failure uses up the turn: others wait, too. */
async function lookAt(parts: FollowUpParts, first: StoredCase, group: readonly StoredCase[]): Promise<boolean> {
  const why = isAt(first.case, 'awaiting-backup-method')
    ? await readMethods(parts, first)
    : await followSelfService(parts, group);
  if (why !== null && why !== 'throttled') {
    parts.log.warn({ case: first.case.id, why, cases: group.length }, 'not looked at this time');
  }
  return why !== 'throttled';
}

async function followSelfService(parts: FollowUpParts, waiting: readonly StoredCase[]): Promise<UnreadReason | null> {
  const since = Math.max(Math.min(...waiting.map(sinceOf)), parts.now() - 24 * 60 * 60_000) as Instant;
  const callers = [...new Set(waiting.map((stored) => stored.case.caller))];
  const events = await parts.directory.selfServiceEvents(since, callers);
  if (events.kind !== 'read') return events.why;
  for (const stored of waiting) {
    let latest = stored;
    for (const { about, progress } of events.value) {
      if (about !== stored.case.caller || progress.at < sinceOf(stored)) continue;
      await guarded(parts.log, stored.case, async () => {
        latest = await parts.runCase.report(latest, { kind: 'self-service-progressed', progress });
      });
    }
  }
  return null;
}

function sinceOf(stored: StoredCase): Instant {
  const { state } = stored.case;
  return state.kind === 'awaiting-self-service' ? state.since : stored.case.movedAt;
}

async function readMethods(parts: FollowUpParts, stored: StoredCase): Promise<UnreadReason | null> {
  const methods = await parts.directory.readMethods(stored.case.caller);
  if (methods.kind !== 'read') return methods.why;
  const seen = { kind: 'methods-seen', methods: methods.value } as const;
  await guarded(parts.log, stored.case, () => parts.runCase.report(stored, seen));
  return null;
}

/** One case that cannot be looked at must not keep the others waiting; it is looked at again next time. */
async function guarded(log: Log, at: Case, look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'bug';
    log.error({ case: at.id, code, error: error instanceof Error ? error.name : 'unknown' }, 'watching a case failed');
  }
}

/**
 * The follow-through: looks at the world again and again while cases wait for it, within Graph's limits.
 * The one rule kept here: the watch holds nothing in memory that a restart would miss; what waits stands in the ledger.
 */
import type { Case } from '../procedure/case.ts';
import type { Instant } from '../procedure/facts.ts';
import { isAt } from '../procedure/lockout.ts';
import { Fault } from './fault.ts';
import type { Log } from './log.ts';
import type { Directory, Ledger, StoredCase } from './ports.ts';
import type { RunCase } from './run-case.ts';

/** What watching needs. */
export interface WatchParts {
  readonly directory: Directory;
  readonly ledger: Ledger;
  readonly runCase: RunCase;
  readonly now: () => Instant;
  readonly log: Log;
}

/** One look at everything that waits. */
export interface Watch {
  /** Looks once. Never two at a time: a second call joins the first. */
  tick(): Promise<void>;
}

/** The audit log lags behind by minutes; each look reaches back this far, and the procedure drops what it knows. */
const AUDIT_REACH_MS = 15 * 60_000;
/** The methods of so many callers are read in one look: the reports limit is 5 requests in 10 seconds. */
const METHOD_READS_A_TICK = 2;

/** Builds the watch. */
export function createWatch(parts: WatchParts): Watch {
  let running: Promise<void> | null = null;
  let turn = 0;

  const look = async (): Promise<void> => {
    const open = await parts.ledger.openCases();
    await followSelfService(parts, open);
    const waiting = open.filter((stored) => isAt(stored.case, 'awaiting-backup-method'));
    const chosen = rotate(waiting, turn).slice(0, METHOD_READS_A_TICK);
    turn += chosen.length;
    for (const stored of chosen) await guarded(parts.log, stored.case, () => readMethods(parts, stored));
    for (const stored of await parts.ledger.openCases()) {
      await guarded(parts.log, stored.case, () => parts.runCase.report(stored, { happened: 'time-passed' }));
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

async function followSelfService(parts: WatchParts, open: readonly StoredCase[]): Promise<void> {
  const waiting = open.filter((stored) => isAt(stored.case, 'awaiting-self-service'));
  if (waiting.length === 0) return;
  const since = Math.max(Math.min(...waiting.map(sinceOf)), parts.now() - 24 * 60 * 60_000) as Instant;
  const callers = [...new Set(waiting.map((stored) => stored.case.caller))];
  const events = await parts.directory.selfServiceEvents(since, callers);
  if (!events.read) {
    parts.log.warn({ why: events.why, cases: waiting.length }, 'self-service events not read this time');
    return;
  }
  for (const stored of waiting) {
    let latest = stored;
    for (const { about, progress } of events.value) {
      if (about !== stored.case.caller || progress.at < sinceOf(stored)) continue;
      await guarded(parts.log, stored.case, async () => {
        latest = await parts.runCase.report(latest, { happened: 'self-service-progressed', progress });
      });
    }
  }
}

function sinceOf(stored: StoredCase): Instant {
  const { state } = stored.case;
  return state.name === 'awaiting-self-service' ? state.since : ((stored.case.movedAt - AUDIT_REACH_MS) as Instant);
}

async function readMethods(parts: WatchParts, stored: StoredCase): Promise<void> {
  const methods = await parts.directory.readMethods(stored.case.caller);
  if (!methods.read) {
    parts.log.warn({ case: stored.case.id, why: methods.why }, 'methods not read this time');
    return;
  }
  await parts.runCase.report(stored, { happened: 'methods-seen', methods: methods.value });
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

function rotate<T>(list: readonly T[], by: number): readonly T[] {
  const start = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

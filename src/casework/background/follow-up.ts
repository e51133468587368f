/**
 * Looks again and again while cases wait for something in the directory: at what the feed tells of resets, and live at
 * passwords and methods, which have no report limit. Which cases wait is in the ledger; nothing is kept in memory that a
 * restart would miss.
 */
import type { Case, CaseId } from '../../procedure/case.ts';
import type { Instant, UnreadReason } from '../../procedure/facts.ts';
import { isAt } from '../../procedure/lockout.ts';
import { Fault } from '../ports/fault.ts';
import type { Log } from '../ports/log.ts';
import type { Directory } from '../ports/directory.ts';
import type { Ledger, StoredCase } from '../ports/ledger.ts';
import type { RunCase } from '../steps/run-case.ts';
import { watchPasswords, type PasswordWatch } from './new-passwords.ts';

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

/** Callers whose passwords one request asks about. */
const CALLERS_A_READ = 20;
/** Lists of methods read in one look. The directory may say `throttled`; this keeps a look short. */
const METHODS_A_LOOK = 10;

/** Builds the watch. */
export function createFollowUp(parts: FollowUpParts): FollowUp {
  let running: Promise<void> | null = null;
  /** When the methods of each case were last read, so that the one that waited longest is next. After a restart all are due. */
  const lookedAt = new Map<CaseId, Instant>();
  const passwords = watchPasswords();

  const look = async (): Promise<void> => {
    const open = await parts.ledger.openCases();
    const resetting = open.filter((stored) => isAt(stored.case, 'awaiting-self-service'));
    const registering = open.filter((stored) => isAt(stored.case, 'awaiting-backup-method'));
    await followSelfService(parts, resetting);
    await followPasswords(parts, passwords, resetting);
    await followMethods(parts, lookedAt, registering);
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

/** What the tenant's log tells about resets. It is read from what the feed keeps, so everybody fits into one look. */
async function followSelfService(parts: FollowUpParts, waiting: readonly StoredCase[]): Promise<void> {
  if (waiting.length === 0) return;
  const since = Math.max(Math.min(...waiting.map(sinceOf)), parts.now() - 24 * 60 * 60_000) as Instant;
  const callers = [...new Set(waiting.map((stored) => stored.case.caller))];
  const events = await parts.directory.selfServiceEvents(since, callers);
  if (events.kind !== 'read') {
    warn(parts, waiting, events.why);
    return;
  }
  for (const stored of waiting) {
    let latest = stored;
    for (const { about, progress } of events.value) {
      if (about !== stored.case.caller || progress.at < sinceOf(stored)) continue;
      await guarded(parts.log, stored.case, async () => {
        latest = await parts.runCase.report(latest, { kind: 'self-service-progressed', progress });
      });
    }
  }
}

/** New passwords are seen on the account within seconds, whatever the log tells later. */
async function followPasswords(
  parts: FollowUpParts,
  passwords: PasswordWatch,
  resetting: readonly StoredCase[],
): Promise<void> {
  passwords.forgetAllBut(resetting);
  if (resetting.length === 0) return;
  // What the log just told may have ended the wait.
  const waiting = (await parts.ledger.openCases()).filter((stored) => isAt(stored.case, 'awaiting-self-service'));
  for (let n = 0; n < waiting.length; n += CALLERS_A_READ) {
    const some = waiting.slice(n, n + CALLERS_A_READ);
    const times = await parts.directory.passwordChangedAt(some.map((stored) => stored.case.caller));
    for (const stored of some) {
      const time = times.get(stored.case.caller);
      if (time?.kind === 'unread') warn(parts, [stored], time.why);
      if (time?.kind !== 'read' || time.value === null || !passwords.isNew(stored, time.value)) continue;
      const progress = { step: 'password-set', reason: null, at: time.value } as const;
      await guarded(parts.log, stored.case, () =>
        parts.runCase.report(stored, { kind: 'self-service-progressed', progress }),
      );
    }
  }
}

/** The methods of those who are about to register one, those first whose list was read longest ago. */
async function followMethods(
  parts: FollowUpParts,
  lookedAt: Map<CaseId, Instant>,
  waiting: readonly StoredCase[],
): Promise<void> {
  const ids = new Set(waiting.map((stored) => stored.case.id));
  for (const id of lookedAt.keys()) if (!ids.has(id)) lookedAt.delete(id);
  const due = waiting.toSorted((a, b) => (lookedAt.get(a.case.id) ?? 0) - (lookedAt.get(b.case.id) ?? 0));
  for (const stored of due.slice(0, METHODS_A_LOOK)) {
    const methods = await parts.directory.readMethods(stored.case.caller);
    if (methods.kind === 'unread' && methods.why === 'throttled') return; // they stay the next ones
    lookedAt.set(stored.case.id, parts.now());
    if (methods.kind !== 'read') {
      warn(parts, [stored], methods.why);
      continue;
    }
    const seen = { kind: 'methods-seen', methods: methods.value } as const;
    await guarded(parts.log, stored.case, () => parts.runCase.report(stored, seen));
  }
}

function warn(parts: FollowUpParts, waiting: readonly StoredCase[], why: UnreadReason): void {
  parts.log.warn({ case: waiting[0]?.case.id ?? null, why, cases: waiting.length }, 'not looked at this time');
}

function sinceOf(stored: StoredCase): Instant {
  const { state } = stored.case;
  return state.kind === 'awaiting-self-service' ? state.since : stored.case.movedAt;
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

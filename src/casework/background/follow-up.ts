/**
 * Looks again and again while cases wait for something in the directory: at what the feed tells of resets, and live at
 * passwords and methods, which have no report limit. Which cases wait is in the ledger; nothing is kept in memory that a
 * restart would miss.
 */
import type { CaseId, StateName } from '../../procedure/case.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { Instant, UnreadReason } from '../../procedure/facts.ts';
import { isAt } from '../../procedure/lockout.ts';
import { Fault } from '../ports/fault.ts';
import type { Log } from '../ports/log.ts';
import type { Directory } from '../ports/directory.ts';
import type { Ledger, StoredCase } from '../ports/ledger.ts';
import type { RunCase } from '../steps/run-case.ts';
import { watchPasswords, type PasswordWatch } from './new-passwords.ts';
import { eachOpenCase, openCasesIn } from './open-cases.ts';

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
    const waiting = await openCasesIn(parts.ledger, ['awaiting-self-service', 'awaiting-backup-method']);
    const cases = new Map(waiting.map((stored) => [stored.case.id, stored]));
    const open: OpenCases = {
      at: (state) => [...cases.values()].filter((stored) => isAt(stored.case, state)),
      async report(id, event) {
        const stored = cases.get(id);
        if (stored !== undefined) cases.set(id, await reportGuarded(parts, stored, event));
      },
    };
    await followSelfService(parts, open, open.at('awaiting-self-service'));
    await followPasswords(parts, open, passwords);
    await followMethods(parts, open, lookedAt);
    for await (const stored of eachOpenCase(parts.ledger)) await reportGuarded(parts, stored, { kind: 'time-passed' });
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

/** The cases that wait for the directory, as far as this look brought them. */
interface OpenCases {
  at(state: StateName): readonly StoredCase[];
  /** Tells a case what was seen. */
  report(id: CaseId, event: CaseEvent): Promise<void>;
}

/** What the tenant's log tells about resets. It is read from what the feed keeps, so everybody fits into one look. */
async function followSelfService(parts: FollowUpParts, open: OpenCases, waiting: readonly StoredCase[]): Promise<void> {
  if (waiting.length === 0) return;
  const since = Math.max(Math.min(...waiting.map(sinceOf)), parts.now() - 24 * 60 * 60_000) as Instant;
  const callers = [...new Set(waiting.map((stored) => stored.case.caller))];
  const events = await parts.directory.selfServiceEvents(since, callers);
  if (events.kind !== 'read') {
    warn(parts, waiting, events.why);
    return;
  }
  for (const stored of waiting) {
    for (const { about, progress } of events.value) {
      if (about !== stored.case.caller || progress.at < sinceOf(stored)) continue;
      await open.report(stored.case.id, { kind: 'self-service-progressed', progress });
    }
  }
}

/**
 * New passwords are seen on the account within seconds, whatever the log tells later. The account does not say who set it, so
 * the log is asked once more before a case ends without that answer.
 */
async function followPasswords(parts: FollowUpParts, open: OpenCases, passwords: PasswordWatch): Promise<void> {
  const waiting = open.at('awaiting-self-service');
  passwords.forgetAllBut(waiting);
  const set = new Map<CaseId, Instant>();
  for (let n = 0; n < waiting.length; n += CALLERS_A_READ) {
    const some = waiting.slice(n, n + CALLERS_A_READ);
    const times = await parts.directory.passwordChangedAt(some.map((stored) => stored.case.caller));
    for (const stored of some) {
      const time = times.get(stored.case.caller);
      if (time?.kind === 'unread') warn(parts, [stored], time.why);
      if (time?.kind !== 'read' || time.value === null || !passwords.isNew(stored, time.value)) continue;
      set.set(stored.case.id, time.value);
    }
  }
  if (set.size === 0) return;
  await parts.directory.readLogNow();
  const isSet = (stored: StoredCase): boolean => set.has(stored.case.id);
  await followSelfService(parts, open, open.at('awaiting-self-service').filter(isSet));
  for (const {
    case: { id },
  } of open.at('awaiting-self-service').filter(isSet)) {
    const progress = { step: 'password-set', reason: null, at: set.get(id) as Instant } as const;
    await open.report(id, { kind: 'self-service-progressed', progress });
  }
}

/** The methods of those who are about to register one, those first whose list was read longest ago. */
async function followMethods(parts: FollowUpParts, open: OpenCases, lookedAt: Map<CaseId, Instant>): Promise<void> {
  const waiting = open.at('awaiting-backup-method');
  const ids = new Set(waiting.map((stored) => stored.case.id));
  for (const id of lookedAt.keys()) if (!ids.has(id)) lookedAt.delete(id);
  const due = waiting.toSorted((a, b) => (lookedAt.get(a.case.id) ?? 0) - (lookedAt.get(b.case.id) ?? 0));
  for (const stored of due.slice(0, METHODS_A_LOOK)) {
    const methods = await parts.directory.readMethods(stored.case.caller);
    if (methods.kind === 'unread' && methods.why === 'throttled') return; // they stay the next ones
    lookedAt.set(stored.case.id, parts.now());
    if (methods.kind === 'read') await open.report(stored.case.id, { kind: 'methods-seen', methods: methods.value });
    else warn(parts, [stored], methods.why);
  }
}

function warn(parts: FollowUpParts, waiting: readonly StoredCase[], why: UnreadReason): void {
  parts.log.warn({ case: waiting[0]?.case.id ?? null, why, cases: waiting.length }, 'not looked at this time');
}

function sinceOf(stored: StoredCase): Instant {
  const { state } = stored.case;
  return state.kind === 'awaiting-self-service' ? state.since : stored.case.movedAt;
}

/** Gives the case as it is afterwards. One that cannot be told must not keep the others waiting: it is looked at next time. */
async function reportGuarded(
  { runCase, log }: FollowUpParts,
  stored: StoredCase,
  event: CaseEvent,
): Promise<StoredCase> {
  try {
    return await runCase.report(stored, event);
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'bug';
    const name = error instanceof Error ? error.name : 'unknown';
    log.error({ case: stored.case.id, code, error: name }, 'watching a case failed');
    return stored;
  }
}

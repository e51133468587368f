/**
 * After a crash: what the ledger says was begun and never answered is settled. Where one process works alone, that is done before
 * anybody is served; where there are several, by the one on duty, once the process that began it is known to be gone.
 * An order without an answer is never assumed to have failed; the caller's methods are looked at.
 */
import { isAt } from '../../procedure/lockout.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import { outcomeCodeOf } from '../ports/ledger-codes.ts';
import type { Ledger, LedgerEntry, RecordedEntry, UnsettledIntent } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { RunCase } from '../steps/run-case.ts';
import type { Duty } from './duty.ts';
import { openCasesIn } from './open-cases.ts';

/** What was found. */
export interface Recovered {
  /** Orders whose answer died with the process: their cases now look for the pass. */
  readonly orders: number;
  /** Other intents without an outcome: closed as unknown. They are messages; none is sent again. */
  readonly others: number;
}

/** What settling needs. */
export interface RecoveryParts {
  readonly ledger: Ledger;
  readonly runCase: RunCase;
  readonly runtime: Runtime;
  readonly duty: Pick<Duty, 'living'>;
}

/** Settles what processes left behind that do not live any more. Throws Fault when the ledger cannot be written. */
export async function recover(parts: RecoveryParts): Promise<Recovered> {
  const { ledger, runCase, runtime } = parts;
  const { lost, underWay } = await intentsIn(parts);
  if (lost.length > 0) await ledger.record(lost.map(outcomeUnknown), runtime.now());
  let orders = 0;
  for (const stored of await openCasesIn(ledger, ['issuing'])) {
    if (!isAt(stored.case, 'issuing')) continue;
    const { orderId } = stored.case.state.order;
    // The process that sent the order waits for its answer.
    if (underWay.some(({ intentId }) => intentId === orderId)) continue;
    orders += 1;
    await runCase.report(stored, { kind: 'pass-unanswered', orderId });
  }
  return { orders, others: Math.max(0, lost.length - orders) };
}

/** The same while running, if there is anything to settle. */
export async function recoverLost(parts: RecoveryParts): Promise<void> {
  const { lost } = await intentsIn(parts);
  if (lost.length > 0) await recover(parts);
}

/** Nothing the bot does takes this long; an intent without an outcome by then will never get one by itself. */
const OLD_MS = 5 * 60_000;

/**
 * While running: an effect whose outcome could not be written leaves its intent open. It is closed as unknown, so that
 * every intent ends in one outcome. An order for a pass is left to its case, which looks for the pass. Those of another process
 * that lives are that one's to close.
 */
export async function closeOldIntents({ ledger, runtime }: Pick<RecoveryParts, 'ledger' | 'runtime'>): Promise<void> {
  const now = runtime.now();
  const own = (await ledger.unsettledIntents()).filter(({ owner }) => owner === ledger.leases.self);
  const old = own.filter((intent) => now - intent.at > OLD_MS);
  if (old.length > 0) await ledger.record(old.map(outcomeUnknown), now);
}

async function intentsIn({ ledger, duty }: RecoveryParts): Promise<{
  readonly lost: readonly UnsettledIntent[];
  readonly underWay: readonly UnsettledIntent[];
}> {
  const all = await ledger.unsettledIntents();
  const living = await duty.living(); // afterwards: a process is there before its first intent is
  const isUnderWay = ({ owner }: UnsettledIntent): boolean => owner !== null && living.has(owner);
  return { lost: all.filter((intent) => !isUnderWay(intent)), underWay: all.filter(isUnderWay) };
}

function outcomeUnknown(intent: RecordedEntry): LedgerEntry {
  const { about, caseId, intentId } = intent;
  const since = intent.detail['since'];
  const outcome = 'unknown: no answer was written down';
  const code = outcomeCodeOf(intent.code);
  if (code === 'mode.notice.outcome' || code === 'mode.unreached.outcome') {
    const detail = { since: typeof since === 'number' ? since : null, outcome };
    return entryOf(code, { actor: 'hardline', intentId }, detail);
  }
  return entryOf(code, { actor: 'hardline', about, caseId, intentId }, { outcome });
}

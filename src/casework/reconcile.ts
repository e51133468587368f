/**
 * After a crash: what the ledger says was begun and never answered is settled before anybody is served.
 * The one rule kept here: an order without an answer is never assumed to have failed; the caller's methods are looked at.
 */
import { isAt } from '../procedure/lockout.ts';
import type { Ledger, LedgerEntry, RecordedEntry, Surroundings } from './ports.ts';
import type { RunCase } from './run-case.ts';

/** What was found at start. */
export interface Reconciled {
  /** Orders whose answer died with the process: their cases now look for the pass. */
  readonly orders: number;
  /** Other intents without an outcome: closed as unknown. They are messages; none is sent again. */
  readonly others: number;
}

/** Settles what a crash left behind. Called once, before the first turn. Throws Fault when the ledger cannot be written. */
export async function reconcile(ledger: Ledger, runCase: RunCase, around: Surroundings): Promise<Reconciled> {
  const left = await ledger.unsettledIntents();
  const others = left.map(outcomeUnknown);
  if (others.length > 0) await ledger.record(others, around.now());
  let orders = 0;
  for (const stored of await ledger.openCases()) {
    if (!isAt(stored.case, 'issuing')) continue;
    orders += 1;
    const { orderId } = stored.case.state.order;
    await runCase.report(stored, { happened: 'pass-unanswered', orderId });
  }
  return { orders, others: others.length - orders };
}

function outcomeUnknown(intent: RecordedEntry): LedgerEntry {
  return {
    code: intent.code.replace(/\.intent$/, '.outcome'),
    actor: 'hardline',
    about: intent.about,
    caseId: intent.caseId,
    intentId: intent.intentId,
    detail: { outcome: 'unknown: the process ended before an answer came' },
  };
}

/**
 * After a crash: what the ledger says was begun and never answered is settled before anybody is served.
 * An order without an answer is never assumed to have failed; the caller's methods are looked at.
 */
import { isAt } from '../../procedure/lockout.ts';
import { entryOf } from '../ports/events/catalogue.ts';
import { outcomeCodeOf } from '../ports/ledger-codes.ts';
import type { Ledger, LedgerEntry, RecordedEntry } from '../ports/ledger.ts';
import type { Runtime } from '../ports/runtime.ts';
import type { RunCase } from '../steps/run-case.ts';
import { openCasesIn } from './open-cases.ts';

/** What was found at start. */
export interface Recovered {
  /** Orders whose answer died with the process: their cases now look for the pass. */
  readonly orders: number;
  /** Other intents without an outcome: closed as unknown. They are messages; none is sent again. */
  readonly others: number;
}

/** Settles what a crash left behind. Called once, before the first turn. Throws Fault when the ledger cannot be written. */
export async function recover(ledger: Ledger, runCase: RunCase, runtime: Runtime): Promise<Recovered> {
  const left = await ledger.unsettledIntents();
  const others = left.map(outcomeUnknown);
  if (others.length > 0) await ledger.record(others, runtime.now());
  let orders = 0;
  for (const stored of await openCasesIn(ledger, ['issuing'])) {
    if (!isAt(stored.case, 'issuing')) continue;
    orders += 1;
    const { orderId } = stored.case.state.order;
    await runCase.report(stored, { kind: 'pass-unanswered', orderId });
  }
  return { orders, others: others.length - orders };
}

/** Nothing the bot does takes this long; an intent without an outcome by then will never get one by itself. */
const OLD_MS = 5 * 60_000;

/**
 * While running: an effect whose outcome could not be written leaves its intent open. It is closed as unknown, so that
 * every intent ends in one outcome. An order for a pass is left to its case, which looks for the pass.
 */
export async function closeOldIntents(ledger: Ledger, runtime: Runtime): Promise<void> {
  const now = runtime.now();
  const old = (await ledger.unsettledIntents()).filter((intent) => now - intent.at > OLD_MS);
  if (old.length > 0) await ledger.record(old.map(outcomeUnknown), now);
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

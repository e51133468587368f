/**
 * Issuing a pass, in the only order that is safe: everything read afresh, the intent recorded, the buttons taken off the
 * chat card, one POST, the outcome recorded, and only then the pass shown, once, in the answer to the click.
 * A pass whose outcome could not be recorded is deleted, not shown.
 */
import type { PersonId } from '../../procedure/facts.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { PassOrder, Refusal } from '../../procedure/case.ts';
import { advance, advanceLatest, type StepRecord } from './advance.ts';
import { intentEntry, outcomeEntry, type IntendedEffect } from './entries.ts';
import { Fault } from '../ports/fault.ts';
import type { Directory, PassCreation } from '../ports/directory.ts';
import type { LedgerEntry, StoredCase } from '../ports/ledger.ts';
import type { FactsRead } from './read-facts.ts';
import type { RunCase, RunParts } from './run-case.ts';
import type { Secret } from '../ports/secret.ts';

/** What a press on *Issue* came to. */
export type Issued =
  | { readonly kind: 'shown'; readonly stored: StoredCase; readonly secret: Secret }
  | { readonly kind: 'not-shown'; readonly stored: StoredCase }
  | { readonly kind: 'refused'; readonly stored: StoredCase; readonly refusal: Refusal }
  | { readonly kind: 'stale' };

/** What issuing needs. */
export interface IssueParts extends RunParts {
  readonly directory: Directory;
  readonly runCase: RunCase;
  /** Reads everything the procedure decides on, for this click. */
  readonly readFacts: (stored: StoredCase) => Promise<FactsRead>;
  /**
   * Reads the newest mode from the ledger, so that `policy` knows it. The step is stale when a newer one is there by the
   * time it is written, whichever process wrote it.
   */
  readonly readMode: () => Promise<NonNullable<StepRecord['unlessNewer']>>;
}

/** Issues the pass of a case, or says why not. Throws Fault when the ledger cannot be written. */
export async function issuePass(parts: IssueParts, from: StoredCase, by: PersonId): Promise<Issued> {
  const { facts, outcome } = await parts.readFacts(from);
  const orderId = parts.runtime.newId();
  const unlessNewer = await parts.readMode();
  const event = { kind: 'issue-pressed', by, facts, orderId, timeLeft: 'enough' } as const;
  const pressed = await advance(parts, from, event, by, { before: [outcome], unlessNewer });
  if (pressed.kind === 'stale') {
    await parts.readMode(); // the card that answers shows the mode that came in between
    return { kind: 'stale' };
  }
  if (pressed.kind === 'refused') return pressed;
  const create = pressed.intended.find((one) => one.effect.kind === 'create-pass');
  if (create === undefined || create.effect.kind !== 'create-pass') {
    parts.runCase.later(pressed.stored, pressed.intended);
    return { kind: 'not-shown', stored: pressed.stored };
  }
  const { outbox } = parts.effects;
  // The step holds the card until the technician says that they read the pass out; this is the last update before that.
  await outbox.refreshBeforePass(from.case.id);
  const { order } = create.effect;
  const issued = await parts.directory
    .createPass(from.case.caller, order)
    .then((creation) => settlePassOrder(parts, pressed.stored, create, order, creation))
    .catch(async (error: unknown) => {
      await outbox.release(from.case.id).catch(() => undefined); // the error itself matters more, and the hold expires
      throw error;
    });
  if (issued.kind !== 'shown') await outbox.release(from.case.id);
  return issued;
}

async function settlePassOrder(
  parts: IssueParts,
  issuing: StoredCase,
  create: IntendedEffect,
  order: PassOrder,
  creation: PassCreation,
): Promise<Extract<Issued, { kind: 'shown' | 'not-shown' }>> {
  const event = eventOf(order, creation);
  try {
    const outcome = outcomeEntry(issuing.case, create, outcomeOf(creation));
    const after = await advanceLatest(parts, issuing, event, 'hardline', [outcome]);
    if (after.kind === 'refused') {
      // The answer came so late that the case counts the order as unanswered: nobody sees this pass.
      if (creation.kind === 'created') await revokePass(parts, after.stored, creation.pass.passId);
      return { kind: 'not-shown', stored: after.stored };
    }
    if (creation.kind === 'refused') parts.notices.note(issuing.case.id, 'pass-refused-by-directory');
    else parts.notices.forget(issuing.case.id, ['pass-refused-by-directory']);
    const alive = creation.kind === 'created' && after.stored.case.state.kind === 'awaiting-backup-method';
    parts.runCase.later(after.stored, after.intended);
    return alive
      ? { kind: 'shown', stored: after.stored, secret: creation.secret }
      : { kind: 'not-shown', stored: after.stored };
  } catch (error) {
    if (creation.kind === 'created') await revokePass(parts, issuing, creation.pass.passId);
    throw error;
  }
}

/**
 * Nobody may see this pass: it is deleted. Intent and outcome are recorded if the ledger can be written; if it cannot, the
 * pass is deleted all the same, because control over a pass is worth more than its entry. When it cannot be deleted
 * either, the case still counts the order as unanswered, and the watch goes on looking until the pass is gone.
 */
async function revokePass(parts: IssueParts, at: StoredCase, passId: string): Promise<void> {
  const { ledger, runtime, log, directory } = parts;
  const intended = { effect: { kind: 'delete-pass', passId }, intentId: runtime.newId() } as const;
  const write = async (entry: LedgerEntry): Promise<void> => {
    try {
      await ledger.record([entry], runtime.now());
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      log.error({ case: at.case.id, code: error.code, entry: entry.code }, 'a pass is taken back without its entry');
    }
  };
  await write(intentEntry(at.case, intended));
  const gone = await directory.deletePass(at.case.caller, passId);
  await write(outcomeEntry(at.case, intended, gone));
  log.error({ case: at.case.id, deleted: gone }, 'a pass that nobody may see was taken back');
}

function eventOf(order: PassOrder, creation: PassCreation): CaseEvent {
  const { orderId } = order;
  switch (creation.kind) {
    case 'created':
      return { kind: 'pass-created', orderId, pass: creation.pass };
    case 'refused':
      return { kind: 'pass-refused', orderId };
    case 'unanswered':
      return { kind: 'pass-unanswered', orderId };
  }
}

function outcomeOf(creation: PassCreation): string {
  return creation.kind === 'created' ? 'created' : `${creation.kind}: ${creation.reason}`;
}

/**
 * Issuing a pass, in the only order that is safe: everything read afresh, the intent recorded, one POST, the outcome recorded,
 * and only then the pass shown, once, in the answer to the click. Meanwhile the buttons are taken off the card in the chat.
 * A pass whose outcome could not be recorded is deleted, not shown; and so is a pass that nobody waits for any more.
 */
import type { PersonId } from '../../procedure/facts.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { PassOrder, Refusal } from '../../procedure/case.ts';
import { advance, advanceLatest } from './advance.ts';
import { outcomeEntry, type IntendedEffect } from './entries.ts';
import type { Background } from '../ports/background.ts';
import type { Directory, PassCreation } from '../ports/directory.ts';
import type { StoredCase } from '../ports/ledger.ts';
import { withAtMost, type Deadline, type Timing } from '../ports/runtime.ts';
import { turnId } from '../ports/turn-id.ts';
import type { FactsRead } from './read-facts.ts';
import { createRevocation, type Revocation } from './revoke-pass.ts';
import type { RunCase, RunParts } from './run-case.ts';
import type { Secret } from '../ports/secret.ts';
import type { RolesOf } from '../turns/access.ts';
import { stillMay } from './still-may.ts';

/** What a press on *Issue* came to. */
export type Issued =
  | {
      readonly kind: 'shown';
      readonly stored: StoredCase;
      readonly secret: Secret;
      /** To call when nobody gets to see the pass after all: it is deleted. */
      readonly lost: () => void;
    }
  | { readonly kind: 'not-shown'; readonly stored: StoredCase }
  | { readonly kind: 'refused'; readonly stored: StoredCase; readonly refusal: Refusal }
  | { readonly kind: 'stale' };

/** What issuing needs. */
export interface IssueParts extends RunParts {
  readonly directory: Directory;
  readonly rolesOf: RolesOf;
  readonly runCase: RunCase;
  readonly timing: Timing;
  readonly background: Background;
  /** Reads everything the procedure decides on, for this click. */
  readonly readFacts: (stored: StoredCase, deadline: Deadline) => Promise<FactsRead>;
}

/**
 * What the order needs of a turn: about a second for Graph to create a pass, as much again for a slow day, and the rest to record
 * the outcome, draw the card and write the answer. Microsoft publishes no figure. An order that takes longer does no harm: its
 * pass is deleted unseen.
 */
const ORDER_MS = 3_000;
/**
 * How long Graph's answer to an order is waited for, also after the turn was answered: while it is awaited, an answer still tells
 * for certain which pass there is, and the pass is deleted unseen. Afterwards the order is uncertain, and the pass is looked for.
 */
const ORDER_PATIENCE_MS = 30_000;
/** Taking the buttons off the old card is not worth more, and is no condition for anything. */
const REDACTING_MS = 1_000;
/** With less time than this, a read of the facts is of no use. */
const READING_MS = 1_000;

/** Issues the pass of a case, or says why not. Throws Fault when the ledger cannot be written. */
export async function issuePass(
  parts: IssueParts,
  from: StoredCase,
  by: PersonId,
  deadline: Deadline,
): Promise<Issued> {
  // The facts get what the order leaves them. When that is too little for both, no order is placed, and they get everything.
  const forFacts = deadline.left() - ORDER_MS;
  const [{ facts, outcome }, approvers] = await withAtMost(
    forFacts < READING_MS ? Infinity : forFacts,
    deadline,
    parts.timing,
    (own) => Promise.all([parts.readFacts(from, own), stillMay(parts.rolesOf, from, own)]),
  );
  // A turn orders one pass at most, so its own id names the order: in the ledger, in the case and in Microsoft's log.
  const orderId = turnId() ?? parts.runtime.newId();
  const unlessNewer = await parts.readMode(); // the order is not written when a newer mode is there by then
  const timeLeft = deadline.left() < ORDER_MS ? 'too-little' : 'enough';
  const event = { kind: 'issue-pressed', by, facts, stillMay: approvers, orderId, timeLeft } as const;
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
  const { order } = create.effect;
  const issued = await orderPass(parts, pressed.stored, order, deadline)
    .then((creation) => settlePassOrder(parts, pressed.stored, create, order, creation, deadline))
    .catch(async (error: unknown) => {
      await outbox.release(from.case.id).catch(() => undefined); // the error itself matters more, and the hold expires
      throw error;
    });
  if (issued.kind !== 'shown') await outbox.release(from.case.id);
  return issued;
}

/**
 * The step holds the card until the technician says that they read the pass out. Its last update before that runs beside the
 * order; by the time the pass can be shown it is done, or canceled.
 */
async function orderPass(
  parts: IssueParts,
  { case: { id, caller } }: StoredCase,
  order: PassOrder,
  deadline: Deadline,
): Promise<PassCreation> {
  const { timing } = parts;
  const [creation] = await Promise.all([
    // Not ended by the turn: an order that was sent is better answered than uncertain, also when nobody waits for it any more.
    withAtMost(ORDER_PATIENCE_MS, undefined, timing, (own) => parts.directory.createPass(caller, order, own)),
    withAtMost(REDACTING_MS, deadline, timing, (own) => parts.effects.outbox.refreshBeforePass(id, own)),
  ]);
  return creation;
}

async function settlePassOrder(
  parts: IssueParts,
  issuing: StoredCase,
  create: IntendedEffect,
  order: PassOrder,
  creation: PassCreation,
  deadline: Deadline,
): Promise<Extract<Issued, { kind: 'shown' | 'not-shown' }>> {
  const revocation = createRevocation(parts);
  const event = eventOf(order, creation, deadline);
  try {
    const outcome = outcomeEntry(issuing.case, create, outcomeOf(creation));
    const after = await advanceLatest(parts, issuing, event, 'hardline', { before: [outcome] });
    if (after.kind === 'refused') {
      // The answer came so late that the case counts the order as unanswered: nobody sees this pass.
      if (creation.kind === 'created') await revocation.revoke(after.stored, creation.pass.passId);
      return { kind: 'not-shown', stored: after.stored };
    }
    const alive = creation.kind === 'created' && after.stored.case.state.kind === 'awaiting-backup-method';
    parts.runCase.later(after.stored, after.intended);
    return alive ? shown(revocation, after.stored, order, creation) : { kind: 'not-shown', stored: after.stored };
  } catch (error) {
    if (creation.kind === 'created') await revocation.revoke(issuing, creation.pass.passId);
    throw error;
  }
}

function shown(
  revocation: Revocation,
  stored: StoredCase,
  { orderId }: PassOrder,
  { pass, secret }: Extract<PassCreation, { kind: 'created' }>,
): Issued & { kind: 'shown' } {
  let isLost = false;
  const lost = (): void => {
    if (isLost) return;
    isLost = true;
    revocation.unseen(stored, { kind: 'pass-unseen', orderId, pass });
  };
  return { kind: 'shown', stored, secret, lost };
}

function eventOf(order: PassOrder, creation: PassCreation, deadline: Deadline): CaseEvent {
  const { orderId } = order;
  switch (creation.kind) {
    case 'created':
      // When the time is over, or the connection was closed, nobody would see this pass.
      return { kind: deadline.left() === 0 ? 'pass-unseen' : 'pass-created', orderId, pass: creation.pass };
    case 'refused':
      return { kind: 'pass-refused', orderId };
    case 'unanswered':
      return { kind: 'pass-unanswered', orderId };
  }
}

function outcomeOf(creation: PassCreation): string {
  return creation.kind === 'created' ? 'created' : `${creation.kind}: ${creation.reason}`;
}

/**
 * Graph's answer to an order or its silence, and withdrawing the pass.
 * A case has at most one usable pass. When Graph does not answer, the pass counts as created until the opposite is certain.
 */
import type { IssuedPass } from './case.ts';
import { arriveWithoutPass, withdraw } from './decide-ending.ts';
import type { Effect } from './effects.ts';
import type { Instant } from './facts.ts';
import { knownMethods, withManagerTold, withPass } from './issued-passes.ts';
import { enoughFor, methodsRequired } from './methods.ts';
import type { Policy } from './policy.ts';
import { move, refuse, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

const SECOND = 1000;

/** Graph created the pass. If bad news came meanwhile, it is deleted without being shown. */
export function passCreated(
  at: CaseAt<'issuing'>,
  event: EventOf<'pass-created'>,
  _policy: Policy,
  now: Instant,
): Step {
  const { order, then, proof, approvals } = at.state;
  if (event.orderId !== order.orderId) return refuse('pass-order-mismatch');
  const issued = withPass(at, event.pass.passId);
  if (then !== null) return withdraw(issued, event.pass, then, now);
  const state = {
    kind: 'awaiting-backup-method',
    pass: event.pass,
    issuedOn: { proof, approvals },
    since: now,
    methodsBefore: knownMethods(at.facts),
    newMethods: [],
  } as const;
  const effects: Effect[] = [{ kind: 'notify-caller', notice: 'pass-issued' }];
  const manager = at.facts.manager.kind === 'read' ? at.facts.manager.value : null;
  if (manager === null) return move(issued, state, now, effects);
  effects.push({ kind: 'notify-manager', manager, notice: 'pass-issued' });
  return move(withManagerTold(issued, manager), state, now, effects);
}

/** Graph refused, so certainly no pass exists. */
export function passRefused(
  at: CaseAt<'issuing'>,
  event: EventOf<'pass-refused'>,
  _policy: Policy,
  now: Instant,
): Step {
  const { order, then, proof, approvals } = at.state;
  if (event.orderId !== order.orderId) return refuse('pass-order-mismatch');
  // While a pass is being created, only a manager's no asks for another proof.
  if (then !== null) return arriveWithoutPass(at, then, now, [], 'manager-declined');
  return move(at, { kind: 'ready-to-issue', proof, approvals, lastAttempt: null }, now);
}

/** Graph did not answer, so the pass may exist. The bot looks for it and never orders a second one. */
export function passUnanswered(
  at: CaseAt<'issuing'>,
  event: EventOf<'pass-unanswered'>,
  _policy: Policy,
  now: Instant,
): Step {
  if (event.orderId !== at.state.order.orderId) return refuse('pass-order-mismatch');
  return becomeUncertain(at, now);
}

/** From now on the bot looks for the pass until it knows whether one exists. */
export function becomeUncertain(at: CaseAt<'issuing'>, now: Instant): Step {
  const { order, then } = at.state;
  const state = { kind: 'uncertain-pass', order, then: then ?? 'choosing-proof', firstNotFoundAt: null } as const;
  return move(at, state, now, [{ kind: 'look-for-pass', order }]);
}

/** The pass exists, and nobody has seen it. It is deleted, never shown. */
export function passFound(
  at: CaseAt<'uncertain-pass'>,
  event: EventOf<'pass-found'>,
  _policy: Policy,
  now: Instant,
): Step {
  return withdraw(withPass(at, event.pass.passId), event.pass, at.state.then, now);
}

/** No pass was found. Graph can be slow to show a new one, so only a second check some time later makes it certain. */
export function noPassFound(
  at: CaseAt<'uncertain-pass'>,
  event: EventOf<'no-pass-found'>,
  policy: Policy,
  now: Instant,
): Step {
  const { firstNotFoundAt, then } = at.state;
  if (firstNotFoundAt === null) return move(at, { ...at.state, firstNotFoundAt: event.at }, now);
  if (event.at - firstNotFoundAt < policy.settleSeconds * SECOND) return unchanged();
  return arriveWithoutPass(at, then, now, [], 'pass-unconfirmed');
}

/** The technician withdraws the pass: they did not see it, read it out wrongly, or no longer need it. */
export function withdrawPressed(
  at: CaseAt<'awaiting-backup-method' | 'awaiting-self-service'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  const pass: IssuedPass | null = at.state.pass;
  return pass === null ? refuse('not-in-this-state') : withdraw(at, pass, 'choosing-proof', now);
}

/** A lead takes the pass back. The case stays: the caller still needs help, and a new pass needs a new proof. */
export function passTakenBack(
  at: CaseAt<'awaiting-backup-method' | 'awaiting-self-service'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  const pass: IssuedPass | null = at.state.pass;
  return pass === null ? unchanged() : withdraw(at, pass, 'choosing-proof', now);
}

/** The technician says that the caller is back in. Accepted only when enough methods are registered and one of them is new. */
export function donePressed(
  at: CaseAt<'awaiting-backup-method' | 'awaiting-self-service'>,
  _event: unknown,
  policy: Policy,
  now: Instant,
): Step {
  const registered = at.facts.methods.kind === 'read' ? at.facts.methods.value : [];
  const enough = enoughFor(registered, methodsRequired(at.facts, policy), at.facts);
  const oneIsNew = at.state.kind === 'awaiting-self-service' || at.state.newMethods.length > 0;
  if (at.state.pass === null || !enough || !oneIsNew) return refuse('not-resolved-yet');
  return withdraw(at, at.state.pass, { outcome: 'resolved', because: 'methods-registered' }, now);
}

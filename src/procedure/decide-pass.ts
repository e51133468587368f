/**
 * Creating a pass, dealing with Graph's answer or its silence, and withdrawing the pass.
 * A case has at most one usable pass. When Graph does not answer, the pass counts as created until the opposite is certain.
 */
import type { IssuedPass } from './case.ts';
import { afterOrder, arriveWithoutPass, close, escalateStopped, withdraw } from './decide-ending.ts';
import { towardsPass } from './decide-proof.ts';
import type { Effect } from './effects.ts';
import type { Instant, PersonId } from './facts.ts';
import { enoughFor, methodsRequired } from './methods.ts';
import { usableNumbers } from './numbers.ts';
import { passIsOneTime, passLifetime, within, type Policy } from './policy.ts';
import { stopsFor } from './stops.ts';
import { move, refuse, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

const SECOND = 1000;

/** *Issue* was pressed. Every check is repeated with facts that were read for this click. */
export function issuePressed(
  at: CaseAt<'ready-to-issue'>,
  event: EventOf<'issue-pressed'>,
  policy: Policy,
  now: Instant,
): Step {
  const { proof, approval } = at.state;
  const fresh = { ...at, facts: event.facts };
  const stops = stopsFor(event.facts, at.technician, at.caller, policy);
  if (stops.length > 0) return escalateStopped(fresh, stops, now);
  if (!within(proof.at, policy.proofValidMinutes, now)) {
    return move(fresh, { kind: 'choosing-proof', lastAttempt: 'proof-expired' }, now);
  }
  if (proof.kind === 'callback' && !stillUsable(fresh, proof.numberRef, policy, now)) {
    return move(fresh, { kind: 'choosing-proof', lastAttempt: 'number-changed' }, now);
  }
  if (proof.kind === 'manager' && !stillManager(fresh, proof.manager)) {
    return move(fresh, { kind: 'choosing-proof', lastAttempt: 'manager-changed' }, now);
  }
  const approvalStands = approval !== null && within(approval.at, policy.approvalValidMinutes, now);
  const next = towardsPass(fresh, proof, approvalStands ? approval : null, policy, now);
  if (next.case.state.kind !== 'ready-to-issue') return next;
  if (event.timeLeft === 'too-little') return refuse('too-slow');
  const order = {
    orderId: event.orderId,
    lifetimeMinutes: passLifetime(event.facts, policy),
    oneTime: passIsOneTime(event.facts, policy),
    orderedAt: now,
  };
  const state = { kind: 'issuing', proof, approval: next.case.state.approval, order, objected: false } as const;
  return move(fresh, state, now, [{ kind: 'create-pass', order }]);
}

function stillUsable(at: CaseAt<'ready-to-issue'>, numberRef: string, policy: Policy, now: Instant): boolean {
  return usableNumbers(at.facts, policy, now).some((opinion) => opinion.usable && opinion.number.ref === numberRef);
}

/** Whoever vouched must still be the manager on record. An attacker who changes that entry changes it back afterwards. */
function stillManager(at: CaseAt<'ready-to-issue'>, manager: PersonId): boolean {
  return at.facts.manager.kind === 'read' && at.facts.manager.value === manager;
}

/** Graph created the pass. If somebody objected meanwhile, it is deleted without being shown. */
export function passCreated(
  at: CaseAt<'issuing'>,
  event: EventOf<'pass-created'>,
  _policy: Policy,
  now: Instant,
): Step {
  const { order, objected, proof, approval } = at.state;
  if (event.orderId !== order.orderId) return refuse('pass-order-mismatch');
  if (objected) return withdraw(at, event.pass, afterOrder(true), now);
  const methodsBefore = at.facts.methods.kind === 'read' ? at.facts.methods.value.map((method) => method.ref) : [];
  const state = {
    kind: 'awaiting-backup-method',
    pass: event.pass,
    issuedOn: { proof, approval },
    since: now,
    methodsBefore,
    newMethods: [],
  } as const;
  const effects: Effect[] = [{ kind: 'notify-caller', notice: 'pass-issued' }];
  const manager = at.facts.manager.kind === 'read' ? at.facts.manager.value : null;
  if (manager !== null) effects.push({ kind: 'notify-manager', manager, notice: 'pass-issued' });
  return move(at, state, now, effects);
}

/** Graph refused, so certainly no pass exists. */
export function passRefused(
  at: CaseAt<'issuing'>,
  event: EventOf<'pass-refused'>,
  _policy: Policy,
  now: Instant,
): Step {
  const { order, objected, proof, approval } = at.state;
  if (event.orderId !== order.orderId) return refuse('pass-order-mismatch');
  const then = afterOrder(objected);
  if (then !== 'choosing-proof') return close(at, then, now);
  return move(at, { kind: 'ready-to-issue', proof, approval, lastAttempt: null }, now);
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
  const { order, objected } = at.state;
  const state = { kind: 'uncertain-pass', order, then: afterOrder(objected), firstNotFoundAt: null } as const;
  return move(at, state, now, [{ kind: 'look-for-pass', order }]);
}

/** The pass exists, and nobody has seen it. It is deleted, never shown. */
export function passFound(
  at: CaseAt<'uncertain-pass'>,
  event: EventOf<'pass-found'>,
  _policy: Policy,
  now: Instant,
): Step {
  return withdraw(at, event.pass, at.state.then, now);
}

/** No pass was found. Graph can be slow to show a new one, so only a second check some time later makes it certain. */
export function noPassFound(at: CaseAt<'uncertain-pass'>, _event: unknown, policy: Policy, now: Instant): Step {
  const { firstNotFoundAt, then } = at.state;
  if (firstNotFoundAt === null) return move(at, { ...at.state, firstNotFoundAt: now }, now);
  if (now - firstNotFoundAt < policy.settleSeconds * SECOND) return unchanged();
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

/**
 * What happens to a case when time passes, one row for each state: when its time is over, and what follows then.
 * Until then nothing changes, except that two states repeat a request to Graph.
 */
import type { Case, Closing, StateName } from './case.ts';
import { approvalEndsAt } from './decide-approval.ts';
import { close, withdraw } from './decide-ending.ts';
import { becomeUncertain, donePressed } from './decide-pass.ts';
import { isTimeToLook } from './decide-withdrawal.ts';
import type { Instant } from './facts.ts';
import { isOlder, within, type Policy } from './policy.ts';
import { move, unchanged, type CaseAt, type Step } from './step.ts';

/** The timeout of one state. */
interface Timeout<S extends StateName> {
  readonly isOver: (at: CaseAt<S>, policy: Policy, now: Instant) => boolean;
  readonly then: (at: CaseAt<S>, policy: Policy, now: Instant) => Step;
  /** What to repeat until the time is over. */
  readonly meanwhile?: (at: CaseAt<S>, policy: Policy, now: Instant) => Step;
}

const SECOND = 1000;
const NOBODY_ACTED: Closing = { outcome: 'expired', because: 'nobody-acted' };

/** A case that nobody works on expires. */
const IDLE = {
  isOver: (at: Case, policy: Policy, now: Instant) => isOlder(at.movedAt, policy.idleMinutes, now),
  then: (at: Case, _policy: Policy, now: Instant) => close(at, NOBODY_ACTED, now),
};

const TIMEOUTS: { readonly [S in Exclude<StateName, 'closed'>]: Timeout<S> } = {
  'asking-methods': IDLE,
  'choosing-proof': IDLE,
  'awaiting-callback': IDLE,
  // When the caller's pass expires, it is deleted, and the reset is followed without it. The case ends when the reset takes too long.
  'awaiting-self-service': {
    isOver: ({ state }, policy, now) =>
      hasExpired(state.pass, now) || isOlder(state.since, policy.selfServiceMinutes, now),
    then: (at, policy, now) => {
      const { pass, since, progress } = at.state;
      if (pass === null) return close(at, NOBODY_ACTED, now);
      const inTime = !isOlder(since, policy.selfServiceMinutes, now);
      return withdraw(at, pass, inTime ? { kind: 'follow-reset', since, progress } : NOBODY_ACTED, now);
    },
  },
  'awaiting-manager': {
    isOver: ({ state }, policy, now) => !within(state.since, policy.managerAnswerMinutes, now),
    then: (at, _policy, now) => move(at, { kind: 'choosing-proof', lastAttempt: 'manager-silent' }, now),
  },
  'awaiting-approval': {
    isOver: ({ state }, policy, now) => now > approvalEndsAt(state, policy),
    then: (at, _policy, now) => move(at, { kind: 'choosing-proof', lastAttempt: 'approval-expired' }, now),
  },
  'ready-to-issue': {
    isOver: ({ state }, policy, now) => !within(state.proof.at, policy.proofValidMinutes, now),
    then: (at, _policy, now) => move(at, { kind: 'choosing-proof', lastAttempt: 'proof-expired' }, now),
  },
  // An order without an answer for this long counts as unanswered: the process that sent it may have died.
  issuing: {
    isOver: ({ state }, policy, now) => now - state.order.orderedAt > policy.orderPatienceSeconds * SECOND,
    then: (at, _policy, now) => becomeUncertain(at, now),
  },
  // This state has no timeout: a pass that may exist is looked for until it is certain.
  'uncertain-pass': {
    isOver: () => false,
    then: () => unchanged(),
    meanwhile: ({ state }) => unchanged([{ kind: 'look-for-pass', order: state.order }]),
  },
  // When the pass expires, the case is resolved if the caller has registered enough by then, and expires otherwise. Either way the
  // pass is deleted first: that its time is over is what our clock says.
  'awaiting-backup-method': {
    isOver: ({ state }, _policy, now) => hasExpired(state.pass, now),
    then: (at, policy, now) => {
      const done = donePressed(at, undefined, policy, now);
      if (done.kind === 'moved') return done;
      return withdraw(at, at.state.pass, { outcome: 'expired', because: 'pass-expired' }, now);
    },
  },
  // This state has no timeout either. Deleting a pass twice does no harm, so it is repeated until the pass is certainly gone.
  'withdrawing-pass': {
    isOver: () => false,
    then: () => unchanged(),
    meanwhile: (at, policy, now) =>
      unchanged(isTimeToLook(at, policy, now) ? [{ kind: 'delete-pass', passId: at.state.pass.passId }] : []),
  },
};

function hasExpired(pass: { readonly usableUntil: Instant } | null, now: Instant): boolean {
  return pass !== null && now >= pass.usableUntil;
}

/** The decision for `time-passed` in a state: what its timeout says. */
export function onTimeout<S extends Exclude<StateName, 'closed'>>(
  state: S,
): (at: CaseAt<S>, event: unknown, policy: Policy, now: Instant) => Step {
  const timeout: Timeout<S> = TIMEOUTS[state];
  return (at, _event, policy, now) => {
    if (timeout.isOver(at, policy, now)) return timeout.then(at, policy, now);
    return timeout.meanwhile?.(at, policy, now) ?? unchanged();
  };
}

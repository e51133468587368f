/**
 * The manager's no: somebody claims to be speaking with them right now, and they deny it. The leads are told, and the no sticks to
 * the caller. It counts in whatever state the case is: the technician may have gone back and proven the caller by something else.
 */
import type { Case } from './case.ts';
import { towardsPass } from './decide-approval.ts';
import { withdraw, type WithoutPass, type WithPass } from './decide-ending.ts';
import type { Effect } from './effects.ts';
import type { Instant } from './facts.ts';
import { withNo } from './noes.ts';
import { isOlder, type Policy } from './policy.ts';
import { move, refuse, type CaseAt, type EventOf, type Step } from './step.ts';

const ALARM: Effect = { kind: 'alarm-leads', alarm: 'manager-declined' };
const DECLINED = { kind: 'choosing-proof', lastAttempt: 'manager-declined' } as const;

/**
 * A manager who was asked in this case says no, while no pass is being created or deleted. A pass that is out is taken back, and a
 * second person has to decide about a proof by other means. A yes belongs to the open question, which this is not.
 */
export function managerDeclined(
  at: CaseAt<WithoutPass | WithPass>,
  event: EventOf<'manager-answered'>,
  policy: Policy,
  now: Instant,
): Step {
  const { state } = at;
  if (!isNo(at, event)) return refuse('not-in-this-state');
  const knows = withManagersNo(at, event, now);
  switch (state.kind) {
    case 'choosing-proof':
    case 'awaiting-manager':
      return move(knows, DECLINED, now, [ALARM]);
    case 'awaiting-approval':
    case 'ready-to-issue': {
      if (state.proof.kind === 'manager') return move(knows, DECLINED, now, [ALARM]);
      const next = towardsPass(knows, state.proof, [], policy, now);
      return { ...next, effects: [ALARM, ...next.effects] };
    }
    case 'awaiting-backup-method':
    case 'awaiting-self-service':
      return state.pass === null
        ? move(knows, state, now, [ALARM])
        : withdraw(knows, state.pass, 'choosing-proof', now, [ALARM]);
    case 'asking-methods':
    case 'awaiting-callback':
      return move(knows, state, now, [ALARM]);
  }
}

/** The same while a pass is being created, deleted or looked for: no pass is shown or issued again on the proof that there was. */
export function managerDeclinedWhileSettling(
  at: CaseAt<'issuing' | 'withdrawing-pass' | 'uncertain-pass'>,
  event: EventOf<'manager-answered'>,
  _policy: Policy,
  now: Instant,
): Step {
  if (!isNo(at, event)) return refuse('not-in-this-state');
  const { then } = at.state;
  const goesOn = then === null || (typeof then === 'object' && 'kind' in then && then.kind === 'issue-again');
  const state = goesOn ? ({ ...at.state, then: 'choosing-proof' } as const) : at.state;
  return move(withManagersNo(at, event, now), state, now, [ALARM]);
}

/** The same after the case was closed: the leads hear of it, and it is remembered for the next case. */
export function managerDeclinedAfterwards(
  at: CaseAt<'closed'>,
  event: EventOf<'manager-answered'>,
  { noSticksHours }: Policy,
  now: Instant,
): Step {
  const { state } = at;
  if (!isNo(at, event) || isOlder(state.at, noSticksHours * 60, now)) return refuse('not-in-this-state');
  return move(withManagersNo(at, event, now), state, now, [ALARM]);
}

function isNo({ managersAsked, state }: Case, { by, speakingNow }: EventOf<'manager-answered'>): boolean {
  const asked = state.kind === 'awaiting-manager' && state.manager === by;
  return !speakingNow && (asked || managersAsked.includes(by));
}

/** The case with the no. It stands until the case is closed, also while its history cannot be read. Said twice, it is one. */
function withManagersNo(at: Case, { by }: EventOf<'manager-answered'>, now: Instant): Case {
  return {
    ...at,
    facts: withNo(at.facts, { kind: 'manager-declined', at: now }),
    reasonsFound: at.reasonsFound.includes('earlier-no') ? at.reasonsFound : [...at.reasonsFound, 'earlier-no'],
    managersAsked: at.managersAsked.filter((one) => one !== by),
  };
}

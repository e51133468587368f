/**
 * A pass that was created and that nobody has seen: Teams gave up waiting, or the answer was lost while it was sent. It is
 * deleted, whatever our clock says about its lifetime. The caller is still on the line and the proof was good, so the
 * technician can issue again as soon as the pass is gone.
 */
import type { AfterPass } from './case.ts';
import { withdraw } from './decide-ending.ts';
import type { Instant } from './facts.ts';
import { withPass } from './issued-passes.ts';
import type { Policy } from './policy.ts';
import { refuse, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

type WithUnseenPass =
  'issuing' | 'uncertain-pass' | 'awaiting-backup-method' | 'awaiting-self-service' | 'withdrawing-pass';

/** Nobody has seen this pass: it is deleted. Refused when it is not the pass of this case. */
export function passUnseen(
  at: CaseAt<WithUnseenPass>,
  event: EventOf<'pass-unseen'>,
  _policy: Policy,
  now: Instant,
): Step {
  if (!concerns(at, event)) return refuse('pass-order-mismatch');
  if (at.state.kind === 'withdrawing-pass') return unchanged();
  const { pass } = event;
  return withdraw(withPass(at, pass.passId), pass, afterUnseen(at.state), now);
}

/** Before the case knew its pass, the order tells which one is meant; afterwards, the pass itself does. */
function concerns({ state }: CaseAt<WithUnseenPass>, { orderId, pass }: EventOf<'pass-unseen'>): boolean {
  return 'order' in state ? state.order.orderId === orderId : state.pass?.passId === pass.passId;
}

function afterUnseen(state: Exclude<CaseAt<WithUnseenPass>['state'], { kind: 'withdrawing-pass' }>): AfterPass {
  switch (state.kind) {
    case 'issuing':
      return state.then ?? { kind: 'issue-again', proof: state.proof, approvals: state.approvals };
    case 'awaiting-backup-method':
      return state.issuedOn === null ? 'choosing-proof' : { kind: 'issue-again', ...state.issuedOn };
    case 'uncertain-pass':
      return state.then;
    case 'awaiting-self-service':
      return 'choosing-proof';
  }
}

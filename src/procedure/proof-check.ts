/**
 * Whether a proof still stands when *Issue* is pressed, with the facts that were read for that press.
 * The number that was dialed must still be the one on record, and the manager who vouched still the manager, and neither may have
 * changed lately. What cannot be read leaves the proof as it is: nothing was seen to change.
 */
import type { Case, LastAttempt, Proof } from './case.ts';
import type { CallerFacts, Instant, MissingPart } from './facts.ts';
import { missingOfNumber, missingOfTechnician } from './missing.ts';
import { dialedIn, troubleOf } from './numbers.ts';
import type { Policy } from './policy.ts';
import type { ManagerUnfit } from './refusals.ts';
import { managerOpinion } from './vouching.ts';

/** The proof stands, as far as nothing is `missing`; or it has fallen, for a reason that was read. */
export type ProofCheck =
  | { readonly kind: 'stands'; readonly missing: readonly MissingPart[] }
  | { readonly kind: 'fallen'; readonly why: LastAttempt };

const STANDS: ProofCheck = { kind: 'stands', missing: [] };

/** Whether a proof that was given in a case still stands by the facts of that case. */
export function checkProof(proof: Proof, at: Case, policy: Policy, now: Instant): ProofCheck {
  switch (proof.kind) {
    case 'callback':
      return ofCallback(proof, at.facts, policy, now);
    case 'manager':
      return ofManager(proof, at, policy, now);
    case 'in-person':
      return STANDS;
  }
}

type Callback = Extract<Proof, { kind: 'callback' }>;

function ofCallback(proof: Callback, facts: CallerFacts, policy: Policy, now: Instant): ProofCheck {
  const { numbers } = facts;
  if (numbers.kind !== 'read') return { kind: 'stands', missing: [{ part: 'numbers', why: numbers.why }] };
  const dialed = dialedIn(numbers.value, proof);
  if (dialed === null) return { kind: 'fallen', why: 'number-changed' };
  // Without a digest it cannot be told whether it is still the same number.
  if (dialed.digest === '' && proof.numberDigest !== '') {
    return { kind: 'stands', missing: [{ part: 'numbers', why: 'missing' }] };
  }
  const missing = [...missingOfNumber(dialed), ...missingOfTechnician(facts)];
  switch (troubleOf(dialed, facts, policy, now)) {
    case null:
    case 'age-unread':
    case 'sharing-unread':
      return { kind: 'stands', missing };
    case 'changed-lately':
      return { kind: 'fallen', why: 'number-changed' };
    case 'not-known-long-enough':
      return { kind: 'fallen', why: 'number-not-known-long-enough' };
    default:
      return { kind: 'fallen', why: 'number-proves-nothing' };
  }
}

/** Why a manager's word falls, as the card says it. */
const FALLEN: Readonly<Record<ManagerUnfit, LastAttempt>> = {
  'no-manager-on-record': 'manager-changed',
  'manager-changed-lately': 'manager-changed',
  'manager-not-known-long-enough': 'manager-not-known-long-enough',
  'manager-is-the-technician': 'manager-may-not-confirm',
  'manager-is-the-caller': 'manager-may-not-confirm',
  'manager-is-disabled': 'manager-may-not-confirm',
  'manager-is-a-guest': 'manager-may-not-confirm',
};

/**
 * Whoever vouched must still be the manager on record, and one who may. An attacker who changes that entry changes it back
 * afterwards.
 */
function ofManager(proof: Extract<Proof, { kind: 'manager' }>, at: Case, policy: Policy, now: Instant): ProofCheck {
  const { manager } = at.facts;
  if (manager.kind === 'read' && manager.value !== proof.manager) return { kind: 'fallen', why: 'manager-changed' };
  const opinion = managerOpinion(at.facts, at, policy, now);
  switch (opinion.kind) {
    case 'fits':
      return STANDS;
    case 'unfit':
      return { kind: 'fallen', why: FALLEN[opinion.why] };
    case 'unread':
      return { kind: 'stands', missing: opinion.missing };
  }
}

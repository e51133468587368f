/**
 * Whether a proof still stands when *Issue* is pressed, with the facts that were read for that press.
 * The number that was dialed must still be the one on record, and the manager who vouched still the manager, and neither may have
 * changed lately. What cannot be read leaves the proof as it is: nothing was seen to change.
 */
import type { LastAttempt, Proof } from './case.ts';
import type { Age, CallerFacts, Instant, MissingPart, NumberOnRecord } from './facts.ts';
import { missingOfManager, missingOfNumber } from './missing.ts';
import type { Policy } from './policy.ts';
import { whyUnsettled } from './settled.ts';

/** The proof stands, as far as nothing is `missing`; or it has fallen, for a reason that was read. */
export type ProofCheck =
  | { readonly kind: 'stands'; readonly missing: readonly MissingPart[] }
  | { readonly kind: 'fallen'; readonly why: LastAttempt };

const STANDS: ProofCheck = { kind: 'stands', missing: [] };

/** Whether a proof still stands. */
export function checkProof(proof: Proof, facts: CallerFacts, policy: Policy, now: Instant): ProofCheck {
  switch (proof.kind) {
    case 'callback':
      return ofCallback(proof, facts, policy, now);
    case 'manager':
      return ofManager(proof, facts, policy, now);
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
  if (dialed.age.kind !== 'read') return { kind: 'stands', missing: missingOfNumber(dialed) };
  return ofAge('number', dialed.age.value, policy, now);
}

/** A proof falls with what it leans on, as soon as that is no longer known for long enough. */
function ofAge(of: 'number' | 'manager', age: Age, policy: Policy, now: Instant): ProofCheck {
  switch (whyUnsettled(age, policy, now)) {
    case null:
      return STANDS;
    case 'changed-lately':
      return { kind: 'fallen', why: `${of}-changed` };
    case 'not-known-long-enough':
      return { kind: 'fallen', why: `${of}-not-known-long-enough` };
  }
}

/**
 * The number that was dialed, as it is on record now; `null` when another one has taken its place. Cases of older versions have
 * no digest of it, so there the reference has to do.
 */
function dialedIn(numbers: readonly NumberOnRecord[], { numberRef, numberDigest }: Callback): NumberOnRecord | null {
  const inItsPlace = numbers.find(({ ref }) => ref === numberRef) ?? null;
  if (numberDigest === '' || inItsPlace?.digest === '') return inItsPlace;
  return numbers.find(({ digest }) => digest === numberDigest) ?? null;
}

/** Whoever vouched must still be the manager on record. An attacker who changes that entry changes it back afterwards. */
function ofManager(
  proof: Extract<Proof, { kind: 'manager' }>,
  facts: CallerFacts,
  policy: Policy,
  now: Instant,
): ProofCheck {
  const { manager, managerAge } = facts;
  if (manager.kind === 'read' && manager.value !== proof.manager) return { kind: 'fallen', why: 'manager-changed' };
  if (manager.kind !== 'read' || managerAge.kind !== 'read')
    return { kind: 'stands', missing: missingOfManager(facts) };
  if (managerAge.value === null) return { kind: 'stands', missing: [{ part: 'manager-age', why: 'missing' }] };
  return ofAge('manager', managerAge.value, policy, now);
}

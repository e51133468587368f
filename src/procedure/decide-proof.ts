/**
 * Verifying who is calling: a callback to a number on record, meeting in person, or the manager vouching. Where a risk reason
 * applies, a second person decides as well. Nothing the caller knows or says counts as proof, and no free text moves a case.
 */
import type { Case, Proof } from './case.ts';
import { towardsPass } from './decide-approval.ts';
import { close, escalateStopped } from './decide-ending.ts';
import type { Instant } from './facts.ts';
import { withNo } from './noes.ts';
import { missingForPass, missingOfManager, missingOfNumber, missingOfNumbers } from './missing.ts';
import { usableNumbers } from './numbers.ts';
import { within, type Policy } from './policy.ts';
import { whyUnsettled } from './settled.ts';
import { stopsFor } from './stops.ts';
import { move, refuse, refuseUnread, type CaseAt, type EventOf, type Step } from './step.ts';

/** The technician picks a number on record to call back. Its digest is kept, because *Issue* compares it again. */
export function callbackChosen(
  at: CaseAt<'choosing-proof'>,
  event: EventOf<'callback-chosen'>,
  policy: Policy,
  now: Instant,
): Step {
  const { numberRef } = event;
  const missing = missingForPass(at.facts, policy);
  if (at.facts.numbers.kind !== 'read') return refuseUnread([...missing, ...missingOfNumbers(at.facts)]);
  const opinions = usableNumbers(at.facts, policy, now);
  const chosen = opinions.find(({ number }) => number.ref === numberRef);
  if (chosen?.whyNot === 'age-unread') return refuseUnread([...missing, ...missingOfNumber(chosen.number)]);
  if (chosen?.usable !== true) {
    return refuse(
      opinions.some(({ whyNot }) => whyNot === null || whyNot === 'age-unread')
        ? 'number-not-usable'
        : 'no-usable-number',
    );
  }
  if (missing.length > 0) return refuseUnread(missing);
  const { digest } = chosen.number;
  return move(at, { kind: 'awaiting-callback', numberRef, numberDigest: digest, since: now }, now);
}

/** The technician called the number on record and reports who answered. */
export function callbackRecorded(
  at: CaseAt<'awaiting-callback'>,
  event: EventOf<'callback-recorded'>,
  policy: Policy,
  now: Instant,
): Step {
  const { numberRef, numberDigest, since } = at.state;
  if (!within(since, policy.proofValidMinutes, now)) return refuse('callback-is-stale');
  switch (event.outcome) {
    case 'answered-by-caller':
      return proven(at, { kind: 'callback', numberRef, numberDigest, at: now }, policy, now);
    case 'answered-by-someone-else':
      return close(at, { outcome: 'escalated', because: 'someone-else-answered', stops: [] }, now, [
        { kind: 'alarm-leads', alarm: 'someone-else-answered' },
      ]);
    default:
      return move(at, { kind: 'choosing-proof', lastAttempt: event.outcome }, now);
  }
}

/** The technician sees the caller and their badge, at a place on the list. */
export function seenInPerson(
  at: CaseAt<'choosing-proof'>,
  event: EventOf<'seen-in-person'>,
  policy: Policy,
  now: Instant,
): Step {
  if (!policy.places.includes(event.place)) return refuse('place-not-on-the-list');
  return proven(at, { kind: 'in-person', place: event.place, at: now }, policy, now);
}

/**
 * The manager on record is asked whether they are speaking with the caller now. They must have been on record for as long as a
 * number must: an attacker who may change the directory puts an accomplice there first.
 */
export function managerAsked(at: CaseAt<'choosing-proof'>, _event: unknown, policy: Policy, now: Instant): Step {
  const { manager, managerAge } = at.facts;
  const missing = missingForPass(at.facts, policy);
  if (manager.kind !== 'read') return refuseUnread([...missing, ...missingOfManager(at.facts)]);
  if (manager.value === null) return refuse('no-manager-on-record');
  if (manager.value === at.technician) return refuse('manager-is-the-technician');
  if (managerAge.kind !== 'read') return refuseUnread([...missing, ...missingOfManager(at.facts)]);
  if (managerAge.value === null) return refuseUnread([...missing, { part: 'manager-age', why: 'missing' }]);
  const unsettled = whyUnsettled(managerAge.value, policy, now);
  if (unsettled !== null) return refuse(`manager-${unsettled}`);
  if (missing.length > 0) return refuseUnread(missing);
  const asked = manager.value;
  return move(at, { kind: 'awaiting-manager', manager: asked, since: now }, now, [
    { kind: 'ask-manager', manager: asked },
  ]);
}

/** The manager answered on their own card. */
export function managerAnswered(
  at: CaseAt<'awaiting-manager'>,
  event: EventOf<'manager-answered'>,
  policy: Policy,
  now: Instant,
): Step {
  if (!within(at.state.since, policy.managerAnswerMinutes, now)) return refuse('proof-is-stale');
  if (!event.speakingNow) {
    // Somebody claims to be speaking with the manager right now, and the manager denies it. The leads should know.
    const declined = { kind: 'choosing-proof', lastAttempt: 'manager-declined' } as const;
    const facts = withNo(at.facts, { kind: 'manager-declined', at: now });
    return move({ ...at, facts }, declined, now, [{ kind: 'alarm-leads', alarm: 'manager-declined' }]);
  }
  return proven(at, { kind: 'manager', manager: event.by, at: now }, policy, now);
}

/** The technician goes back to choose another proof. */
export function backToProof(
  at: CaseAt<'awaiting-callback' | 'awaiting-manager' | 'awaiting-approval' | 'ready-to-issue'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  return move(at, { kind: 'choosing-proof', lastAttempt: null }, now);
}

/**
 * The caller is verified. Next comes the pass, or first a second person, unless something that was read stops it. What is unread
 * does not take the proof away: *Issue* asks for it.
 */
function proven(at: Case, proof: Proof, policy: Policy, now: Instant): Step {
  const stops = stopsFor(at.facts, at.technician, at.caller, policy);
  if (stops.length > 0) return escalateStopped(at, stops, now);
  return towardsPass(at, proof, [], policy, now);
}

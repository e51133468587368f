/**
 * Verifying who is calling: a callback to a number on record, meeting in person, or the manager vouching. Where a risk reason
 * applies, a second person decides as well. Nothing the caller knows or says counts as proof, and no free text moves a case.
 */
import type { Case, Proof } from './case.ts';
import { towardsPass } from './decide-approval.ts';
import { escalateStopped } from './decide-ending.ts';
import { managerDeclined } from './decide-manager-no.ts';
import { someoneElseAnswered } from './decide-someone-else.ts';
import type { Instant } from './facts.ts';
import { missingForPass, missingOfNumber, missingOfNumbers, missingOfTechnician } from './missing.ts';
import { usableNumbers, type NumberTrouble } from './numbers.ts';
import { within, type Policy } from './policy.ts';
import { checkProof } from './proof-check.ts';
import { stopsFor } from './stops.ts';
import { move, refuse, refuseTooQuick, refuseUnread, type CaseAt, type EventOf, type Step } from './step.ts';
import { managerOpinion } from './vouching.ts';

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
  if (chosen === undefined || !(chosen.usable || isUnread(chosen.whyNot))) {
    return refuse(
      opinions.some(({ whyNot }) => whyNot === null || isUnread(whyNot)) ? 'number-not-usable' : 'no-usable-number',
    );
  }
  const unread = [...missing, ...missingOfNumber(chosen.number), ...missingOfTechnician(at.facts)];
  if (unread.length > 0) return refuseUnread(unread);
  const { digest } = chosen.number;
  return move(at, { kind: 'awaiting-callback', numberRef, numberDigest: digest, since: now }, now);
}

function isUnread(whyNot: NumberTrouble | null): boolean {
  return whyNot === 'age-unread' || whyNot === 'sharing-unread';
}

const SECOND = 1000;

/**
 * The technician called the number on record and reports who answered. That somebody else answered counts at any age: bad news
 * never expires. That the caller answered counts only after the time that a call takes, and not for long.
 */
export function callbackRecorded(
  at: CaseAt<'awaiting-callback'>,
  event: EventOf<'callback-recorded'>,
  policy: Policy,
  now: Instant,
): Step {
  const { numberRef, numberDigest, since } = at.state;
  if (event.outcome === 'answered-by-someone-else') return someoneElseAnswered(at, event, policy, now);
  if (!within(since, policy.proofValidMinutes, now)) return refuse('callback-is-stale');
  if (event.outcome !== 'answered-by-caller')
    return move(at, { kind: 'choosing-proof', lastAttempt: event.outcome }, now);
  if (now - since < policy.callbackAtLeastSeconds * SECOND) return refuseTooQuick(Math.floor((now - since) / SECOND));
  return proven(at, { kind: 'callback', numberRef, numberDigest, at: now }, policy, now);
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
 * The manager on record is asked whether they are speaking with the caller now, if they may confirm it by facts that were read for
 * this press.
 */
export function managerAsked(
  at: CaseAt<'choosing-proof'>,
  { facts }: EventOf<'manager-asked'>,
  policy: Policy,
  now: Instant,
): Step {
  const fresh = { ...at, facts };
  const stops = stopsFor(facts, at.technician, at.caller, policy);
  if (stops.length > 0) return escalateStopped(fresh, stops, now);
  const missing = missingForPass(facts, policy);
  const opinion = managerOpinion(facts, at, policy, now);
  if (opinion.kind === 'unread') return refuseUnread([...missing, ...opinion.missing], fresh);
  if (opinion.kind === 'unfit') return refuse(opinion.why, fresh);
  if (missing.length > 0) return refuseUnread(missing, fresh);
  const { manager } = opinion;
  const managersAsked = [...at.managersAsked.filter((one) => one !== manager), manager];
  const state = { kind: 'awaiting-manager', manager, since: now } as const;
  return move({ ...fresh, managersAsked }, state, now, [{ kind: 'ask-manager', manager }]);
}

/** What a manager is asked, as one text. Asked again, even about the same call, it is another question. */
export function managerQuestion({ id, caller, technician, state }: CaseAt<'awaiting-manager'>): string {
  return JSON.stringify([id, caller, technician, state.manager, state.since]);
}

/**
 * The manager answered on their own card. A yes counts only for the question that is open, and only from a manager who may still
 * confirm the caller by facts that were read for it. A no counts at any time (decide-manager-no.ts).
 */
export function managerAnswered(
  at: CaseAt<'awaiting-manager'>,
  event: EventOf<'manager-answered'>,
  policy: Policy,
  now: Instant,
): Step {
  if (!event.speakingNow) return managerDeclined(at, event, policy, now);
  if (!within(at.state.since, policy.managerAnswerMinutes, now)) return refuse('proof-is-stale');
  if (event.question !== managerQuestion(at)) return refuse('manager-question-is-over');
  const fresh = { ...at, facts: event.facts };
  const stops = stopsFor(event.facts, at.technician, at.caller, policy);
  if (stops.length > 0) return escalateStopped(fresh, stops, now);
  const proof = { kind: 'manager', manager: at.state.manager, at: now } as const;
  const checked = checkProof(proof, fresh, policy, now);
  if (checked.kind === 'fallen') return move(fresh, { kind: 'choosing-proof', lastAttempt: checked.why }, now);
  if (checked.missing.length > 0) return refuseUnread(checked.missing, fresh);
  return proven(fresh, proof, policy, now);
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

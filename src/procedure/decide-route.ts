/**
 * Choosing the route for a caller: the reset page when enough methods are at hand, otherwise a pass.
 * A method counts only when the caller has it with them; a phone left at home is no help now.
 */
import type { Closing, KnownMethod, SelfServiceProgress } from './case.ts';
import { close, escalateStopped, withdraw } from './decide-ending.ts';
import type { Instant } from './facts.ts';
import { alarmOnce } from './helpdesk-account.ts';
import { isSameMethod } from './issued-passes.ts';
import { enoughFor, methodsRequired, worthOf } from './methods.ts';
import { missingForPass } from './missing.ts';
import { selfServiceBlocked, type Policy } from './policy.ts';
import { stopsFor } from './stops.ts';
import { move, refuse, refuseUnread, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

/** The technician ticked what the caller has at hand. Toward a pass, everything that a pass depends on must have been read. */
export function methodsTicked(
  at: CaseAt<'asking-methods'>,
  event: EventOf<'methods-ticked'>,
  policy: Policy,
  now: Instant,
): Step {
  if (at.facts.methods.kind !== 'read') return refuseUnread(missingForPass(at.facts, policy));
  const registered = at.facts.methods.value;
  const atHand = registered.filter(
    (method) => event.atHand.includes(method.ref) && worthOf(method.kind).countsForSelfService,
  );
  if (atHand.length !== new Set(event.atHand).size) return refuse('unknown-method');
  const ticked = { ...at, atHand: event.atHand };
  const enough = enoughFor(atHand, methodsRequired(at.facts, policy), at.facts);
  if (enough && selfServiceBlocked(at.facts, policy) === null) {
    const progress: SelfServiceProgress = { step: 'link-sent', reason: null, at: now };
    const state = { kind: 'awaiting-self-service', since: now, progress, pass: null } as const;
    return move(ticked, state, now, [{ kind: 'push-self-service-link' }]);
  }
  const stops = stopsFor(at.facts, at.technician, at.caller, policy);
  if (stops.length > 0) return alarmOnce(escalateStopped(ticked, stops, now));
  const missing = missingForPass(at.facts, policy);
  if (missing.length > 0) return refuseUnread(missing);
  const notify = { kind: 'notify-caller', notice: 'recovery-started' } as const;
  return alarmOnce(move(ticked, { kind: 'choosing-proof', lastAttempt: null }, now, [notify]));
}

/** The audit log shows how far the caller has come. A failure leads back to the methods at hand, unless the caller has a pass. */
export function selfServiceProgressed(
  at: CaseAt<'awaiting-self-service'>,
  event: EventOf<'self-service-progressed'>,
  _policy: Policy,
  now: Instant,
): Step {
  const { progress } = event;
  const { pass, progress: before } = at.state;
  if (!isNews(progress, before)) return unchanged();
  const closing = closingAfter(progress);
  if (closing !== null) return pass === null ? close(at, closing, now) : withdraw(at, pass, closing, now);
  const failed = progress.step === 'failed' || progress.step === 'blocked';
  if (failed && pass === null) return move(at, { kind: 'asking-methods', selfServiceFailure: progress }, now);
  return move(at, { ...at.state, progress }, now);
}

/** How the case ends after this step; `null` when the caller is not done yet. */
function closingAfter({ step, at }: SelfServiceProgress): Closing | null {
  if (step === 'succeeded') return { outcome: 'resolved', because: 'self-service-succeeded' };
  return step === 'password-set' ? { outcome: 'resolved', because: 'password-set', setAt: at } : null;
}

/** The order of the steps. It decides which of two events with the same time is the later one. */
const STEP_ORDER: Readonly<Record<SelfServiceProgress['step'], number>> = {
  'link-sent': 0,
  'id-entered': 1,
  verifying: 2,
  failed: 3,
  blocked: 3,
  'password-set': 4,
  succeeded: 5,
};

/**
 * The same log is read many times, so only a later event, or a further step at the same time, is news. A new password is always
 * news: it is reported only when the time on the account differs from the one before.
 */
function isNews(progress: SelfServiceProgress, before: SelfServiceProgress): boolean {
  if (progress.step === 'password-set') return true;
  if (progress.step === before.step && progress.reason === before.reason) return false;
  return progress.at > before.at || (progress.at === before.at && STEP_ORDER[progress.step] > STEP_ORDER[before.step]);
}

/** The technician goes back to the question which methods are at hand. */
export function backToMethods(at: CaseAt<'choosing-proof'>, _event: unknown, _policy: Policy, now: Instant): Step {
  return move(at, { kind: 'asking-methods', selfServiceFailure: null }, now);
}

/** The technician goes back from the reset page. While the caller has a pass, it has to be withdrawn instead. */
export function backFromSelfService(
  at: CaseAt<'awaiting-self-service'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  if (at.state.pass !== null) return refuse('not-in-this-state');
  return move(at, { kind: 'asking-methods', selfServiceFailure: null }, now);
}

/** The methods were read again while the caller has a pass. As soon as enough are registered, they go on to the reset page. */
export function methodsSeen(
  at: CaseAt<'awaiting-backup-method'>,
  event: EventOf<'methods-seen'>,
  policy: Policy,
  now: Instant,
): Step {
  const { pass, methodsBefore, newMethods } = at.state;
  const fresh = event.methods.filter(
    (method) =>
      worthOf(method.kind).countsForSelfService && !methodsBefore.some((before) => isSameMethod(before, method)),
  );
  if (sameMethods(fresh, newMethods)) return unchanged();
  const facts = { ...at.facts, methods: { kind: 'read', value: event.methods } as const };
  const atHand = [...new Set([...at.atHand, ...fresh.map((method) => method.ref)])];
  const seen = { ...at, facts, atHand };
  const inHand = event.methods.filter((method) => atHand.includes(method.ref));
  const ready = enoughFor(inHand, methodsRequired(facts, policy), facts) && selfServiceBlocked(facts, policy) === null;
  if (!ready) return move(seen, { ...at.state, newMethods: fresh }, now);
  const progress: SelfServiceProgress = { step: 'link-sent', reason: null, at: now };
  const state = { kind: 'awaiting-self-service', since: now, progress, pass } as const;
  return move(seen, state, now, [{ kind: 'push-self-service-link' }]);
}

function sameMethods(a: readonly KnownMethod[], b: readonly KnownMethod[]): boolean {
  return a.length === b.length && a.every((method) => b.some((other) => isSameMethod(other, method)));
}

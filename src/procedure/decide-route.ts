/**
 * From the caller picture to a route: the reset page when enough methods are at hand, otherwise the way to a pass.
 * The one rule kept here: a method that lies at home does not count.
 */
import type { Case, SelfServiceProgress } from './case.ts';
import { close, escalateStopped, withdraw } from './decide-ending.ts';
import type { SnapshotRead } from './events.ts';
import type { Instant, PersonId, RegisteredMethod } from './facts.ts';
import { enoughFor, methodsRequired, worthOf } from './methods.ts';
import { selfServiceBlocked, type Policy } from './policy.ts';
import { stopsFor } from './stops.ts';
import { move, refuse, unchanged, type CaseAt, type EventOf, type Step } from './step.ts';

/** Opens a case. A guard that ends cases closes it at once: it still counts, and it is still written down. */
export function snapshotRead(draft: Case, event: SnapshotRead, policy: Policy, now: Instant): Step {
  const stops = stopsFor(event.facts, event.by, draft.caller, policy);
  if (stops.some((stop) => stop.reach === 'case')) return escalateStopped(draft, stops, now);
  return move(draft, { kind: 'asking-methods', selfServiceFailure: null }, now);
}

/** The picture was read again; a guard that ends cases ends this one. */
export function snapshotReadAgain(
  at: CaseAt<'asking-methods' | 'choosing-proof'>,
  event: EventOf<'snapshot-read-again'>,
  policy: Policy,
  now: Instant,
): Step {
  const refreshed = { ...at, facts: event.facts };
  const stops = stopsFor(event.facts, at.technician, at.caller, policy);
  if (stops.some((stop) => stop.reach === 'case')) return escalateStopped(refreshed, stops, now);
  return move(refreshed, at.state, now);
}

/** The technician ticked what the caller has at hand. */
export function methodsTicked(
  at: CaseAt<'asking-methods'>,
  event: EventOf<'methods-ticked'>,
  policy: Policy,
  now: Instant,
): Step {
  const registered = at.facts.methods.kind === 'read' ? at.facts.methods.value : [];
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
  if (stops.length > 0) return escalateStopped(ticked, stops, now);
  return move(ticked, { kind: 'choosing-proof', lastAttempt: null }, now, [
    { kind: 'notify-caller', notice: 'recovery-started' },
  ]);
}

/** The audit log told how far the caller is. A failure leads back to the question, unless a pass is still at work. */
export function selfServiceProgressed(
  at: CaseAt<'awaiting-self-service'>,
  event: EventOf<'self-service-progressed'>,
  _policy: Policy,
  now: Instant,
): Step {
  const { progress } = event;
  const { pass, progress: before } = at.state;
  if (!isNews(progress, before)) return unchanged();
  if (progress.step === 'succeeded') {
    const closing = { outcome: 'resolved', because: 'self-service-succeeded' } as const;
    return pass === null ? close(at, closing, now) : withdraw(at, pass, closing, now);
  }
  const failed = progress.step === 'failed' || progress.step === 'blocked';
  if (failed && pass === null) return move(at, { kind: 'asking-methods', selfServiceFailure: progress }, now);
  return move(at, { ...at.state, progress }, now);
}

/** How far each step is; two events of the same moment are told apart by it. */
const FAR: Readonly<Record<SelfServiceProgress['step'], number>> = {
  'link-sent': 0,
  'id-entered': 1,
  verifying: 2,
  failed: 3,
  blocked: 3,
  succeeded: 4,
};

/** The log is read again and again; only what is later, or further at the same moment, counts. */
function isNews(progress: SelfServiceProgress, before: SelfServiceProgress): boolean {
  if (progress.step === before.step && progress.reason === before.reason) return false;
  return progress.at > before.at || (progress.at === before.at && FAR[progress.step] > FAR[before.step]);
}

/** Back to the question which methods are at hand. */
export function backToMethods(at: CaseAt<'choosing-proof'>, _event: unknown, _policy: Policy, now: Instant): Step {
  return move(at, { kind: 'asking-methods', selfServiceFailure: null }, now);
}

/** Back from the reset page; not with a pass at work, which is taken back by its own button. */
export function backFromSelfService(
  at: CaseAt<'awaiting-self-service'>,
  _event: unknown,
  _policy: Policy,
  now: Instant,
): Step {
  if (at.state.pass !== null) return refuse('not-in-this-state');
  return move(at, { kind: 'asking-methods', selfServiceFailure: null }, now);
}

/** The methods were read while the caller holds a pass: new ones show, and enough of them open the way to the reset page. */
export function methodsSeen(
  at: CaseAt<'awaiting-backup-method'>,
  event: EventOf<'methods-seen'>,
  policy: Policy,
  now: Instant,
): Step {
  const { pass, methodsBefore, newMethods } = at.state;
  const fresh = event.methods.filter(
    (method) => worthOf(method.kind).countsForSelfService && !methodsBefore.includes(method.ref),
  );
  if (sameRefs(fresh, newMethods)) return unchanged();
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

function sameRefs(a: readonly RegisteredMethod[], b: readonly RegisteredMethod[]): boolean {
  return a.length === b.length && a.every((method) => b.some((other) => other.ref === method.ref));
}

/** The draft a new case starts from; the ledger gives it its number. */
export function draftCase(technician: PersonId, caller: PersonId, event: SnapshotRead, now: Instant): Omit<Case, 'id'> {
  return {
    technician,
    caller,
    openedAt: now,
    movedAt: now,
    facts: event.facts,
    atHand: [],
    state: { kind: 'asking-methods', selfServiceFailure: null },
  };
}

/**
 * What a case remembers of the passes that were created for it: their ids, and which methods were registered before the first one.
 * Whoever signs in with a pass can register a method, and that method stays when the pass is gone.
 */
import type { Case, IssuedPasses, KnownMethod } from './case.ts';
import type { CallerFacts, MethodKind, PersonId, Reading, RegisteredMethod } from './facts.ts';

/** The case with one more pass. Its facts are those that were read for the order. */
export function withPass<C extends Case>(at: C, passId: string): C {
  const { issued } = at;
  if (issued?.passIds.includes(passId) === true) return at;
  const methodsBefore = issued === null ? knownMethods(at.facts) : issued.methodsBefore;
  const passIds = [...(issued?.passIds ?? []), passId];
  return { ...at, issued: { passIds, methodsBefore, managersTold: issued?.managersTold ?? [] } };
}

/** The case with a manager who is told of its pass. */
export function withManagerTold<C extends Case>(at: C, manager: PersonId): C {
  const { issued } = at;
  if (issued === null || issued.managersTold.includes(manager)) return at;
  return { ...at, issued: { ...issued, managersTold: [...issued.managersTold, manager] } };
}

/** The methods of a read, as a case remembers them. */
export function knownMethods({ methods }: CallerFacts): readonly KnownMethod[] {
  return methods.kind === 'read' ? methods.value.map(({ ref, digest }) => ({ ref, digest })) : [];
}

/** Graph gives every mobile phone the same id, so a replaced one differs only in its digest. Where one is unknown, the id decides. */
export function isSameMethod(a: KnownMethod, b: KnownMethod): boolean {
  return a.ref === b.ref && (a.digest === null || b.digest === null || a.digest === b.digest);
}

/** A pass is deleted by the bot, and everybody has a password; neither is a method that somebody has to remove. */
const NOT_REMOVED: ReadonlySet<MethodKind> = new Set(['temporary-access-pass', 'password']);

/** The methods that were registered since the first pass of the case was ordered, of whatever kind. */
export function registeredSince(
  { methodsBefore }: IssuedPasses,
  methods: readonly RegisteredMethod[],
): readonly RegisteredMethod[] {
  return methods.filter(
    (method) => !NOT_REMOVED.has(method.kind) && !methodsBefore.some((before) => isSameMethod(before, method)),
  );
}

/**
 * Facts in which a pass of this case does not look like somebody else's. It was deleted, and its being gone was seen twice; a list
 * that shows it all the same lags behind, so it does not say whether there is another pass.
 */
export function withoutOwnPass(facts: CallerFacts, { issued }: Case): CallerFacts {
  const { existingPass } = facts;
  const pass = existingPass.kind === 'read' ? existingPass.value : null;
  if (pass === null || !pass.alive || issued?.passIds.includes(pass.passId) !== true) return facts;
  const unknown: Reading<never> = { kind: 'unread', why: 'stale' };
  return { ...facts, existingPass: unknown };
}

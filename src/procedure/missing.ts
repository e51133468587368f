/**
 * What could not be read about a caller, part by part, and which parts a step needs.
 * A part that is unread says nothing about the caller: it stops the press that needs it, and never closes a case. The part is
 * named in the ledger and on the card, with the reason, so that everybody knows what is missing and whether it comes by itself.
 */
import type { Case, Proof } from './case.ts';
import type { CallerFacts, FactPart, MissingPart, NumberOnRecord, Reading, UnreadReason } from './facts.ts';
import type { ChosenReason } from './risk-reasons.ts';

/** The part of the policy that says what may stay unread. */
export interface MissingPolicy {
  readonly whenNotLicensed: {
    readonly risk: 'stop' | 'go-on' | 'second-person';
    readonly eligibility: 'stop' | 'go-on' | 'second-person';
  };
  readonly secondPersonFor: readonly ChosenReason[];
}

/** Every part that is unread, whether a step needs it or not. For the ledger. */
export function unreadParts(facts: CallerFacts): readonly MissingPart[] {
  const { account, methods, registration, activeRoles, eligibleRoles, groups, passPolicy, risk } = facts;
  return [
    ...unread('account', account),
    ...unread('methods', methods),
    ...unread('registration', registration),
    ...unread('activeRoles', activeRoles),
    ...unread('eligibleRoles', eligibleRoles),
    ...unread('groups', groups),
    ...unread('passPolicy', passPolicy),
    ...unread('risk', risk),
    ...missingOfNumbers(facts),
    ...missingOfManager(facts),
    ...unread('closeToTechnician', facts.closeToTechnician),
    ...missingOfTechnician(facts),
    ...unread('history', facts.history),
  ];
}

/**
 * What is missing for any pass, however the caller is verified. Risk and eligible roles may stay unread in a tenant without the
 * plan or the permission for them, unless the policy says that this stops a pass. The registration report decides nothing.
 */
export function missingForPass(facts: CallerFacts, policy: MissingPolicy): readonly MissingPart[] {
  const needed = new Set<FactPart>(['account', 'methods', 'activeRoles', 'groups', 'passPolicy', 'history']);
  if (!cannotBeRead(facts.risk) || policy.whenNotLicensed.risk === 'stop') needed.add('risk');
  if (!cannotBeRead(facts.eligibleRoles) || policy.whenNotLicensed.eligibility === 'stop') {
    needed.add('eligibleRoles');
  }
  if (policy.secondPersonFor.includes('close-to-technician')) needed.add('closeToTechnician');
  return unreadParts(facts).filter(({ part }) => needed.has(part));
}

/** What is missing about the numbers: all of them, or the age of some, or who else has them. */
export function missingOfNumbers({ numbers }: CallerFacts): readonly MissingPart[] {
  if (numbers.kind !== 'read') return unread('numbers', numbers);
  const ages = numbers.value.flatMap(missingOfNumber);
  return ages.filter(({ part }, index) => ages.findIndex((one) => one.part === part) === index);
}

/** What is missing about one number: its age, or who else has it. A number that nobody may call lacks nothing. */
export function missingOfNumber({ source, age, others, unfit }: NumberOnRecord): readonly MissingPart[] {
  return unfit === null ? [...unread(`number-age:${source}`, age), ...unread('number-sharing', others)] : [];
}

/** What is missing about the technician's own numbers: without them, a number may be the technician's. */
export function missingOfTechnician({ technicianNumbers }: CallerFacts): readonly MissingPart[] {
  return unread('technicianNumbers', technicianNumbers);
}

/** What is missing about the manager: who it is, since when, or what account it is. */
export function missingOfManager({ manager, managerAge, managerAccount }: CallerFacts): readonly MissingPart[] {
  return [
    ...unread('manager', manager),
    ...unread('manager-age', managerAge),
    ...unread('manager-account', managerAccount),
  ];
}

/**
 * What is missing for the next steps of a case, in the state that it is in. Empty where no step depends on the facts any more.
 * Once a number was chosen, only that one matters. Before, a number whose age will never be known is simply not offered, so its
 * age is missing only as long as it may still come.
 */
export function missingIn({ state, facts }: Case, policy: MissingPolicy): readonly MissingPart[] {
  switch (state.kind) {
    case 'asking-methods':
    case 'choosing-proof':
      return [
        ...missingForPass(facts, policy),
        ...missingOfNumbers(facts).filter((one) => one.part === 'numbers' || comesByItself(one)),
        ...missingOfTechnician(facts),
        ...missingOfManager(facts),
      ];
    case 'awaiting-callback':
      return [...missingForPass(facts, policy), ...missingOfChosen(facts, state.numberRef)];
    case 'awaiting-manager':
      return [...missingForPass(facts, policy), ...missingOfManager(facts)];
    case 'awaiting-approval':
    case 'ready-to-issue':
      return [...missingForPass(facts, policy), ...missingOfProof(facts, state.proof)];
    default:
      return [];
  }
}

function missingOfProof(facts: CallerFacts, proof: Proof): readonly MissingPart[] {
  switch (proof.kind) {
    case 'callback':
      return missingOfChosen(facts, proof.numberRef);
    case 'manager':
      return missingOfManager(facts);
    case 'in-person':
      return [];
  }
}

function missingOfChosen(facts: CallerFacts, numberRef: string): readonly MissingPart[] {
  if (facts.numbers.kind !== 'read') return [...missingOfNumbers(facts), ...missingOfTechnician(facts)];
  const chosen = facts.numbers.value.filter(({ ref }) => ref === numberRef);
  return [...chosen.flatMap(missingOfNumber), ...missingOfTechnician(facts)];
}

/**
 * Whether another read may bring the part. What is not licensed or not there stays so until somebody changes it. A denial may
 * be one too, but Microsoft also denies for a moment, after a change of permissions or while a token is renewed.
 */
export function comesByItself({ why }: MissingPart): boolean {
  return !LASTING.has(why);
}

const LASTING: ReadonlySet<UnreadReason> = new Set(['not-licensed', 'not-granted', 'missing']);

function unread(part: FactPart, reading: Reading<unknown>): readonly MissingPart[] {
  return reading.kind === 'read' ? [] : [{ part, why: reading.why }];
}

/** Whether the bot cannot read this in the tenant as it is set up: the plan or the permission for it is missing. */
export function cannotBeRead(reading: Reading<unknown>): boolean {
  return reading.kind !== 'read' && (reading.why === 'not-licensed' || reading.why === 'not-granted');
}

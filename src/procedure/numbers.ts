/**
 * Which numbers on record the technician may call back, and in which order to offer them.
 * A number that changed recently proves nothing: before an attacker calls the helpdesk, they replace the number on record
 * with their own. A number that has not been known for long enough, or whose age could not be read, is not called either. Neither
 * is what cannot be one person's own number, whoever wrote it there, nor the technician's.
 */
import type { CallerFacts, Instant, NumberOnRecord, UnfitNumber } from './facts.ts';
import type { Policy } from './policy.ts';
import { whyUnsettled, type SettledPolicy, type Unsettled } from './settled.ts';

/** Closed list: why a number on record is not called. */
export type NumberTrouble = UnfitNumber | 'the-technicians-own' | Unsettled | 'age-unread' | 'sharing-unread';

/** A number on record, with whether it may be called and, if not, why not. */
export interface NumberOpinion {
  readonly number: NumberOnRecord;
  readonly usable: boolean;
  readonly whyNot: NumberTrouble | null;
}

/**
 * The numbers on record in the order to offer them: the directory's numbers before those registered as methods, office numbers
 * before mobile ones. A number is usable when it can be one person's own, is not the technician's, and is known not to have
 * changed for `numberSettledDays`. One that others have, too, is usable; it needs a second person (risk.ts). Empty when the numbers
 * could not be read. Source: the procedure's rules for the callback.
 */
export function usableNumbers(facts: CallerFacts, policy: Policy, now: Instant): readonly NumberOpinion[] {
  if (facts.numbers.kind !== 'read') return [];
  const order = [
    'directory-office',
    'directory-mobile',
    'registered-office',
    'registered-mobile',
    'registered-alternate',
  ];
  return [...facts.numbers.value]
    .sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source))
    .map((number) => {
      const whyNot = troubleOf(number, facts, policy, now);
      return { number, usable: whyNot === null, whyNot };
    });
}

/** Why a number is not called; `null` when it may be. What was read comes before what was not. */
export function troubleOf(
  number: NumberOnRecord,
  facts: Pick<CallerFacts, 'technicianNumbers'>,
  policy: SettledPolicy,
  now: Instant,
): NumberTrouble | null {
  if (number.unfit !== null) return number.unfit;
  if (isTheTechnicians(number, facts)) return 'the-technicians-own';
  if (number.age.kind !== 'read') return 'age-unread';
  const unsettled = whyUnsettled(number.age.value, policy, now);
  if (unsettled !== null) return unsettled;
  return number.others.kind === 'read' ? null : 'sharing-unread';
}

/** Whether a call to this number reaches the technician. Without a digest it is not known; *Issue* has one. */
function isTheTechnicians({ digest }: NumberOnRecord, { technicianNumbers }: Pick<CallerFacts, 'technicianNumbers'>) {
  return digest !== '' && technicianNumbers.kind === 'read' && technicianNumbers.value.includes(digest);
}

/** The number that was dialed, as a case knows it. */
interface Dialed {
  readonly numberRef: string;
  readonly numberDigest: string;
}

/**
 * The number that was dialed, as it is on record now; `null` when another one has taken its place. Cases of older versions have
 * no digest of it, so there the reference has to do.
 */
export function dialedIn(
  numbers: readonly NumberOnRecord[],
  { numberRef, numberDigest }: Dialed,
): NumberOnRecord | null {
  const inItsPlace = numbers.find(({ ref }) => ref === numberRef) ?? null;
  if (numberDigest === '' || inItsPlace?.digest === '') return inItsPlace;
  return numbers.find(({ digest }) => digest === numberDigest) ?? null;
}

/** The numbers that the card shows, as one text. A choice counts only for the numbers that the card showed. */
export function numbersShown(facts: CallerFacts): string {
  const numbers = facts.numbers.kind === 'read' ? facts.numbers.value : [];
  return JSON.stringify(numbers.map(({ ref, digest }) => [ref, digest]));
}

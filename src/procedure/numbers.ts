/**
 * Which numbers on record the technician may call back, and in which order to offer them.
 * A number that changed recently proves nothing: before an attacker calls the helpdesk, they replace the number on record
 * with their own. A number that has not been known for long enough, or whose age could not be read, is not called either.
 */
import type { CallerFacts, Instant, NumberOnRecord } from './facts.ts';
import type { Policy } from './policy.ts';
import { whyUnsettled, type Unsettled } from './settled.ts';

/** A number on record, with whether it may be called and, if not, why not. */
export interface NumberOpinion {
  readonly number: NumberOnRecord;
  readonly usable: boolean;
  readonly whyNot: Unsettled | 'age-unread' | null;
}

/**
 * The numbers on record in the order to offer them: the directory's numbers before those registered as methods, office numbers
 * before mobile ones. A number is usable once it is known not to have changed for `numberSettledDays`. Empty when the numbers
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
      const whyNot = number.age.kind === 'read' ? whyUnsettled(number.age.value, policy, now) : ('age-unread' as const);
      return { number, usable: whyNot === null, whyNot };
    });
}

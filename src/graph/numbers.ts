/**
 * The numbers on record: what the procedure may know about them, and what the technician dials. As long as it is unknown
 * whether a number changed lately, its age is unread, and the procedure does not use it.
 */
import type { DialableNumber } from '../casework/ports/directory.ts';
import type { FollowedFact } from '../casework/ports/tenant-index.ts';
import type { Age, NumberOnRecord, Reading } from '../procedure/facts.ts';
import { factOf, kindOf, lastTwoDigits } from './methods.ts';
import type { CallerEntry, MethodEntry } from './shapes.ts';
import { readTelephoneNumber, type TelephoneNumber } from './telephone-number.ts';

/** A caller's numbers: the part that may be stored and the part that is dialed, matched by `ref`. */
export interface Numbers {
  readonly onRecord: readonly NumberOnRecord[];
  readonly dialable: readonly DialableNumber[];
}

/** The parts of an entry that numbers are read from. */
export type NumbersEntry = Pick<CallerEntry, 'businessPhones' | 'mobilePhone' | 'usageLocation'>;

/** A number as it was found in one place. */
interface Found {
  readonly ref: string;
  readonly source: NumberOnRecord['source'];
  readonly fact: FollowedFact;
  readonly lastDigits: string;
  readonly number: TelephoneNumber;
}

const REGISTERED: Readonly<Record<string, NumberOnRecord['source']>> = {
  'mobile-phone': 'registered-mobile',
  'alternate-mobile-phone': 'registered-alternate',
  'office-phone': 'registered-office',
};

/** Numbers are compared wherever they stand, so one kind of digest serves for all of them. */
export const NUMBER_DIGESTS: FollowedFact = 'office-number';

/** What the index tells about a caller's numbers. */
export interface KnownNumbers {
  /** Keyed digest of a number, from its one way of being written (`TelephoneNumber.same`). */
  digest(number: string): string;
  age(fact: FollowedFact): Reading<Age>;
  /** How many other people have a number, by the same text. */
  others(number: string): Reading<number>;
}

/**
 * The age of a number that stands in two places. What is unknown about one of them is unknown about the number, and a change
 * that was seen counts. Otherwise the place counts that is known for longer: that a number was registered for signing in
 * yesterday says nothing against its having stood in the directory for years.
 */
function ageOfBoth(a: Reading<Age>, b: Reading<Age>): Reading<Age> {
  if (a.kind !== 'read') return a;
  if (b.kind !== 'read') return b;
  if (a.value.changed && b.value.changed) return a.value.since > b.value.since ? a : b;
  if (a.value.changed !== b.value.changed) return a.value.changed ? a : b;
  return a.value.since < b.value.since ? a : b;
}

/** Every number that stands in an entry or is registered for signing in. A text without two digits is none. */
function found(entry: NumbersEntry, methods: readonly MethodEntry[]): readonly Found[] {
  const texts: readonly (Omit<Found, 'number' | 'lastDigits'> & { readonly text: string })[] = [
    ...entry.businessPhones.map((text, n) => ({
      ref: n === 0 ? 'business-phone' : `business-phone-${n + 1}`,
      source: 'directory-office' as const,
      fact: 'office-number' as const,
      text,
    })),
    { ref: 'mobile-phone', source: 'directory-mobile', fact: 'mobile-number', text: entry.mobilePhone ?? '' },
    ...methods.flatMap((method) => {
      const source = REGISTERED[kindOf(method)];
      if (source === undefined || method.phoneNumber === null) return [];
      return [{ ref: `method:${method.id}`, source, fact: factOf(method), text: method.phoneNumber }];
    }),
  ];
  return texts.flatMap(({ text, ...place }) => {
    const lastDigits = lastTwoDigits(text);
    if (lastDigits === '') return [];
    return [{ ...place, lastDigits, number: readTelephoneNumber(text, entry.usageLocation) }];
  });
}

/** The numbers of somebody, without what else is known about them. */
export function telephoneNumbersOf(entry: NumbersEntry, methods: readonly MethodEntry[]): readonly TelephoneNumber[] {
  return found(entry, methods).map(({ number }) => number);
}

/**
 * The numbers of a caller: the office number in the directory first, then the mobile number there, then registered ones.
 * A number found twice is listed once, under its first source.
 */
export function numbersOf(caller: NumbersEntry, methods: readonly MethodEntry[], known: KnownNumbers): Numbers {
  const numbers = new Map<string, { onRecord: NumberOnRecord; display: string }>();
  for (const { ref, source, fact, lastDigits, number } of found(caller, methods)) {
    const { same, display, unfit } = number;
    const age = known.age(fact);
    const twin = numbers.get(same);
    numbers.set(same, {
      onRecord: twin
        ? { ...twin.onRecord, age: ageOfBoth(twin.onRecord.age, age) }
        : { ref, source, lastDigits, digest: known.digest(same), unfit, others: known.others(same), age },
      display: twin?.display ?? display,
    });
  }
  const all = [...numbers.values()];
  return {
    onRecord: all.map(({ onRecord }) => onRecord),
    dialable: all.map(({ onRecord, display }) => ({ ref: onRecord.ref, digest: onRecord.digest, display })),
  };
}

/** A number as it is dialed; `null` when it is none that reaches one person. Without a country code it is one of `country`. */
export function dialable(text: string | undefined, country: string | null): string | null {
  if (text === undefined) return null;
  const { display, unfit } = readTelephoneNumber(text, country);
  return unfit === null ? display : null;
}

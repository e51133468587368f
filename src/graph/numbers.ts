/**
 * The numbers on record: what the procedure may know about them, and what the technician dials. As long as it is unknown
 * whether a number changed lately, its age is unread, and the procedure does not use it.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import type { DialableNumber } from '../casework/ports/directory.ts';
import type { FollowedFact } from '../casework/ports/tenant-index.ts';
import type { Age, NumberOnRecord, Reading } from '../procedure/facts.ts';
import { canonicalNumbers } from './canonical.ts';
import { factOf, kindOf, lastTwoDigits } from './methods.ts';
import type { CallerEntry, MethodEntry } from './shapes.ts';
import { oneLine } from './text.ts';

/** A caller's numbers: the part that may be stored and the part that is dialed, matched by `ref`. */
export interface Numbers {
  readonly onRecord: readonly NumberOnRecord[];
  readonly dialable: readonly DialableNumber[];
}

interface Found {
  readonly ref: string;
  readonly source: NumberOnRecord['source'];
  readonly number: string;
  readonly age: Reading<Age>;
}

const REGISTERED: Readonly<Record<string, NumberOnRecord['source']>> = {
  'mobile-phone': 'registered-mobile',
  'alternate-mobile-phone': 'registered-alternate',
  'office-phone': 'registered-office',
};

/** The number in international format if it can be parsed; otherwise the directory's text, cleaned. */
function readNumber(text: string, region: CountryCode | undefined): { same: string; display: string } {
  // `extract: false`: "call Bob on 555 0100" is not a number and must not be shown as one.
  const parsed = parsePhoneNumberFromString(text, {
    ...(region && { defaultCountry: region }),
    extract: false,
  });
  if (parsed === undefined) return { same: text.replaceAll(/[^\d+x]/gi, ''), display: oneLine(text, 40) };
  return { same: `${parsed.number}x${parsed.ext ?? ''}`, display: parsed.formatInternational() };
}

/** What the index tells about a caller's numbers. */
export interface KnownNumbers {
  /** Keyed digest of a number in the form that is compared (canonical.ts). */
  digest(number: string): string;
  age(fact: FollowedFact): Reading<Age>;
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

function found(caller: CallerEntry, methods: readonly MethodEntry[], known: KnownNumbers): readonly Found[] {
  const office = caller.businessPhones.map((number, n) => ({
    ref: n === 0 ? 'business-phone' : `business-phone-${n + 1}`,
    source: 'directory-office' as const,
    number,
    age: known.age('office-number'),
  }));
  const mobile = {
    ref: 'mobile-phone',
    source: 'directory-mobile' as const,
    number: caller.mobilePhone ?? '',
    age: known.age('mobile-number'),
  };
  const registered = methods.flatMap((method): readonly Found[] => {
    const source = REGISTERED[kindOf(method)];
    if (source === undefined || method.phoneNumber === null) return [];
    return [{ ref: `method:${method.id}`, source, number: method.phoneNumber, age: known.age(factOf(method)) }];
  });
  return [...office, mobile, ...registered];
}

/**
 * The numbers of a caller: the office number in the directory first, then the mobile number there, then registered ones.
 * A number found twice is listed once, under its first source.
 */
export function numbersOf(caller: CallerEntry, methods: readonly MethodEntry[], known: KnownNumbers): Numbers {
  const region = regionOf(caller);
  const numbers = new Map<string, { onRecord: NumberOnRecord; display: string }>();
  for (const { ref, source, number, age } of found(caller, methods, known)) {
    const { same, display } = readNumber(number, region);
    const lastDigits = lastTwoDigits(number);
    if (lastDigits === '') continue; // it cannot be dialed
    const twin = numbers.get(same);
    numbers.set(same, {
      onRecord: twin
        ? { ...twin.onRecord, age: ageOfBoth(twin.onRecord.age, age) }
        : { ref, source, lastDigits, digest: known.digest(canonicalNumbers([number])), age },
      display: twin?.display ?? display,
    });
  }
  const all = [...numbers.values()];
  return {
    onRecord: all.map(({ onRecord }) => onRecord),
    dialable: all.map(({ onRecord, display }) => ({ ref: onRecord.ref, digest: onRecord.digest, display })),
  };
}

/** A number as it is dialed; `null` when there is none. Without a country code it is read as one of `caller`'s country. */
export function dialable(text: string | undefined, caller: Pick<CallerEntry, 'usageLocation'>): string | null {
  return text === undefined || lastTwoDigits(text) === '' ? null : readNumber(text, regionOf(caller)).display;
}

function regionOf(caller: Pick<CallerEntry, 'usageLocation'>): CountryCode | undefined {
  const country = caller.usageLocation?.toUpperCase() ?? '';
  return isSupportedCountry(country) ? country : undefined;
}

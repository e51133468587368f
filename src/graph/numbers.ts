/**
 * The numbers on record: what the procedure may know about them, and what the technician dials. When it is unknown
 * when a number last changed, its age is unread, and the procedure does not use it.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import type { DialableNumber } from '../casework/ports/directory.ts';
import type { Age, Instant, NumberOnRecord, Reading } from '../procedure/facts.ts';
import { mapReading, unread } from './answer.ts';
import { kindOf, lastTwoDigits } from './methods.ts';
import type { NumberChanges } from './number-changes.ts';
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

/** An unchanged directory number is at least as old as the log reaches back, or as the account if that is newer. */
function directoryAge(caller: CallerEntry, change: Instant | null, reachesBackTo: Instant): Age {
  const quietSince = Math.max(reachesBackTo, caller.createdDateTime ?? reachesBackTo) as Instant;
  return { since: change ?? quietSince, changed: change !== null };
}

/** The later of two changes; an unknown one wins over a known one. */
function laterAge(a: Reading<Age>, b: Reading<Age>): Reading<Age> {
  if (a.kind !== 'read') return a;
  return b.kind !== 'read' || b.value.since > a.value.since ? b : a;
}

function found(
  caller: CallerEntry,
  methods: readonly MethodEntry[],
  changes: Reading<NumberChanges>,
): readonly Found[] {
  const aged = (kind: 'office' | 'mobile'): Reading<Age> =>
    mapReading(changes, (known) => directoryAge(caller, known[kind], known.reachesBackTo));
  const office = caller.businessPhones.map((number, n) => ({
    ref: n === 0 ? 'business-phone' : `business-phone-${n + 1}`,
    source: 'directory-office' as const,
    number,
    age: aged('office'),
  }));
  const mobile = {
    ref: 'mobile-phone',
    source: 'directory-mobile' as const,
    number: caller.mobilePhone ?? '',
    age: aged('mobile'),
  };
  const registered = methods.flatMap((method): readonly Found[] => {
    const source = REGISTERED[kindOf(method)];
    if (source === undefined || method.phoneNumber === null) return [];
    // Microsoft does not document whether `createdDateTime` moves when a number is replaced, so the log counts too.
    const { createdDateTime } = method;
    const age: Reading<Age> =
      createdDateTime === null
        ? unread('missing')
        : mapReading(changes, ({ registered }) => ({
            since: Math.max(createdDateTime, registered ?? 0) as Instant,
            changed: true,
          }));
    return [{ ref: `method:${method.id}`, source, number: method.phoneNumber, age }];
  });
  return [...office, mobile, ...registered];
}

/**
 * The numbers of a caller: the office number in the directory first, then the mobile number there, then registered ones.
 * A number found twice is listed once, under its first source, with the later change; an unknown one wins over a known
 * one. If `changes` is unread, no number can be used.
 */
export function numbersOf(
  caller: CallerEntry,
  methods: readonly MethodEntry[],
  changes: Reading<NumberChanges>,
): Numbers {
  const region = regionOf(caller);
  const numbers = new Map<string, { onRecord: NumberOnRecord; display: string }>();
  for (const { ref, source, number, age } of found(caller, methods, changes)) {
    const { same, display } = readNumber(number, region);
    const lastDigits = lastTwoDigits(number);
    if (lastDigits === '') continue; // it cannot be dialed
    const twin = numbers.get(same);
    numbers.set(same, {
      onRecord: twin
        ? { ...twin.onRecord, age: laterAge(twin.onRecord.age, age) }
        : { ref, source, lastDigits, digest: '', age },
      display: twin?.display ?? display,
    });
  }
  const all = [...numbers.values()];
  return {
    onRecord: all.map(({ onRecord }) => onRecord),
    dialable: all.map(({ onRecord, display }) => ({ ref: onRecord.ref, display })),
  };
}

/** A number as it is dialed; `null` when there is none. Without a country code it is read as one of `caller`'s country. */
export function dialable(text: string | undefined, caller: CallerEntry): string | null {
  return text === undefined || lastTwoDigits(text) === '' ? null : readNumber(text, regionOf(caller)).display;
}

function regionOf(caller: CallerEntry): CountryCode | undefined {
  const country = caller.usageLocation?.toUpperCase() ?? '';
  return isSupportedCountry(country) ? country : undefined;
}

/**
 * What a text in the directory is as a telephone number: the number itself, how it is dialed, and whether it can be the number
 * of one person at all. Anybody who may edit the directory can write anything into a number field: a short code that reaches
 * the police, a premium line of their own, a link that a client would open.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import type { UnfitNumber } from '../procedure/facts.ts';
import { canonicalNumbers } from './canonical.ts';
import { oneLine } from './text.ts';

/** A telephone number, or what stands in its place. */
export interface TelephoneNumber {
  /** The same for every way to write the number: `+493055501010`, or `+493055501010x12` with an extension. */
  readonly same: string;
  /** International format as libphonenumber writes it, or the directory's own text, cleaned, when it is no number. */
  readonly display: string;
  /** Why nobody may dial it to reach one person; `null` when they may. */
  readonly unfit: UnfitNumber | null;
  /** The ways in which the same number may be written elsewhere, in the form that is compared (canonical.ts). */
  readonly forms: readonly string[];
}

/** The kinds of numbers that one person has. All others are services, cost money, or lead to whoever rents them. */
const PERSONAL: ReadonlySet<string> = new Set(['FIXED_LINE', 'MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP']);

/** The longest international number, its country code included. Source: ITU-T E.164. */
const MOST_DIGITS = 15;

/** Reads a number. Without a country code it is read as one of `country` (ISO 3166, as in `usageLocation`). */
export function readTelephoneNumber(text: string, country: string | null): TelephoneNumber {
  const written = canonicalNumbers([text]);
  const region = regionOf(country);
  // `extract: false`: "call Bob on 555 0100" is not a number and must not be shown as one.
  const parsed = parsePhoneNumberFromString(text, { ...(region && { defaultCountry: region }), extract: false });
  if (parsed === undefined) {
    return { same: written, display: oneLine(text, 40), unfit: 'not-a-telephone-number', forms: [written] };
  }
  const extension = parsed.ext === undefined ? '' : `x${parsed.ext}`;
  return {
    same: `${parsed.number}${extension}`,
    display: parsed.formatInternational(),
    unfit: unfitBecause(parsed),
    forms: [...new Set([written, ...formsOf(parsed).map((form) => `${form}${extension}`)])],
  };
}

function unfitBecause(parsed: PhoneNumber): UnfitNumber | null {
  if (!parsed.isValid() || parsed.number.length - '+'.length > MOST_DIGITS) return 'not-a-telephone-number';
  const type = parsed.getType();
  return type !== undefined && PERSONAL.has(type) ? null : 'not-a-personal-number';
}

/** `+49 30 …`, `0049 30 …`, `49 30 …`, `030 …`, and `+49 (0)30 …`. */
function formsOf(parsed: PhoneNumber): readonly string[] {
  const { number, countryCallingCode } = parsed;
  const digits = number.slice('+'.length);
  const [national = ''] = canonicalNumbers([parsed.formatNational()]).split('x');
  return [number, `00${digits}`, digits, national, `+${countryCallingCode}${national}`];
}

function regionOf(country: string | null): CountryCode | undefined {
  const code = country?.toUpperCase() ?? '';
  return isSupportedCountry(code) ? code : undefined;
}

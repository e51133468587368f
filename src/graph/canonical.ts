/**
 * The form in which a number or an address is compared with the one seen before. The same number written differently is
 * the same; anything that could be another number is another one.
 */

/** How people write an extension: `x12`, `ext. 12`, `#12`, `;ext=12`. */
const EXTENSION = /\s*(?:;ext=|ext(?:ension)?\.?:?|x|#)\s*(?=\d)/gu;
/** What only makes a number easier to read. */
const DECORATION = /[\s().\-/\u2010-\u2015\u00b7\u200b-\u200f\u2060-\u2064]/gu;

/** One number: digits, a leading plus, an extension, and whatever else stands there that is not decoration. */
function canonicalNumber(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(EXTENSION, 'x').replaceAll(DECORATION, '');
}

/** All numbers of one kind as one text; empty when there is none. */
export function canonicalNumbers(numbers: readonly string[]): string {
  return numbers
    .map(canonicalNumber)
    .filter((number) => number !== '')
    .join(',');
}

/** An address of a registered method. */
export function canonicalAddress(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

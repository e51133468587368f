/**
 * Whether a name is like what somebody typed: without its accents, with an umlaut written as two characters, or with one slip
 * of the keyboard. A name that is only alike is offered to choose from; it never opens a case by itself.
 */
import { oneTypoApart } from '../text/one-typo-apart.ts';

const MARKS = /\p{M}/gu;
const SPELLED: readonly (readonly [RegExp, string])[] = [
  [/ß/gu, 'ss'],
  [/ø/gu, 'o'],
  [/æ/gu, 'ae'],
  [/œ/gu, 'oe'],
  [/ł/gu, 'l'],
  [/đ/gu, 'd'],
  [/ı/gu, 'i'],
];
/** Shorter words have too many neighbors. */
const SHORTEST_WITH_SLIP = 4;
const BEGINNING_CHARACTERS = 3;
/** Which character may have been typed for which, when somebody has no key for it. */
const ACCENTED: Readonly<Record<string, string>> = {
  a: 'ä',
  o: 'ö',
  u: 'ü',
  e: 'é',
  c: 'ç',
  n: 'ñ',
  i: 'í',
  s: 'š',
  l: 'ł',
};

/** The words of a name or sign-in name, without accents, in lower case, with ä, ae and a alike. */
export function nameWords(text: string): readonly string[] {
  const local = text.includes('@') ? text.slice(0, text.indexOf('@')) : text;
  let plain = local.toLowerCase().normalize('NFD').replace(MARKS, '').replaceAll("'", '');
  for (const [character, typed] of SPELLED) plain = plain.replace(character, typed);
  return plain.split(/[^\p{L}]+/u).flatMap((word) => (word.length < 2 ? [] : [word.replaceAll(/([aou])e/gu, '$1')]));
}

/**
 * How far a name is from what was typed: 0 when only accents differ, otherwise the number of words with a slip; `null`
 * when a typed word is in no word of the name.
 */
export function distance(typed: readonly string[], name: readonly string[]): number | null {
  if (typed.length === 0) return null;
  let slips = 0;
  for (const word of typed) {
    if (name.includes(word)) continue;
    if (!name.some((one) => isSlip(word, one))) return null;
    slips += 1;
  }
  return slips;
}

function isSlip(typed: string, name: string): boolean {
  return Math.min(typed.length, name.length) >= SHORTEST_WITH_SLIP && oneTypoApart(typed, name);
}

/**
 * How a name may begin that was meant by a typed word, the most likely first: as typed, with the accents that may be
 * missing, and with a slip in the first characters. The directory can only be asked for beginnings.
 */
export function beginnings(word: string): readonly string[] {
  const typed = word.toLowerCase();
  const umlauts = typed.replaceAll('ae', 'ä').replaceAll('oe', 'ö').replaceAll('ue', 'ü');
  const plain = typed.normalize('NFD').replace(MARKS, '');
  const accented = [1, 2, 0].flatMap((at) => {
    const other = ACCENTED[plain[at] ?? ''];
    return other === undefined ? [] : [plain.slice(0, at) + other + plain.slice(at + 1)];
  });
  const [one = '', two = '', three = '', four = ''] = plain;
  const slips = [
    `${one}${three}${two}`,
    `${two}${one}${three}`,
    `${one}${two}${four}`,
    `${one}${three}${four}`,
    `${two}${three}${four}`,
  ];
  const all = [typed, umlauts, plain, ...accented, ...slips].map((text) =>
    Array.from(text).slice(0, BEGINNING_CHARACTERS).join(''),
  );
  return [...new Set(all)].filter((text) => text.length === BEGINNING_CHARACTERS);
}

/**
 * Text of people and of the directory, made fit for a card: it cannot hide, reorder, format, expand or flood anything.
 * It still goes into a TextRun only.
 */

/** Longest text of a person or the directory on a card, in graphemes. */
export const PLAIN_TEXT_MAX = 64;

/** More code units than this are not even looked at: a grapheme may carry any number of marks. */
const LOOKED_AT = 4096;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu;
/** Format (bidi, zero width), private use, unassigned, lone surrogates, and whatever else renders as nothing. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u{2800}]/gu;
/** Three marks on one letter are enough for any language a directory holds; more paint over the neighbors. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Cleans text: NFC, control characters and line breaks to one space, invisible and reordering characters gone,
 * marks unpiled, `{{` and `${` broken apart, at most `max` graphemes (an ellipsis counts as one).
 * Idempotent. Empty when nothing visible is left.
 */
export function plainText(raw: string, max: number = PLAIN_TEXT_MAX): string {
  const visible = raw.slice(0, LOOKED_AT).toWellFormed().replace(BREAKS, ' ').replace(UNSEEN, '');
  const settled = visible.normalize('NFC').replace(PILED_MARKS, '$1').normalize('NFC');
  return cut(breakMacros(settled.replace(/ +/g, ' ').trim()), max);
}

/** Text for the title of a choice, which clients read as markdown: letters, digits, spaces, commas; nothing that formats or links. */
export function choiceText(raw: string): string {
  return plainText(raw)
    .replace(/[^\p{L}\p{M}\p{N} ,]/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** True when one word mixes Latin with Cyrillic or Greek letters: a look-alike name. */
export function mixesAlphabets(text: string): boolean {
  return text
    .split(/[^\p{L}\p{M}]+/u)
    .some((word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word));
}

/** Clients expand `{{DATE(...)}}`; templates expand `${...}`. */
function breakMacros(text: string): string {
  return text.replace(/\{(?=\{)/g, '{ ').replace(/\$(?=\{)/g, '$ ');
}

function cut(text: string, max: number): string {
  const parts = Array.from(graphemes.segment(text), (part) => part.segment);
  if (parts.length <= max) return text;
  return `${parts
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}

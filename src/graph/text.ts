/**
 * Cleans text from the directory and the tenant's logs so that it can be shown and stored. Invisible characters and
 * characters that change the reading direction are removed.
 */

// Controls, soft hyphen, zero-width, bidi marks and overrides, line and paragraph separators, byte order mark, tags.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line of visible text, at most `limit` characters as people count them. */
export function oneLine(text: string, limit: number): string {
  const visible = text.normalize('NFC').replaceAll(INVISIBLE, ' ').replaceAll(/\s+/g, ' ').trim();
  const characters = Array.from(GRAPHEMES.segment(visible), ({ segment }) => segment);
  return characters.length <= limit ? visible : `${characters.slice(0, limit - 1).join('')}…`;
}

/** Text of the tenant without anything that could be a person's address or number, so that the ledger may keep it. */
export function impersonal(text: string, limit: number): string {
  const masked = text.replaceAll(/[^\s@]+@[^\s@]+/g, '(address)').replaceAll(/\+?\d[\d\s().-]{4,}\d/g, '(number)');
  return oneLine(masked, limit);
}

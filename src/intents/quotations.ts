/**
 * What somebody says beside what they read out from one of Microsoft's pages. Only that can be a request of their own.
 */
import type { Item } from './lexicon.ts';
import { PORTAL_MEANINGS } from './phrases/phrases.ts';
import type { Word } from './words.ts';

/** The words that are no quotation, each stretch of them ended; `null` when nothing is quoted. */
export function besideQuotations(items: readonly Item[]): readonly Word[] | null {
  const isQuoted = (item: Item | undefined): boolean =>
    item !== undefined && PORTAL_MEANINGS.some((meaning) => item.means.has(meaning));
  if (!items.some(isQuoted)) return null;
  return items.flatMap((item, at) => {
    if (isQuoted(item)) return [];
    const last = item.words.at(-1);
    if (last === undefined || !isQuoted(items[at + 1])) return item.words;
    return [...item.words.slice(0, -1), { ...last, then: 'stop' as const }];
  });
}

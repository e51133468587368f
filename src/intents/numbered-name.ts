/**
 * "Sam Number7 is locked out": a name with a digit looks like a made-up password, except where the sentence can only be about
 * a person: it begins with the name, and what follows says that they cannot sign in. Everywhere else it stays a password.
 */
import type { Item } from './lexicon.ts';
import { isNameLikeWord } from './names-like-words.ts';
import { isMadeUp, stemOf } from './word-shapes.ts';
import type { Word } from './words.ts';

/** One capital, small letters, one or two digits. */
const NUMBERED = /^\p{Lu}\p{Ll}+\d{1,2}$/u;
const FIRST_NAME = /^\p{Lu}[\p{Ll}'-]+$/u;
/** The verb that follows the name of a person who cannot sign in. */
const VERBS = new Set(
  `is was has got cant cannot couldnt forgot lost keeps ist wurde hat kann est a peut es esta ha no fue non heeft kan inte nie
  esqueceu perdeu olvido perdio`.split(/\s+/u),
);
/** "has lost the phone": at most this many words stand between the verb and what is wrong. */
const ITEMS_BETWEEN = 3;

/** The words, those of numbered names marked as part of a name. `isOrdinary` tells ordinary words from names. */
export function withNumberedNames(
  words: readonly Word[],
  items: readonly Item[],
  isOrdinary: (key: string) => boolean,
): readonly Word[] {
  const names = new Set<Word>();
  for (let at = 0; at + 2 < items.length; at += 1) {
    const starts = at === 0 || items[at - 1]?.then === 'stop';
    const [first, last] = [onlyWord(items[at]), onlyWord(items[at + 1])];
    if (!starts || first === null || last === null || !NUMBERED.test(last.text) || !isMadeUp(last)) continue;
    const isFirstName = FIRST_NAME.test(first.text) && (isNameLikeWord(first) || !isOrdinary(stemOf(first)));
    if (isFirstName && isLockedOut(items, at + 2)) names.add(last);
  }
  return names.size === 0 ? words : words.map((word) => (names.has(word) ? { ...word, isPartOfName: true } : word));
}

/** The word of an item that means nothing else, and is followed by neither a pause nor a period. */
function onlyWord(item: Item | undefined): Word | null {
  const word = item?.words.length === 1 && item.means.size === 0 ? item.words[0] : undefined;
  return word?.then === 'nothing' ? word : null;
}

function isLockedOut(items: readonly Item[], start: number): boolean {
  const verb = items[start]?.words[0];
  if (verb === undefined || !VERBS.has(verb.key)) return false;
  for (let at = start; at <= start + ITEMS_BETWEEN; at += 1) {
    const item = items[at];
    if (item?.means.has('locked') === true) return true;
    const isBetween = item?.means.has('noise') === true || item?.means.has('password') === true;
    if (item?.then !== 'nothing' || !isBetween) return false;
  }
  return false;
}

/**
 * First names that are ordinary words, too, in one of the languages: Polish "sam" is "myself". With a capital they are names,
 * also where a sentence begins.
 */
import type { Word } from './words.ts';

const NAMES = new Set(
  `sam will mark grace rose may june april rob pat jack iris ruby jean pierre rosa bo jan`.split(/\s+/u),
);

/** True for such a name with a capital. */
export function isNameLikeWord(word: Word): boolean {
  return NAMES.has(word.key) && /^\p{Lu}\p{Ll}/u.test(word.text);
}

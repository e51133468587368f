/**
 * A message that is nothing but a name, a sign-in name, an employee number or an alias: the answer to "who is it?".
 */
import { isOrdinary } from './classifier/classify.ts';
import type { Model } from './classifier/model.ts';
import type { Intent } from './intent.ts';
import { isAddress, isEmployeeId, isMadeUp, isSignInName, stemOf } from './word-shapes.ts';
import type { Word } from './words.ts';

const LONGEST_NAME_WORDS = 5;
const LONGEST_NAME_CHARACTERS = 200;
const PARTICLES = new Set([
  'van',
  'von',
  'de',
  'der',
  'den',
  'la',
  'da',
  'dos',
  'del',
  'di',
  'le',
  'al',
  'bin',
  'af',
  'zu',
]);
/** 0014 is how a caller reads out an error number. */
const ERROR_NUMBER = /^00\d\d$/u;

/** Opens the look-up when the message is only a name; `null` otherwise. */
export function bareName(words: readonly Word[], model: Model): Intent | null {
  if (words.length === 0 || words.length > LONGEST_NAME_WORDS || words.some((word) => word.possessive)) return null;
  const isOne = words.length === 1 && words.some(isExact);
  if (!isOne && !isNameOf(words, model)) return null;
  const who = words.map((word) => word.text).join(' ');
  return { kind: 'open-case', who: who.slice(0, LONGEST_NAME_CHARACTERS).toWellFormed() };
}

/** An address, DOMAIN\\user, an employee number. */
function isExact(word: Word): boolean {
  if (isAddress(word) || isSignInName(word) || isEmployeeId(word)) return true;
  return /^\d[\d-]{3,15}$/u.test(word.text) && !ERROR_NUMBER.test(word.text);
}

/** At least one word that is no ordinary word, and beside it only words that could belong to a name. */
function isNameOf(words: readonly Word[], model: Model): boolean {
  if (words.some((word) => word.then !== 'nothing' && word !== words.at(-1))) return false;
  const isName = (word: Word): boolean => /^\p{L}[\p{L}\p{M}\p{N}'._-]*$/u.test(word.text) && !isMadeUp(word);
  if (!words.every(isName)) return false;
  const strange = words.filter((word) => !isOrdinary(stemOf(word), model) && word.key.length >= 3);
  const capitals = words.filter((word) => /^\p{Lu}\p{Ll}/u.test(word.text) || PARTICLES.has(word.key));
  return strange.length > 0 && (strange.length === words.length || capitals.length === words.length);
}

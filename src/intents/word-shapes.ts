/**
 * What a word is by its looks alone: an address, a sign-in name, an employee id, a made-up password. No list of words is
 * asked.
 */
import { normalized } from './normalize-text.ts';
import type { Word } from './words.ts';

/** Products and error codes contain digits too, and nobody made them up as a password. */
const NOT_MADE_UP = /^(?:aadsts|sspr|windows|win\d|office|iphone|m365|o365|print|pc-|dc0|svc)/u;

/** The normalized word without a possessive ending. */
export function stemOf(word: Word): string {
  return word.possessive ? normalized(word.text) : word.key;
}

/** True for a mail address or UPN. */
export function isAddress(word: Word): boolean {
  const sign = word.text.lastIndexOf('@');
  return sign > 0 && word.text.indexOf('.', sign) > sign + 1;
}

/** True for an employee id: one or two letters and digits. */
export function isEmployeeId(word: Word): boolean {
  return /^[a-z]{1,2}-?\d{3,}$/u.test(word.key);
}

/** True for what looks like a made-up password, such as Welcome123. It is never taken for a name. */
export function isMadeUp(word: Word): boolean {
  if (word.isPartOfName || isAddress(word) || isEmployeeId(word) || /[._\\]/u.test(word.text)) return false;
  if (NOT_MADE_UP.test(word.key)) return false;
  return word.text.length >= 5 && /\p{L}/u.test(word.text) && /[\p{N}!$#%&*]/u.test(word.text);
}

/** True for DOMAIN\user. */
export function isSignInName(word: Word): boolean {
  return /^[\p{L}\p{N}._-]{1,63}\\[\p{L}\p{N}._$-]{1,64}$/u.test(word.text);
}

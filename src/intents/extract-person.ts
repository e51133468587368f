/**
 * Whom a message is about: the name, address or employee id that is left when every known word is taken out. The
 * result is a search term for the directory, never a verified person. When in doubt it is null.
 */
import { isOrdinary, OWN_MODEL } from './classifier/classify.ts';
import type { Model } from './classifier/model.ts';
import { normalized } from './normalize-text.ts';
import { isNameLikeWord } from './names-like-words.ts';
import type { Item } from './lexicon.ts';
import { NAMES_ENDING_IN_S } from './phrases/german.ts';
import { isAddress, isEmployeeId, isMadeUp, isSignInName, stemOf } from './word-shapes.ts';
import type { Word } from './words.ts';

const LONGEST_NAME_WORDS = 5;
const LONGEST_NAME_CHARACTERS = 200;

interface Candidate {
  readonly words: readonly Word[];
  readonly score: number;
}

/** The person the message is about, as written, at most 200 characters; `null` when nobody is named. */
export function extractPerson(items: readonly Item[], model: Model = OWN_MODEL): string | null {
  const exact = items.find(
    (item) =>
      item.means.size === 0 && item.words.some((word) => isAddress(word) || isEmployeeId(word) || isSignInName(word)),
  );
  const words = exact?.words ?? quoted(items) ?? bestRun(items, model);
  if (words === null) return null;
  const name = words.map((word) => word.text).join(' ');
  return name.slice(0, LONGEST_NAME_CHARACTERS).toWellFormed();
}

/** A name in quotation marks, unless the quotation contains words with a meaning. */
function quoted(items: readonly Item[]): readonly Word[] | null {
  const quotations = new Map<number, Item[]>();
  for (const item of items) {
    const number = item.words[0]?.quotation ?? 0;
    if (number === 0) continue;
    const inside = quotations.get(number) ?? [];
    inside.push(item);
    quotations.set(number, inside);
  }
  for (const inside of quotations.values()) {
    const words = inside.flatMap((item) => item.words);
    const isName = inside.every((item) => item.means.size === 0 || isSmall(item));
    if (isName && words.length <= LONGEST_NAME_WORDS && !words.some(isMadeUp)) return words;
  }
  return null;
}

function isSmall(item: Item): boolean {
  return item.means.has('noise') || item.means.has('particle') || item.means.has('for');
}

/** Of all runs of words without a known meaning, the one most like a name. */
function bestRun(items: readonly Item[], model: Model): readonly Word[] | null {
  let best: Candidate | null = null;
  for (let at = 0; at < items.length;) {
    const end = runEnd(items, at, model);
    const candidate = candidateOf(items, at, end);
    if (candidate !== null && (best === null || candidate.score > best.score)) best = candidate;
    at = Math.max(end, at + 1);
  }
  return best?.words ?? null;
}

/** One past the last item of the run that begins at `start`; `start` itself when none begins there. */
function runEnd(items: readonly Item[], start: number, model: Model): number {
  let end = start;
  while (end < items.length) {
    const item = items[end];
    if (item === undefined || !couldBeName(items, end, model)) {
      if (end === start || item === undefined || !item.means.has('particle') || item.then !== 'nothing') break;
      if (!couldBeName(items, end + 1, model)) break;
    }
    end += 1;
    if (item.then !== 'nothing' || item.words.some((word) => word.possessive)) break;
  }
  return end;
}

function couldBeName(items: readonly Item[], at: number, model: Model): boolean {
  const item = items[at];
  if (item === undefined || item.means.size > 0) return false;
  const word = item.words[0];
  if (word === undefined || isOrdinaryHere(items, at, word, model) || isMadeUp(word) || !/\p{L}|\d{4}/u.test(word.text))
    return false;
  const before = items[at - 1];
  const earlier = items[at - 2];
  // In "change it to Sunshine" the new password is not a name. In "a new password to Nina Berg" there is a name.
  if (before === undefined || earlier === undefined || before.then !== 'nothing') return true;
  if (items[at - 3]?.means.has('fresh') === true || items[at + 1]?.means.size === 0) return true;
  const becomes = before.means.has('into') && ['to', 'auf', 'as'].includes(before.words.at(-1)?.key ?? '');
  return !(becomes && (earlier.means.has('password') || earlier.means.has('it')));
}

/** An ordinary word is no name, unless it has a capital where none is expected. */
function isOrdinaryHere(items: readonly Item[], at: number, word: Word, model: Model): boolean {
  if (isNameLikeWord(word)) return false;
  const isFirst = at === 0 || items[at - 1]?.then === 'stop';
  return isOrdinary(stemOf(word), model) && (isFirst || !/^\p{Lu}\p{Ll}/u.test(word.text));
}

function candidateOf(items: readonly Item[], start: number, end: number): Candidate | null {
  const run = items.slice(start, end);
  const words = run.flatMap((item) => item.words);
  const last = words.at(-1);
  if (last === undefined || words.length > LONGEST_NAME_WORDS) return null;
  const before = items[start - 1];
  // "To" and "a" stand before many other words as well.
  const introduced = before?.means.has('for') === true && !before.means.has('noise') && before.then !== 'stop';
  const owner = items[end]?.means.has('password') === true;
  const score = (last.possessive ? 4 : owner ? 2 : 0) + (introduced ? 3 : 0) + (words.length > 1 ? 2 : 0) + 1;
  return { words: withoutEndings(words, items[start - 1], items[end]), score };
}

/** Removes what German and French grammar add to a name: "Hartmanns Passwort", "mot de passe d'Alice". */
function withoutEndings(words: readonly Word[], before: Item | undefined, next: Item | undefined): readonly Word[] {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return words;
  const german = /wort|konto|zugang/u.test(next?.words[0]?.key ?? '');
  const genitive =
    german && !last.possessive && /[^sxzß']s$/iu.test(last.text) && !NAMES_ENDING_IN_S.has(normalized(last.text));
  const bare = genitive ? [...words.slice(0, -1), { ...last, text: last.text.slice(0, -1) }] : [...words];
  const french = /^(?:passe|mdp|compte|lien|acces)$/u.test(before?.words.at(-1)?.key ?? '');
  const head = bare[0];
  if (french && head !== undefined && /^d'./iu.test(head.text)) bare[0] = { ...head, text: head.text.slice(2) };
  return bare;
}

/**
 * Turns text into an intent. It is a pure function without a clock or a language model. A request for a manual reset
 * is checked before anything else, even before commands and greetings.
 */
import type { CaseId } from '../procedure/case.ts';
import type { Intent } from './intent.ts';
import type { Item } from './lexicon.ts';
import { readItems } from './lexicon.ts';
import { asksForManualReset } from './manual-reset.ts';
import { modeIn } from './mode.ts';
import type { Meaning } from './phrases/phrases.ts';
import { portalErrorIn } from './portal-error.ts';
import { extractPerson } from './extract-person.ts';
import { readWords } from './words.ts';

/**
 * Recognizes what a message means. Every text gives an intent. Only the first 1000 characters count, and the work grows
 * with their number.
 */
export function recognize(text: string): Intent {
  const items = readItems(readWords(text));
  if (asksForManualReset(items)) return { kind: 'manual-reset', who: extractPerson(items) };
  return modeIn(items, text) ?? errorReadOut(items) ?? command(items) ?? sentenceAbout(items) ?? { kind: 'unknown' };
}

/** A quotation from one of Microsoft's pages counts more than the words around it. */
function errorReadOut(items: readonly Item[]): Intent | null {
  const error = portalErrorIn(items);
  return error === null ? null : { kind: 'explain-error', error, who: extractPerson(items) };
}

/** A command may have only polite words around it. */
function command(items: readonly Item[]): Intent | null {
  const meaningful = items.filter((item) => !isPolite(item));
  const words = meaningful.filter((item) => !item.means.has('greeting'));
  const [first, second, third, ...more] = words.length > 0 ? words : meaningful.slice(0, 1);
  if (first === undefined) return null;
  if (second === undefined) {
    if (first.means.has('help')) return { kind: 'help' };
    if (first.means.has('cases')) return { kind: 'list-cases' };
    if (first.means.has('log')) return { kind: 'show-log', id: null };
    return first.means.has('greeting') ? { kind: 'greeting' } : null;
  }
  if (more.length > 0) return null;
  const number = caseNumber(third ?? second);
  if (number === null) return null;
  const twoWords = third === undefined;
  if (twoWords && first.means.has('case')) return { kind: 'show-case', id: number };
  if (twoWords && first.means.has('log')) return { kind: 'show-log', id: number };
  if (twoWords || !second.means.has('case')) return null;
  if (first.means.has('log')) return { kind: 'show-log', id: number };
  return first.means.has('start') || first.means.has('tell') ? { kind: 'show-case', id: number } : null;
}

/** For a sentence, what it mentions counts, wherever it stands. */
function sentenceAbout(items: readonly Item[]): Intent | null {
  const mentions = (meaning: Meaning): boolean => items.some((item) => item.means.has(meaning));
  if (mentions('negation')) return null;
  const who = extractPerson(items);
  const first = items.find((item) => !isPolite(item));
  if (first?.means.has('link') === true) return { kind: 'send-link', who };
  if (mentions('link') && (mentions('tell') || mentions('set') || mentions('want'))) return { kind: 'send-link', who };
  const asks = mentions('ask') || mentions('what-is');
  if (asks && mentions('works') && who === null) return { kind: 'help' };
  const lockout = mentions('locked') || mentions('failing') || mentions('password') || mentions('factor');
  if (lockout) return { kind: 'open-case', who };
  if (
    mentions('case') &&
    who !== null &&
    /\p{L}/u.test(who) &&
    (mentions('start') || first?.means.has('case') === true)
  ) {
    return { kind: 'open-case', who };
  }
  if (first?.means.has('start') === true && who !== null) return { kind: 'open-case', who };
  if (mentions('link')) return { kind: 'send-link', who };
  const greets = items.every((item) => item.means.has('greeting') || item.means.has('noise'));
  return greets && mentions('greeting') ? { kind: 'greeting' } : null;
}

function isPolite(item: Item): boolean {
  return item.means.has('noise') && item.means.size === 1;
}

/** The number of a case: positive, and small enough to be exact as a number. */
function caseNumber(item: Item): CaseId | null {
  const text = item.words.length === 1 ? (item.words[0]?.text ?? '') : '';
  if (!/^\d{1,15}$/u.test(text)) return null;
  const number = Number(text);
  return number > 0 ? (number as CaseId) : null;
}

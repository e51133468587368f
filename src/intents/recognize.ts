/**
 * Turns text into an intent. It is a pure function without a clock or a language model. A request for a manual reset
 * is checked before anything else; only a message that is nothing but a known command or a greeting is answered before.
 */
import type { CaseId } from '../procedure/case.ts';
import type { Intent } from './intent.ts';
import type { Item } from './lexicon.ts';
import { readItems } from './lexicon.ts';
import { bareName } from './bare-name.ts';
import { classify, isOrdinary, OWN_MODEL, type Verdict } from './classifier/classify.ts';
import type { Kind, Model } from './classifier/model.ts';
import { modeIn } from './mode.ts';
import { portalErrorIn } from './portal-error.ts';
import { extractPerson } from './extract-person.ts';
import { withNumberedNames } from './numbered-name.ts';
import { besideQuotations } from './quotations.ts';
import { readWords, type Word } from './words.ts';

/** What stands beside a quotation is often only half a sentence, so it has to be a little clearer. */
const REFUSED_BESIDE_QUOTATION = 0;
/** How much more likely than anything else a manual reset has to be where a quotation itself speaks of resets. */
const REFUSED_WITH_QUOTATION = 2.5;

/**
 * Recognizes what a message means. Every text gives an intent. The first 30,000 characters count, which is more than
 * Teams delivers, and the work grows with their number. `model` is another one only where models are compared.
 */
export function recognize(text: string, model: Model = OWN_MODEL): Intent {
  const written = readWords(text);
  const first = readItems(written);
  const words = withNumberedNames(written, first, (key) => isOrdinary(key, model));
  const items = words === written ? first : readItems(words);
  const exact = command(items);
  if (exact !== null) return exact;
  const verdict = verdictOn(words, items, model);
  const who = (): string | null => extractPerson(readItems(verdict.part), model) ?? extractPerson(items, model);
  if (verdict.kind === 'manual-reset') return { kind: 'manual-reset', who: who() };
  return (
    modeIn(items, text) ??
    errorReadOut(items, model) ??
    sentence(verdict.kind, who) ??
    bareName(words, model) ?? { kind: 'unknown' }
  );
}

/**
 * "Just do it" asks again for what was refused, whatever stands around it.
 * A quotation from one of Microsoft's pages must not cover up what is asked for beside it, nor be taken for a request.
 */
function verdictOn(words: readonly Word[], items: readonly Item[], model: Model): Verdict {
  if (items.some((item) => item.means.has('pressure'))) return { kind: 'manual-reset', part: words };
  const beside = besideQuotations(items);
  if (beside === null) return classify(words, undefined, model);
  const rest = classify(beside, REFUSED_BESIDE_QUOTATION, model);
  if (rest.kind === 'manual-reset') return rest;
  return classify(words, REFUSED_WITH_QUOTATION, model);
}

function sentence(kind: Kind, who: () => string | null): Intent | null {
  if (kind === 'open-case' || kind === 'send-link') return { kind, who: who() };
  return kind === 'help' ? { kind } : null;
}

/** A quotation from one of Microsoft's pages counts more than the words around it. */
function errorReadOut(items: readonly Item[], model: Model): Intent | null {
  const error = portalErrorIn(items);
  return error === null ? null : { kind: 'explain-error', error, who: extractPerson(items, model) };
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

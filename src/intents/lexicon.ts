/**
 * Turns words into items: each known phrase with its meaning, each other word as a possible part of a name. The
 * longest phrase wins, and the work per word is bounded.
 */
import { oneTypoApart } from '../text/one-typo-apart.ts';
import { normalized, lettersOf, withoutLeet } from './normalize-text.ts';
import { ENGLISH } from './phrases/english.ts';
import { FRENCH } from './phrases/french.ts';
import { GERMAN } from './phrases/german.ts';
import { MORE_LANGUAGES } from './phrases/more-languages.ts';
import { MORE_PORTAL_TEXTS } from './phrases/more-portal-texts.ts';
import type { Meaning } from './phrases/phrases.ts';
import { MEANINGS } from './phrases/phrases.ts';
import { PORTAL_TEXTS } from './phrases/portal-texts.ts';
import { SPANISH } from './phrases/spanish.ts';
import { isAddress, stemOf } from './word-shapes.ts';
import type { Word } from './words.ts';

/** A phrase with a known meaning, or a word without one, which may belong to a name. */
export interface Item {
  /** Every meaning the phrase has in any language; empty for a word that may belong to a name. */
  readonly means: ReadonlySet<Meaning>;
  readonly words: readonly Word[];
  /** What follows the last word. */
  readonly then: Word['then'];
}

interface Entry {
  readonly keys: readonly string[];
  readonly means: Set<Meaning>;
}

const LONGEST_WORD = 40;
/** Nouns and verbs that are recognized with one typo in them. Shorter ones would be too close to names. */
const TYPO_TOLERANT: readonly { readonly key: string; readonly meaning: Meaning }[] = [
  ...['password', 'passwords', 'passwort', 'kennwort', 'contrasena'].map((key) => ({
    key,
    meaning: 'password' as const,
  })),
  ...[
    'resetting',
    'zurucksetzen',
    'zuruecksetzen',
    'reinitialiser',
    'restablecer',
    'reinitialise',
    'zuruckgesetzt',
  ].map((key) => ({ key, meaning: 'reset' as const })),
];
/** One letter away from "password", but other words. */
const NO_TYPO = new Set(['passport', 'passports', 'keyword']);
const BEFORE_A_PORTAL_CODE = new Set(['sspr', 'error', 'code', 'fehler', 'fehlercode', 'erreur', 'codigo']);
const NOTHING: ReadonlySet<Meaning> = new Set();
const JOINTS = /[-_.*~+·•]+/u;

const ENTRIES = compiled();

/** First key → entries that begin with it, the longest first. */
function compiled(): ReadonlyMap<string, readonly Entry[]> {
  const byPhrase = new Map<string, Entry>();
  for (const language of [ENGLISH, GERMAN, FRENCH, SPANISH, MORE_LANGUAGES, PORTAL_TEXTS, MORE_PORTAL_TEXTS]) {
    for (const meaning of MEANINGS) {
      for (const phrase of (language[meaning] ?? '').split(',')) {
        for (const spelling of spellings(phrase.trim())) {
          const keys = spelling.split(/[\s-]+/u).map(normalized);
          const name = keys.join(' ');
          const entry = byPhrase.get(name) ?? { keys, means: new Set<Meaning>() };
          byPhrase.set(name, entry);
          entry.means.add(meaning);
        }
      }
    }
  }
  const byFirst = new Map<string, Entry[]>();
  for (const entry of byPhrase.values()) {
    const first = entry.keys[0] ?? '';
    if (first !== '') byFirst.set(first, [...(byFirst.get(first) ?? []), entry]);
  }
  for (const entries of byFirst.values()) entries.sort((a, b) => b.keys.length - a.keys.length);
  return byFirst;
}

/** An umlaut may be typed as two letters, or without its dots. */
function spellings(phrase: string): readonly string[] {
  const typed = phrase.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue');
  return typed === phrase ? [phrase] : [phrase, typed];
}

/** Reads the meaning of every word. Never throws; at most a fixed number of look-ups per word. */
export function readItems(words: readonly Word[]): readonly Item[] {
  const parts = words.flatMap(splitWord);
  const items: Item[] = [];
  for (let at = 0; at < parts.length;) {
    const item = portalCodeAt(parts, at) ?? phraseAt(parts, at) ?? typoAt(parts, at) ?? nameAt(parts, at);
    if (item === null) break;
    items.push(item);
    at += item.words.length;
  }
  return items;
}

/** "SSPR_0014", "sspr 14", "error 0014". */
function portalCodeAt(parts: readonly Word[], at: number): Item | null {
  const [word, next] = [parts[at], parts[at + 1]];
  if (word === undefined) return null;
  const means: ReadonlySet<Meaning> = new Set(['portal-code']);
  if (/^sspr[_-]?\d{1,6}$/u.test(word.key)) return { means, words: [word], then: word.then };
  const follows = next !== undefined && word.then !== 'stop';
  if (!follows || !(word.key === 'sspr' ? /^\d{1,6}$/u : /^00\d\d$/u).test(next.key)) return null;
  return BEFORE_A_PORTAL_CODE.has(word.key) ? { means, words: [word, next], then: next.then } : null;
}

function phraseAt(parts: readonly Word[], at: number): Item | null {
  const word = parts[at];
  if (word === undefined || isAddress(word)) return null;
  const candidates = ENTRIES.get(word.key) ?? ENTRIES.get(stemOf(word)) ?? ENTRIES.get(withoutLeet(word.key)) ?? [];
  for (const entry of candidates) {
    const found = parts.slice(at, at + entry.keys.length);
    if (entry.keys.every((key, index) => index === 0 || fits(found[index], found[index - 1], key))) {
      return { means: entry.means, words: found, then: found.at(-1)?.then ?? 'nothing' };
    }
  }
  return null;
}

/** There is no pause inside a phrase: "do not, cases" is not "do not cases". */
function fits(word: Word | undefined, before: Word | undefined, key: string): boolean {
  if (word === undefined || before?.then !== 'nothing') return false;
  return word.key === key || stemOf(word) === key || withoutLeet(word.key) === key;
}

function typoAt(parts: readonly Word[], at: number): Item | null {
  const word = parts[at];
  if (word === undefined || word.key.length > LONGEST_WORD || NO_TYPO.has(word.key)) return null;
  const key = withoutLeet(stemOf(word));
  const close = TYPO_TOLERANT.find((one) => oneTypoApart(key, one.key));
  return close === undefined ? null : { means: new Set([close.meaning]), words: [word], then: word.then };
}

function nameAt(parts: readonly Word[], at: number): Item | null {
  const word = parts[at];
  return word === undefined ? null : { means: NOTHING, words: [word], then: word.then };
}

/**
 * A word that contains a known word such as a password or a reset is split: "password-reset", "r.e.s.e.t",
 * "passwortreset", "l'accès". Every other word stays as it is: "Anne-Marie", "lena.hartmann".
 */
function splitWord(word: Word): readonly Word[] {
  if (isAddress(word) || known(word.key) || known(stemOf(word)) || known(withoutLeet(word.key))) return [word];
  const pieces = word.text.split(JOINTS).filter((piece) => piece !== '');
  if (pieces.length > 1) {
    if (pieces.every((piece) => piece.length === 1)) return splitWord(withText(word, [pieces.join('')])[0] ?? word);
    const whole = pieces.join('');
    if (known(withoutLeet(normalized(whole)))) return withText(word, [whole]);
    if (pieces.every((piece) => known(normalized(piece))) || beginsPhrase(pieces)) return withText(word, pieces);
    const isRequest = pieces.some((piece) => mentionsPassword(withoutLeet(normalized(piece))));
    return isRequest ? withText(word, pieces) : [word];
  }
  // "s'il vous plaît" is a phrase; "l'accès" is an article and a known word.
  const elided = ENTRIES.has(word.key) ? null : /^(?:[ljnmstcd]|qu)'(?=.)/iu.exec(word.text);
  if (elided !== null) {
    const rest = word.text.slice(elided[0].length);
    return known(normalized(rest)) ? withText(word, [rest]) : [word];
  }
  return splitCompound(word) ?? [word];
}

/** "fais-le": the pieces are the beginning of a known phrase. */
function beginsPhrase(pieces: readonly string[]): boolean {
  const entries = ENTRIES.get(normalized(pieces[0] ?? '')) ?? [];
  return entries.some((entry) => pieces.every((piece, at) => entry.keys[at] === normalized(piece)));
}

/** "passwortreset", "resetpassword", "newpw": one half names a password, the other says what to do with it. */
function splitCompound(word: Word): readonly Word[] | null {
  const key = withoutLeet(word.key);
  if (key.length < 5 || key.length > LONGEST_WORD || key.length !== lettersOf(word.text).length) return null;
  for (let cut = 2; cut <= key.length - 2; cut += 1) {
    const left = key.slice(0, cut);
    const right = key.slice(cut);
    if ((isPassword(left) && isChange(right)) || (isChange(left) && isPassword(right))) {
      return withText(word, [word.text.slice(0, cut), word.text.slice(cut)]);
    }
  }
  return null;
}

function withText(word: Word, texts: readonly string[]): readonly Word[] {
  return texts.map((text, at) => {
    const last = at === texts.length - 1;
    return {
      ...word,
      text,
      key: normalized(text),
      possessive: last && word.possessive,
      then: last ? word.then : 'nothing',
    };
  });
}

function known(key: string): boolean {
  return means(key).size > 0;
}

function means(key: string): ReadonlySet<Meaning> {
  return ENTRIES.get(key)?.find((entry) => entry.keys.length === 1)?.means ?? NOTHING;
}

function isPassword(key: string): boolean {
  return means(key).has('password');
}

function isChange(key: string): boolean {
  const found = means(key);
  return found.has('reset') || found.has('fresh') || found.has('set') || found.has('link');
}

function mentionsPassword(key: string): boolean {
  return isPassword(key) || means(key).has('reset') || TYPO_TOLERANT.some((one) => oneTypoApart(key, one.key));
}

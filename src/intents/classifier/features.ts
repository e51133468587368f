/**
 * What the classifier sees of a text: its words, the beginnings, ends and middles of them, and which word stands near
 * which. Every feature can be printed, so that a verdict can be explained.
 */
import { withoutLeet } from '../normalize-text.ts';
import type { Word } from '../words.ts';
import { conceptsOf } from './concepts.ts';
import { isAddress, isEmployeeId, isMadeUp, stemOf } from '../word-shapes.ts';

/** How many weights each kind of intent has. Two features may share one. */
export const BUCKETS = 1 << 16;

/** The feature that every text has: its weights say what a text is taken for when nothing else is known of it. */
export const ANY_TEXT = 'any text';

const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 5;
/** The rest of a longer word says nothing, and this bounds the work per word. */
const CHARACTERS_OF_A_WORD = 32;
/** A word is paired with this many words after it. */
const NEIGHBORS = 3;
/** An idea is paired with the ideas of this many words before it. */
const IDEAS_BACK = 5;

/** How politely something is asked for changes nothing. */
const COURTESY = new Set(
  `please pls plz pleas kindly thanks thank thx ty cheers asap bitte danke dankeschon merci svp stp sil plait favor porfa gracias grazie favore obrigado
  obrigada pfv tack snalla aub dank bedankt prosze dziekuje dzieki`.split(/\s+/u),
);

/** Small words that are courtesy only beside another: "por favor", "per favore", "s'il vous plaît". */
function isCourtesyHere(words: readonly Word[], at: number): boolean {
  const key = words[at]?.key ?? '';
  if (COURTESY.has(key)) return true;
  if (key === 'por' || key === 'per') return words[at + 1]?.key.startsWith('favor') === true;
  return (key === 'vous' || key === 'te') && words[at - 1]?.key === 'sil';
}

/** A word as it takes part in pairs: words nobody knows are names, and all names are alike. */
function placeOf(word: Word, isKnown: (key: string) => boolean): string {
  if (isAddress(word) || isEmployeeId(word)) return '<name>';
  if (isMadeUp(word)) return '<made-up>';
  if (/^\d+$/u.test(word.key)) return '<number>';
  const stem = stemOf(word);
  return isKnown(stem) ? stem : '<name>';
}

/**
 * The features of a few words, each once, and `ANY_TEXT`. Their number grows with the number of words and no faster.
 * `isKnown` tells ordinary words from names.
 */
export function featuresOf(all: readonly Word[], isKnown: (key: string) => boolean): ReadonlySet<string> {
  const words = all.filter((_word, at) => !isCourtesyHere(all, at));
  const features = new Set<string>();
  const places = words.map((word) => placeOf(word, isKnown));
  for (const [at, word] of words.entries()) {
    const place = places[at] ?? '';
    features.add(`word ${place}`);
    if (!isAddress(word)) addPieces(features, withoutLeet(word.key).slice(0, CHARACTERS_OF_A_WORD));
    features.add(at === 0 ? `first ${place}` : `pair ${places[at - 1] ?? ''} ${place}`);
    for (let next = at + 2; next <= at + NEIGHBORS && next < words.length; next += 1) {
      features.add(`near ${place} ${places[next] ?? ''}`);
    }
  }
  addIdeas(features, words, places);
  if (features.size > 0) features.add(ANY_TEXT);
  return features;
}

/** The ideas of the words, and which idea follows which within a few words that carry any. */
function addIdeas(features: Set<string>, words: readonly Word[], places: readonly string[]): void {
  let before: readonly (readonly string[])[] = [];
  for (const [at, word] of words.entries()) {
    const place = places[at] ?? '';
    const ideas = place.startsWith('<') && place !== '<name>' ? [place] : conceptsOf(withoutLeet(word.key));
    const named = ideas.length === 0 && place === '<name>' ? [place] : ideas;
    if (named.length === 0) continue;
    for (const idea of named) {
      features.add(`idea ${idea}`);
      for (const [far, earlier] of before.entries()) {
        for (const one of earlier) {
          features.add(`then ${one} ${idea}`);
          if (far === before.length - 1) features.add(`next ${one} ${idea}`);
        }
      }
    }
    if (before.length === 0) for (const idea of named) features.add(`starts ${idea}`);
    before = [...before, named].slice(-IDEAS_BACK);
  }
}

function addPieces(features: Set<string>, key: string): void {
  const padded = `_${key}_`;
  for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length += 1) {
    for (let at = 0; at + length <= padded.length; at += 1) features.add(padded.slice(at, at + length));
  }
}

/** The place of a feature's weight: FNV-1a over its UTF-16 units, which is the same everywhere. */
export function bucketOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at += 1) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % BUCKETS;
}

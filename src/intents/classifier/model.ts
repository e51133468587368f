/**
 * The trained weights and how to read them. They come from scripts/train-phrases.ts and are never edited by hand.
 */
import { ANY_TEXT, BUCKETS, bucketOf } from './features.ts';

/** The kinds of message that the classifier tells apart. */
export const KINDS = ['manual-reset', 'open-case', 'send-link', 'help', 'unknown'] as const;

/** One of them. */
export type Kind = (typeof KINDS)[number];

/** The kind that all others are compared with. Its weights are zero, and are not stored. */
export const COMPARED_WITH = 'unknown';

/**
 * The model as it is stored. `words`: the ordinary words of the training texts, normalized, separated by spaces. `kinds`:
 * for each kind but `unknown` one signed byte per bucket, as base64; a weight is the byte times `step`, and says how much
 * more a feature speaks for this kind than for `unknown`.
 */
export interface StoredModel {
  readonly words: string;
  readonly step: number;
  readonly kinds: Readonly<Record<Exclude<Kind, typeof COMPARED_WITH>, string>>;
}

/** A model ready to use. */
export interface Model {
  readonly words: ReadonlySet<string>;
  readonly step: number;
  readonly kinds: Readonly<Record<Kind, Int8Array>>;
}

/** Pieces of words are many, and each says little. */
const PIECE_STRENGTH = 0.4;
/** What is known of every text counts more than one word of it. */
const ANY_TEXT_STRENGTH = 3;

/** Reads a stored model. Throws when the weights are not as many as there are buckets. */
export function modelFrom({ words, step, kinds }: StoredModel): Model {
  const weights = KINDS.map((kind): [Kind, Int8Array] => {
    const bytes = kind === COMPARED_WITH ? new Int8Array(BUCKETS) : new Int8Array(Buffer.from(kinds[kind], 'base64'));
    if (bytes.length !== BUCKETS) throw new Error(`${bytes.length} weights instead of ${BUCKETS}`);
    return [kind, bytes];
  });
  return { words: new Set(words.split(' ')), step, kinds: Object.fromEntries(weights) as Record<Kind, Int8Array> };
}

/** How much a feature counts. */
export function strengthOf(feature: string): number {
  if (feature === ANY_TEXT) return ANY_TEXT_STRENGTH;
  return feature.includes(' ') ? 1 : PIECE_STRENGTH;
}

/** What the sum of all features is divided by, so that long and short texts can be compared. */
export function lengthOf(features: ReadonlySet<string>): number {
  let squares = 0;
  for (const feature of features) squares += strengthOf(feature) ** 2;
  return Math.sqrt(Math.max(1, squares));
}

/** How strongly one feature speaks for a kind, in a text whose features have this length. */
export function weightOf(model: Model, kind: Kind, feature: string, length: number): number {
  return ((model.kinds[kind][bucketOf(feature)] ?? 0) * model.step * strengthOf(feature)) / length;
}

/** How strongly the features speak for each kind. */
export function scoresOf(model: Model, features: ReadonlySet<string>): Readonly<Record<Kind, number>> {
  const all = KINDS.map((kind) => model.kinds[kind]);
  const sums = new Float64Array(KINDS.length);
  let squares = 0;
  for (const feature of features) {
    const bucket = bucketOf(feature);
    const strength = strengthOf(feature);
    squares += strength * strength;
    for (let kind = 0; kind < sums.length; kind += 1) {
      sums[kind] = (sums[kind] ?? 0) + (all[kind]?.[bucket] ?? 0) * strength;
    }
  }
  const scale = model.step / Math.sqrt(Math.max(1, squares));
  return Object.fromEntries(KINDS.map((kind, at) => [kind, (sums[at] ?? 0) * scale])) as Record<Kind, number>;
}

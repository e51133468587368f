/**
 * The trained weights and how to read them. They come from scripts/train-phrases.ts and are never edited by hand.
 */
import { BUCKETS, bucketOf } from './features.ts';

const PIECE_STRENGTH = Number(process.env['PIECE'] ?? 0.4);

/** The kinds among harmless texts that the classifier tells apart. */
export const HARMLESS_KINDS = ['open-case', 'send-link', 'help', 'unknown'] as const;

/** One of them. */
export type HarmlessKind = (typeof HARMLESS_KINDS)[number];

/** What is stored: one weight per bucket, in steps of `step`, one signed byte each, as base64. */
export interface StoredWeights {
  readonly step: number;
  readonly bias: number;
  readonly bytes: string;
}

/** The stored model. `words`: the ordinary words of the training texts, normalized, separated by spaces. */
export interface StoredModel {
  readonly words: string;
  readonly reset: StoredWeights;
  readonly kinds: Readonly<Record<HarmlessKind, StoredWeights>>;
}

/** Weights ready to use. */
export interface Weights {
  readonly step: number;
  readonly bias: number;
  readonly bytes: Int8Array;
}

/** A model ready to use. */
export interface Model {
  readonly words: ReadonlySet<string>;
  readonly reset: Weights;
  readonly kinds: ReadonlyMap<HarmlessKind, Weights>;
}

/** Reads a stored model. Throws when the weights are not as many as there are buckets. */
export function modelFrom(stored: StoredModel): Model {
  return {
    words: new Set(stored.words.split(' ')),
    reset: weightsFrom(stored.reset),
    kinds: new Map(HARMLESS_KINDS.map((kind) => [kind, weightsFrom(stored.kinds[kind])])),
  };
}

function weightsFrom({ step, bias, bytes }: StoredWeights): Weights {
  const weights = new Int8Array(Buffer.from(bytes, 'base64'));
  if (weights.length !== BUCKETS) throw new Error(`${weights.length} weights instead of ${BUCKETS}`);
  return { step, bias, bytes: weights };
}

/** The weight of one feature. */
export function weightOf(weights: Weights, feature: string): number {
  return (weights.bytes[bucketOf(feature)] ?? 0) * weights.step;
}

/** How much a feature counts: pieces of words are many, and each says little. */
export function strengthOf(feature: string): number {
  return feature.includes(' ') ? 1 : PIECE_STRENGTH;
}

/** What the sum of all features is divided by, so that long and short texts can be compared. */
export function lengthOf(features: ReadonlySet<string>): number {
  let squares = 0;
  for (const feature of features) squares += strengthOf(feature) ** 2;
  return Math.sqrt(Math.max(1, squares));
}

/** How strongly the features speak for the kind of the weights; 0 is undecided. */
export function scoreOf(weights: Weights, features: ReadonlySet<string>): number {
  let sum = 0;
  for (const feature of features) sum += weightOf(weights, feature) * strengthOf(feature);
  return weights.bias + sum / lengthOf(features);
}

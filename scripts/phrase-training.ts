/**
 * Trains the classifier from labeled phrases: logistic regression with AdaGrad. Only basic arithmetic is used, and the
 * order follows from the seed, so the same phrases always give the same bytes.
 */
import { BUCKETS, bucketOf, featuresOf } from '../src/intents/classifier/features.ts';
import {
  COMPARED_WITH,
  KINDS,
  lengthOf,
  strengthOf,
  type Kind,
  type StoredModel,
} from '../src/intents/classifier/model.ts';
import { windowsOf } from '../src/intents/classifier/windows.ts';
import { isAddress, isEmployeeId, isMadeUp, stemOf } from '../src/intents/word-shapes.ts';
import { readItems } from '../src/intents/lexicon.ts';
import { besideQuotations } from '../src/intents/quotations.ts';
import { readWords, type Word } from '../src/intents/words.ts';
import { labeledPhrases } from '../test/intents/labeled.ts';
import phrasings from '../test/intents/phrasings.json' with { type: 'json' };
import { mails, patternPhrases } from './phrase-patterns.ts';
import { seededRandom } from '../demo/tenant/seeded-random.ts';
import { variantsOf, withTypo, type Random } from './phrase-variants.ts';

const RESET = KINDS.indexOf('manual-reset');
const UNKNOWN = KINDS.indexOf(COMPARED_WITH);

/** A phrase to learn from. */
export interface TrainingPhrase {
  readonly language: string;
  readonly text: string;
  readonly kind: string;
  readonly who: string | null;
}

export const SETTINGS = { seed: 20_260_401, variants: 4, rounds: 7, rate: 0.2, decay: 1e-5, resetWeight: 2 };

/** The buckets of a part of a text, with how much each counts. */
interface Part {
  readonly buckets: Int32Array;
  readonly values: Float64Array;
}

interface Example {
  readonly windows: readonly Part[];
  readonly kind: string;
}

/** The model of this repository: trained from everything that is not held back. */
export function trainedModel(): StoredModel {
  return modelWithout(new Set());
}

/** The same, but without some of the labeled phrases, to see how it does on them. */
export function modelWithout(left: ReadonlySet<string>): StoredModel {
  const labeled = labeledPhrases().filter((phrase) => !phrase.heldBack);
  return train([...labeled, ...tablePhrases()].filter(({ text }) => !left.has(text)));
}

/** The table of phrasings, as phrases to learn from. */
function tablePhrases(): readonly TrainingPhrase[] {
  const rows: readonly {
    readonly language: string;
    readonly text: string;
    readonly kind: string;
    readonly who?: string | null;
  }[] = phrasings;
  return rows.map(({ language, text, kind, who }) => ({ language, text, kind, who: who ?? null }));
}

/** Trains a model. */
export function train(phrases: readonly TrainingPhrase[], settings = SETTINGS): StoredModel {
  const random = seededRandom(settings.seed);
  const made = patternPhrases(random);
  const words = ordinaryWords([...phrases, ...made]);
  const known = new Set(words);
  const examples = phrases.flatMap((phrase) =>
    variantsOf(random, phrase.text, phrase.who, settings.variants).flatMap((text) =>
      examplesOf(text, phrase.kind, known),
    ),
  );
  for (const { text, kind } of [...made, ...mails(random, made)])
    examples.push(...examplesOf(random() < 0.2 ? withTypo(random, text) : text, kind, known));
  return stored(words, learn(examples, random, settings));
}

function kindOf(example: Example): Kind {
  return KINDS.find((kind) => kind === example.kind) ?? 'unknown';
}

/** The text as it is judged; what stands beside a quotation is judged on its own, too. */
function examplesOf(text: string, kind: string, known: ReadonlySet<string>): readonly Example[] {
  const words = readWords(text);
  const beside = besideQuotations(readItems(words));
  return [words, ...(beside === null ? [] : [beside])].flatMap((read) => {
    const windows = windowsOf(read).flatMap((part) => partOf(part, known));
    return windows.length === 0 ? [] : [{ windows, kind }];
  });
}

function partOf(words: readonly Word[], known: ReadonlySet<string>): readonly Part[] {
  const features = featuresOf(words, (key) => known.has(key));
  if (features.size === 0) return [];
  const length = lengthOf(features);
  const buckets = Int32Array.from(features, bucketOf);
  return [{ buckets, values: Float64Array.from(features, (feature) => strengthOf(feature) / length) }];
}

/** Every word that is not part of a name. Capitals are names, except at the start of a sentence and in German. */
function ordinaryWords(phrases: readonly TrainingPhrase[]): readonly string[] {
  const ordinary = new Set<string>();
  const names = new Set(phrases.flatMap(({ who }) => readWords(who ?? '').map(stemOf)));
  for (const { language, text, who } of phrases) {
    const words = readWords(who === null ? text : text.replace(who, ' Name '));
    for (const [at, word] of words.entries()) {
      const isFirst = at === 0 || words[at - 1]?.then === 'stop';
      const isName = /^\p{Lu}\p{Ll}/u.test(word.text) && !isFirst && !['german', 'de'].includes(language);
      if (word.text === 'Name') continue;
      const isOrdinary = !isName && !isAddress(word) && !isEmployeeId(word) && !isMadeUp(word);
      const isOnlyName = names.has(stemOf(word)) && /^\p{Lu}/u.test(word.text);
      if (isOrdinary && !isOnlyName && /^\p{L}{2,20}$/u.test(stemOf(word))) ordinary.add(stemOf(word));
    }
  }
  return [...ordinary].sort((one, other) => (one < other ? -1 : 1));
}

/**
 * Learns to tell the kinds apart: the most likely kind gains, all others lose. A text with several parts is judged by the
 * part that looks most like a manual reset, as when it is read later. In a harmless text no part may look like one. The
 * weights of one bucket lie side by side, one for each kind, because they are always read together.
 */
function learn(examples: readonly Example[], random: Random, settings: typeof SETTINGS): Float64Array {
  const weights = new Float64Array(BUCKETS * KINDS.length);
  const gradients = new Float64Array(BUCKETS * KINDS.length).fill(1e-2);
  const order = examples.map((_example, at) => at);
  const teach = (part: Part, wanted: number, strength: number): void => {
    const pushes = likelihoods(sumsOf(part, weights)).map((likelihood, kind) => {
      const push = strength * ((kind === wanted ? 1 : 0) - likelihood);
      return push > -1e-4 && push < 1e-4 ? 0 : push;
    });
    move(part, weights, gradients, pushes, settings);
  };
  for (let round = 0; round < settings.rounds; round += 1) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at];
      if (example === undefined) continue;
      const wanted = KINDS.indexOf(kindOf(example));
      const suspect = largest(example.windows, (part) => marginOf(part, weights));
      if (wanted === RESET) {
        teach(suspect, wanted, settings.resetWeight);
        continue;
      }
      const typical = largest(example.windows, (part) => sumsOf(part, weights)[wanted] ?? 0);
      teach(typical, wanted, 1);
      if (typical !== suspect) teach(suspect, UNKNOWN, 1);
    }
  }
  return weights;
}

function move(
  part: Part,
  weights: Float64Array,
  gradients: Float64Array,
  pushes: readonly number[],
  { rate, decay }: typeof SETTINGS,
): void {
  if (pushes.every((push) => push === 0)) return;
  for (let at = 0; at < part.buckets.length; at += 1) {
    const first = (part.buckets[at] ?? 0) * KINDS.length;
    const value = part.values[at] ?? 0;
    for (let kind = 0; kind < pushes.length; kind += 1) {
      const push = pushes[kind] ?? 0;
      if (push === 0) continue;
      const own = weights[first + kind] ?? 0;
      const gradient = push * value - decay * own;
      const sum = (gradients[first + kind] ?? 0) + gradient * gradient;
      gradients[first + kind] = sum;
      weights[first + kind] = own + (rate * gradient) / Math.sqrt(sum);
    }
  }
}

function sumsOf(part: Part, weights: Float64Array): readonly number[] {
  const sums = KINDS.map(() => 0);
  for (let at = 0; at < part.buckets.length; at += 1) {
    const first = (part.buckets[at] ?? 0) * KINDS.length;
    const value = part.values[at] ?? 0;
    for (let kind = 0; kind < sums.length; kind += 1)
      sums[kind] = (sums[kind] ?? 0) + (weights[first + kind] ?? 0) * value;
  }
  return sums;
}

function marginOf(part: Part, weights: Float64Array): number {
  const sums = sumsOf(part, weights);
  return (sums[RESET] ?? 0) - Math.max(...sums.filter((_sum, kind) => kind !== RESET));
}

function largest(parts: readonly Part[], by: (part: Part) => number): Part {
  const [first] = parts;
  if (first === undefined) throw new Error('an example without words');
  if (parts.length === 1) return first;
  let [best, most] = [first, -Infinity];
  for (const part of parts) {
    const value = by(part);
    if (value > most) [best, most] = [part, value];
  }
  return best;
}

/** Softmax. */
function likelihoods(sums: readonly number[]): readonly number[] {
  const top = Math.max(...sums);
  const powers = sums.map((sum) => exponential(sum - top));
  const all = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / all);
}

/** e^x for x up to 0, built from squares, because Math.exp may differ from machine to machine. */
function exponential(x: number): number {
  let power = 1 + Math.max(-30, x) / 4096;
  for (let squared = 0; squared < 12; squared += 1) power *= power;
  return power;
}

function shuffle(order: number[], random: Random): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}

/** How much more each feature speaks for a kind than for `unknown`: signed bytes in steps of the same size for all kinds. */
function stored(words: readonly string[], learned: Float64Array): StoredModel {
  const weights = KINDS.map((_kind, kind) =>
    Float64Array.from({ length: BUCKETS }, (_none, bucket) => {
      const first = bucket * KINDS.length;
      return (learned[first + kind] ?? 0) - (learned[first + UNKNOWN] ?? 0);
    }),
  );
  let most = 0;
  for (const own of weights) for (const weight of own) most = Math.max(most, Math.abs(weight));
  const step = Math.round((most / 127) * 1e6) / 1e6 || 1;
  const bytes = weights.map((own) => {
    const steps = Int8Array.from(own, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step))));
    return Buffer.from(steps.buffer).toString('base64');
  });
  const kept = KINDS.flatMap((kind, at) => (kind === COMPARED_WITH ? [] : [[kind, bytes[at] ?? ''] as const]));
  return { words: words.join(' '), step, kinds: Object.fromEntries(kept) as StoredModel['kinds'] };
}

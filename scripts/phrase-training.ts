/**
 * Trains the classifier from labeled phrases: logistic regression with AdaGrad. Only basic arithmetic is used, and the
 * order follows from the seed, so the same phrases always give the same bytes.
 */
import { BUCKETS, bucketOf, featuresOf } from '../src/intents/classifier/features.ts';
import { HARMLESS_KINDS, type HarmlessKind, lengthOf, strengthOf, type StoredModel, type StoredWeights } from '../src/intents/classifier/model.ts';
import { windowsOf } from '../src/intents/classifier/windows.ts';
import { isAddress, isEmployeeId, isMadeUp } from '../src/intents/word-shapes.ts';
import { readWords } from '../src/intents/words.ts';
import { patternPhrases } from './phrase-patterns.ts';
import { seeded, variantsOf, withTypo, type Random } from './phrase-variants.ts';

/** A phrase to learn from. */
export interface TrainingPhrase {
  readonly language: string;
  readonly text: string;
  readonly kind: string;
  readonly who: string | null;
}

export const SETTINGS = { seed: 20_260_401, variants: 4, rounds: 12, rate: 0.1, decay: 2e-6, resetWeight: 2 };

/** The buckets of a part of a text, with how much each counts. */
interface Part {
  readonly buckets: Int32Array;
  readonly values: Float64Array;
}

interface Example {
  readonly windows: readonly Part[];
  readonly kind: string;
}

/** Trains a model. */
export function train(phrases: readonly TrainingPhrase[], settings = SETTINGS): StoredModel {
  const random = seeded(settings.seed);
  const made = patternPhrases(random);
  const words = ordinaryWords([...phrases, ...made]);
  const known = new Set(words);
  const examples = phrases.flatMap((phrase) =>
    variantsOf(random, phrase.text, phrase.who, settings.variants).map((text) => exampleOf(text, phrase.kind, known)),
  );
  for (const { text, kind } of made) examples.push(exampleOf(random() < 0.2 ? withTypo(random, text) : text, kind, known));
  const usable = examples.filter((example) => example.windows.length > 0);
  const harmless = usable.filter((example) => example.kind !== 'manual-reset');
  const kinds = HARMLESS_KINDS.map((kind) => [kind, learn(process.env['ALLKINDS'] ? usable : harmless, (example) => example.kind !== 'manual-reset' && kindOf(example) === kind, 1, random, settings)]);
  return {
    words: words.join(' '),
    reset: learn(usable, (example) => example.kind === 'manual-reset', settings.resetWeight, random, settings),
    kinds: Object.fromEntries(kinds) as Record<HarmlessKind, StoredWeights>,
  };
}

function kindOf(example: Example): HarmlessKind {
  return HARMLESS_KINDS.find((kind) => kind === example.kind) ?? 'unknown';
}

function exampleOf(text: string, kind: string, known: ReadonlySet<string>): Example {
  const windows = windowsOf(readWords(text)).map((words) => {
    const features = featuresOf(words, (key) => known.has(key));
    const length = lengthOf(features);
    return {
      buckets: Int32Array.from(features, bucketOf),
      values: Float64Array.from(features, (feature) => strengthOf(feature) / length),
    };
  });
  return { windows, kind };
}

/** Every word that is not part of a name. Capitals are names, except at the start of a sentence and in German. */
function ordinaryWords(phrases: readonly TrainingPhrase[]): readonly string[] {
  const ordinary = new Set<string>();
  for (const { language, text, who } of phrases) {
    const words = readWords(who === null ? text : text.replace(who, ' . '));
    for (const word of words) {
      const isName = /^\p{Lu}\p{Ll}/u.test(word.text) && !['german', 'de'].includes(language);
      const isOrdinary = !isName && !isAddress(word) && !isEmployeeId(word) && !isMadeUp(word);
      if (isOrdinary && /^\p{L}{2,20}$/u.test(word.key)) ordinary.add(word.key);
    }
  }
  return [...ordinary].sort((one, other) => (one < other ? -1 : 1));
}

/** Learns one yes or no. A text is judged by the part of it that speaks most for yes. */
function learn(
  examples: readonly Example[],
  isYes: (example: Example) => boolean,
  yesWeight: number,
  random: Random,
  { rounds, rate, decay }: typeof SETTINGS,
): StoredWeights {
  const weights = new Float64Array(BUCKETS);
  const gradients = new Float64Array(BUCKETS).fill(1e-2);
  let bias = 0;
  const order = examples.map((_example, at) => at);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    for (const at of order) {
      const example = examples[at];
      if (example === undefined) continue;
      const { score, window } = strongest(example, weights, bias);
      const wanted = isYes(example);
      const miss = (wanted ? 1 : 0) - logistic(score);
      const push = miss * (wanted ? yesWeight : 1);
      bias += 0.01 * miss;
      const { buckets, values } = window;
      for (let near = 0; near < buckets.length; near += 1) {
        const bucket = buckets[near] ?? 0;
        const gradient = push * (values[near] ?? 0) - decay * (weights[bucket] ?? 0);
        const sum = (gradients[bucket] ?? 0) + gradient * gradient;
        gradients[bucket] = sum;
        weights[bucket] = (weights[bucket] ?? 0) + (rate * gradient) / Math.sqrt(sum);
      }
    }
  }
  return stored(weights, bias);
}

function strongest(example: Example, weights: Float64Array, bias: number) {
  const [first] = example.windows;
  if (first === undefined) throw new Error('an example without words');
  let best = { score: -Infinity, window: first };
  for (const window of example.windows) {
    let score = bias;
    for (let at = 0; at < window.buckets.length; at += 1) {
      score += (weights[window.buckets[at] ?? 0] ?? 0) * (window.values[at] ?? 0);
    }
    if (score > best.score) best = { score, window };
  }
  return best;
}

/** 1 / (1 + e^-x). The exponential is built from squares, because Math.exp may differ from machine to machine. */
function logistic(x: number): number {
  const bounded = Math.max(-30, Math.min(30, x));
  let power = 1 - bounded / 4096;
  for (let squared = 0; squared < 12; squared += 1) power *= power;
  return 1 / (1 + power);
}

function shuffle(order: number[], random: Random): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}

function stored(weights: Float64Array, bias: number): StoredWeights {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const step = Math.round((largest / 127) * 1e6) / 1e6 || 1;
  const bytes = Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step))));
  return { step, bias: Math.round(bias * 1e6) / 1e6, bytes: Buffer.from(bytes.buffer).toString('base64') };
}

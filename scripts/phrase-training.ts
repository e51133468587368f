/**
 * Trains the classifier from labeled phrases, the table of phrasings, and patterns. Everything follows from the seed, so the
 * same phrases always give the same bytes.
 */
import { BUCKETS, bucketOf, featuresOf } from '../src/intents/classifier/features.ts';
import { COMPARED_WITH, KINDS, lengthOf, strengthOf, type StoredModel } from '../src/intents/classifier/model.ts';
import { windowsOf } from '../src/intents/classifier/windows.ts';
import { isAddress, isEmployeeId, isMadeUp, stemOf } from '../src/intents/word-shapes.ts';
import { readItems } from '../src/intents/lexicon.ts';
import { besideQuotations } from '../src/intents/quotations.ts';
import { readWords, type Word } from '../src/intents/words.ts';
import { labeledPhrases } from '../test/intents/labeled.ts';
import phrasings from '../test/intents/phrasings.json' with { type: 'json' };
import { learn, type Example, type Part } from './phrase-learning.ts';
import { mails, patternPhrases } from './phrase-patterns.ts';
import { seededRandom } from '../demo/tenant/seeded-random.ts';
import { variantsOf, withTypo } from './phrase-variants.ts';

const UNKNOWN = KINDS.indexOf(COMPARED_WITH);

/** A phrase to learn from. */
export interface TrainingPhrase {
  readonly language: string;
  readonly text: string;
  readonly kind: string;
  readonly who: string | null;
}

/** `seeds`: one model is learned for each, and their weights are averaged: what depends on chance in one cancels out. */
export const SETTINGS = {
  seeds: [20_260_401, 20_260_402, 20_260_403],
  variants: 4,
  rounds: 12,
  rate: 0.2,
  decay: 1e-5,
  resetWeight: 2,
};

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

/** Trains a model: one for each seed, from what it makes of the patterns, and their average. */
export function train(phrases: readonly TrainingPhrase[], settings = SETTINGS): StoredModel {
  const drawn = settings.seeds.map((seed) => {
    const random = seededRandom(seed);
    return { random, made: patternPhrases(random) };
  });
  const words = ordinaryWords([...phrases, ...drawn.flatMap(({ made }) => made)]);
  const known = new Set(words);
  const learned = drawn.map(({ random, made }) => {
    const examples = phrases.flatMap((phrase) =>
      variantsOf(random, phrase.text, phrase.who, settings.variants).flatMap((text) =>
        examplesOf(text, phrase.kind, known),
      ),
    );
    for (const { text, kind } of [...made, ...mails(random, made)])
      examples.push(...examplesOf(random() < 0.2 ? withTypo(random, text) : text, kind, known));
    return learn(examples, random, settings);
  });
  return stored(words, averageOf(learned));
}

function averageOf(learned: readonly Float64Array[]): Float64Array {
  return Float64Array.from({ length: BUCKETS * KINDS.length }, (_none, at) => {
    let sum = 0;
    for (const weights of learned) sum += weights[at] ?? 0;
    return sum / learned.length;
  });
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

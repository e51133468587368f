/**
 * Logistic regression with AdaGrad, over phrases that are already features. Only basic arithmetic is used, and the order
 * follows from the seed, so the same phrases always give the same weights.
 */
import { BUCKETS } from '../src/intents/classifier/features.ts';
import { COMPARED_WITH, KINDS, type Kind } from '../src/intents/classifier/model.ts';
import type { Random } from './phrase-variants.ts';

const RESET = KINDS.indexOf('manual-reset');
const UNKNOWN = KINDS.indexOf(COMPARED_WITH);

/** How it is learned: times through all phrases, length of a step, pull to zero, and how much more a reset counts. */
export interface LearningSettings {
  readonly rounds: number;
  readonly rate: number;
  readonly decay: number;
  readonly resetWeight: number;
}

/** The buckets of a part of a text, with how much each counts. */
export interface Part {
  readonly buckets: Int32Array;
  readonly values: Float64Array;
}

/** A phrase to learn from: its parts, and what it asks for. */
export interface Example {
  readonly windows: readonly Part[];
  readonly kind: string;
}

function kindOf(example: Example): Kind {
  return KINDS.find((kind) => kind === example.kind) ?? 'unknown';
}

/**
 * Learns to tell the kinds apart: the most likely kind gains, all others lose. A text with several parts is judged by the
 * part that looks most like a manual reset, as when it is read later. In a harmless text no part may look like one. The
 * weights of one bucket lie side by side, one for each kind, because they are always read together.
 */
export function learn(examples: readonly Example[], random: Random, settings: LearningSettings): Float64Array {
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
  { rate, decay }: LearningSettings,
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

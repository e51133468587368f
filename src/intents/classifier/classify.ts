/**
 * What the words of a message ask for, as the trained classifier sees it. No rule is hidden here: each verdict is a sum,
 * and `explain` lists what it was made of.
 */
import type { Word } from '../words.ts';
import { featuresOf } from './features.ts';
import { KINDS, lengthOf, modelFrom, scoresOf, weightOf, type Kind, type Model } from './model.ts';
import stored from './weights.json' with { type: 'json' };
import { windowsOf } from './windows.ts';

/**
 * A message is refused when manual reset is at most this much less likely than anything else. Below zero, because a
 * refusal too many costs one click, and a request that is missed is neither refused nor counted. Chosen by
 * cross-validation on the training phrases: the lowest at which about one harmless text in a hundred is refused.
 */
const REFUSED_ABOVE = -1;

/** The model of this repository. */
export const OWN_MODEL = modelFrom(stored);

/** What a message asks for, and the part of it that says so. */
export interface Verdict {
  readonly kind: Kind;
  readonly part: readonly Word[];
}

/** True for an ordinary word of the languages the classifier was trained in; a name is none. */
export function isOrdinary(key: string, model: Model = OWN_MODEL): boolean {
  return model.words.has(key);
}

/** Judges a message. The work grows with the number of words and no faster. */
export function classify(words: readonly Word[], refusedAbove = REFUSED_ABOVE, model: Model = OWN_MODEL): Verdict {
  let [suspicion, suspect]: [number, readonly Word[]] = [-Infinity, []];
  let best: Verdict = { kind: 'unknown', part: words };
  let lead = 0;
  for (const part of windowsOf(words)) {
    const features = featuresOf(part, (key) => model.words.has(key));
    if (features.size === 0) continue;
    const scores = scoresOf(model, features);
    const harmless = Math.max(scores['open-case'], scores['send-link'], scores.help, scores.unknown);
    if (scores['manual-reset'] - harmless > suspicion) {
      [suspicion, suspect] = [scores['manual-reset'] - harmless, part];
    }
    for (const kind of ['open-case', 'send-link', 'help'] as const) {
      if (scores[kind] - scores.unknown <= lead) continue;
      lead = scores[kind] - scores.unknown;
      best = { kind, part };
    }
  }
  return suspicion > refusedAbove ? { kind: 'manual-reset', part: suspect } : best;
}

/** One feature of a text and how strongly it speaks for each kind. */
export interface Reason {
  readonly feature: string;
  readonly weights: Readonly<Record<Kind, number>>;
}

/** The features of the part that decided, the strongest first. */
export function explain(words: readonly Word[]): { readonly verdict: Verdict; readonly reasons: readonly Reason[] } {
  const verdict = classify(words);
  const features = featuresOf(verdict.part, (key) => isOrdinary(key));
  const length = lengthOf(features);
  const reasons = Array.from(features, (feature): Reason => {
    const weights = KINDS.map((kind): [Kind, number] => [kind, weightOf(OWN_MODEL, kind, feature, length)]);
    return { feature, weights: Object.fromEntries(weights) as Record<Kind, number> };
  });
  const strength = ({ weights }: Reason): number => Math.max(...KINDS.map((kind) => Math.abs(weights[kind])));
  return { verdict, reasons: reasons.toSorted((one, other) => strength(other) - strength(one)) };
}

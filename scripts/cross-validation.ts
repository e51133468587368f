/**
 * How well messages are understood that a model was not trained on, without touching the held-back third: the phrases
 * learned from are split into folds, and each fold is judged by a model trained on all others.
 */
import { createHash } from 'node:crypto';
import { modelFrom } from '../src/intents/classifier/model.ts';
import { recognize } from '../src/intents/recognize.ts';
import { labeledPhrases } from '../test/intents/labeled.ts';
import type { Judged } from '../test/intents/phrase-figures.ts';
import { modelWithout } from './phrase-training.ts';

/** Judges every phrase learned from by a model that did not learn it. `folds`: how many models are trained, at least 2. */
export function crossValidated(folds: number): readonly Judged[] {
  const learned = labeledPhrases().filter((phrase) => !phrase.heldBack);
  return Array.from({ length: folds }, (_none, fold) => fold).flatMap((fold) => {
    const left = learned.filter((phrase) => foldOf(phrase.text, folds) === fold);
    const model = modelFrom(modelWithout(new Set(left.map((phrase) => phrase.text))));
    return left.map((phrase) => ({ phrase, intent: recognize(phrase.text, model) }));
  });
}

/** By another byte of the digest than the one that decides what is held back. */
function foldOf(text: string, folds: number): number {
  return createHash('sha256').update(text).digest().readUInt32LE(4) % folds;
}

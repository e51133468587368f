/**
 * How well messages are understood: `npm run phrases`. Prints figures for the phrases that were learned from and for the
 * third that is held back, by language and by kind. It never lists a phrase of the held-back third.
 *
 * `npm run phrases -- --folds 5` does not look at that third: it judges every phrase learned from by a model trained without
 * it, and lists what was misunderstood. This is where to look for what is still to be learned.
 */
import { parseArgs } from 'node:util';
import { recognize } from '../src/intents/recognize.ts';
import { labeledPhrases, type LabeledPhrase } from '../test/intents/labeled.ts';
import { figuresOfJudged, type Judged, type PhraseFigures } from '../test/intents/phrase-figures.ts';
import { crossValidated } from './cross-validation.ts';

const { values } = parseArgs({ options: { folds: { type: 'string' } } });

function line(name: string, one: PhraseFigures): string {
  return [
    name.padEnd(14),
    `understood ${one.understood} of ${one.phrases}`.padEnd(28),
    `resets missed ${one.resetsMissed} of ${one.resets}`.padEnd(28),
    `harmless refused ${one.harmlessRefused} of ${one.harmless}`.padEnd(32),
    `searched by mistake ${one.searchedByMistake}`.padEnd(26),
    `names found ${one.namedRight} of ${one.named}`,
  ].join('');
}

function printAll(title: string, judged: readonly Judged[]): void {
  console.log(`\n${title}`);
  const print = (name: string, fits: (phrase: LabeledPhrase) => boolean): void => {
    console.log(line(name, figuresOfJudged(judged.filter(({ phrase }) => fits(phrase)))));
  };
  print('all', () => true);
  for (const part of ['written', 'language', 'kind'] as const) {
    for (const value of [...new Set(judged.map(({ phrase }) => phrase[part]))].toSorted()) {
      print(value, (phrase) => phrase[part] === value);
    }
  }
}

if (values.folds === undefined) {
  for (const heldBack of [false, true]) {
    const phrases = labeledPhrases().filter((phrase) => phrase.heldBack === heldBack);
    printAll(
      heldBack ? 'Held back' : 'Learned from',
      phrases.map((phrase) => ({ phrase, intent: recognize(phrase.text) })),
    );
  }
} else {
  const judged = crossValidated(Math.max(2, Number(values.folds) || 2));
  printAll('Learned from, each judged by a model that did not learn it', judged);
  for (const { phrase, intent } of judged) {
    if (intent.kind !== phrase.kind)
      console.log(`${phrase.language}: ${phrase.kind} read as ${intent.kind}: ${phrase.text}`);
  }
}

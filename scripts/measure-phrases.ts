/**
 * How well messages are understood: `npm run phrases`. Prints figures for the phrases that were learned from and for the
 * third that is held back, by language and by kind. It never lists a phrase of the held-back third.
 */
import { recognize } from '../src/intents/recognize.ts';
import { labeledPhrases, type LabeledPhrase } from '../test/intents/labeled.ts';
import { figuresOf } from '../test/intents/phrase-figures.ts';

const all = labeledPhrases();

function line(name: string, phrases: readonly LabeledPhrase[]): string {
  const one = figuresOf(phrases, recognize);
  return [
    name.padEnd(14),
    `understood ${one.understood} of ${one.phrases}`.padEnd(28),
    `resets missed ${one.resetsMissed} of ${one.resets}`.padEnd(28),
    `harmless refused ${one.harmlessRefused} of ${one.harmless}`.padEnd(32),
    `searched by mistake ${one.searchedByMistake}`.padEnd(26),
    `names found ${one.namedRight} of ${one.named}`,
  ].join('');
}

for (const heldBack of [false, true]) {
  const phrases = all.filter((phrase) => phrase.heldBack === heldBack);
  console.log(`\n${heldBack ? 'Held back' : 'Learned from'}`);
  console.log(line('all', phrases));
  for (const part of ['language', 'kind'] as const) {
    for (const value of [...new Set(phrases.map((phrase) => phrase[part]))].toSorted()) {
      console.log(
        line(
          value,
          phrases.filter((phrase) => phrase[part] === value),
        ),
      );
    }
  }
}

/**
 * Why a message is understood as it is: `npm run explain:phrase -- "set her up with something easy"`. Prints the strongest
 * features and how much each speaks for every kind.
 */
import { explain } from '../src/intents/classifier/classify.ts';
import { KINDS } from '../src/intents/classifier/model.ts';
import { recognize } from '../src/intents/recognize.ts';
import { readWords } from '../src/intents/words.ts';

const FEATURES_SHOWN = 20;
const text = process.argv.slice(2).join(' ');
const { verdict, reasons } = explain(readWords(text));
console.log(`understood as ${recognize(text).kind}; the classifier says ${verdict.kind}, because of:`);
console.log(verdict.part.map((word) => word.text).join(' '));
console.log(['feature'.padEnd(32), ...KINDS.map((kind) => kind.padStart(14))].join(''));
for (const { feature, weights } of reasons.slice(0, FEATURES_SHOWN)) {
  console.log([feature.padEnd(32), ...KINDS.map((kind) => weights[kind].toFixed(2).padStart(14))].join(''));
}

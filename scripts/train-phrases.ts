/**
 * Trains the classifier again and writes its weights: `npm run train:phrases`. Learns from two thirds of the labeled
 * phrases, the table of phrasings and the patterns, never from the third that is held back.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { trainedModel } from './phrase-training.ts';

const file = join(import.meta.dirname, '../src/intents/classifier/weights.json');
const text = `${JSON.stringify(trainedModel(), null, 2)}\n`;
writeFileSync(file, text);
console.log(`${file}: ${text.length} bytes`);

/**
 * Golden cards: what every card looked like when a person last looked at it, as text, and a few of them as full JSON.
 * UPDATE_GOLDEN=1 writes them anew. Read the difference before you commit it.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { cardText } from './card-text.ts';
import type { Drawn } from './every-card.ts';

/** Kept as JSON, too: the longest card, the two buttons that matter most, the pass itself, a question, a refusal. */
export const WHOLE_CARDS: readonly string[] = [
  'asking-methods',
  'ready-to-issue',
  'pass',
  'approval-request',
  'refused',
];

const filesOf = ({ name }: Drawn): readonly string[] =>
  WHOLE_CARDS.includes(name) ? [`${name}.json`, `${name}.txt`] : [`${name}.txt`];

/** Writes the golden files of a folder anew when UPDATE_GOLDEN=1 asks for it. */
export async function updateGolden(folder: string, drawn: readonly Drawn[]): Promise<void> {
  if (process.env['UPDATE_GOLDEN'] !== '1') return;
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  for (const one of drawn) {
    for (const file of filesOf(one)) writeFileSync(join(folder, file), await contentOf(one, file));
  }
}

/** Fails when the card is not what its golden files say. */
export function assertGolden(folder: string, one: Drawn): void {
  for (const name of filesOf(one)) {
    const file = join(folder, name);
    assert.ok(existsSync(file), `${name}: look at the card, then write it with UPDATE_GOLDEN=1`);
    const golden = readFileSync(file, 'utf8');
    if (name.endsWith('.json')) assert.deepEqual(JSON.parse(JSON.stringify(one.card)), JSON.parse(golden), name);
    else assert.equal(cardText(one.card), golden, name);
  }
}

/** The golden files that no card belongs to, and the cards without one. */
export function assertSameFiles(folder: string, drawn: readonly Drawn[]): void {
  assert.deepEqual(readdirSync(folder).sort(), drawn.flatMap(filesOf).sort());
}

function contentOf(one: Drawn, file: string): Promise<string> | string {
  if (file.endsWith('.txt')) return cardText(one.card);
  return format(JSON.stringify(one.card), { parser: 'json', printWidth: 120 });
}

/**
 * Golden cards: what every card looked like when a person last looked at it.
 * UPDATE_GOLDEN=1 writes them anew; look at the difference before you commit it.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { loadCards } from '../../src/cards/load-cards.ts';
import { everyCard } from './every-card.ts';

const folder = join(import.meta.dirname, 'golden');
const drawn = everyCard(loadCards(join(import.meta.dirname, '../../adaptive-cards')));

if (process.env['UPDATE_GOLDEN'] === '1') {
  for (const file of readdirSync(folder)) rmSync(join(folder, file));
  for (const one of drawn)
    writeFileSync(
      join(folder, `${one.name}.json`),
      await format(JSON.stringify(one.card), { parser: 'json', printWidth: 120 }),
    );
}

describe('The cards people have looked at', () => {
  for (const one of drawn) {
    it(`have not changed unseen: ${one.name}`, () => {
      const file = join(folder, `${one.name}.json`);
      assert.ok(existsSync(file), 'look at it, then write it with UPDATE_GOLDEN=1');
      assert.deepEqual(JSON.parse(JSON.stringify(one.card)), JSON.parse(readFileSync(file, 'utf8')));
    });
  }

  it('are all still drawn', () => {
    const names = new Set(drawn.map((one) => `${one.name}.json`));
    assert.deepEqual(
      readdirSync(folder).filter((file) => !names.has(file)),
      [],
    );
  });
});

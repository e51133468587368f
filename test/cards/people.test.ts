/**
 * The picture of every seeded person as a golden card.
 * UPDATE_GOLDEN=1 writes them anew; look at them (`npm run cards -- --people`) before you commit the difference.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { loadCards } from '../../src/cards/load-cards.ts';
import { everyPerson } from './every-person.ts';
import { lint } from './lint.ts';
import { complaints } from './microsoft-parser.ts';

const folder = join(import.meta.dirname, 'people');

describe('The picture of every person of the company', () => {
  it('has not changed unseen, and keeps every rule of a card', async () => {
    const drawn = await everyPerson(loadCards(join(import.meta.dirname, '../../adaptive-cards')));
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(folder, { recursive: true });
      for (const file of readdirSync(folder)) rmSync(join(folder, file));
      for (const { name, card } of drawn)
        writeFileSync(
          join(folder, `${name}.json`),
          await format(JSON.stringify(card), { parser: 'json', printWidth: 120 }),
        );
    }
    for (const { name, card } of drawn) {
      const file = join(folder, `${name}.json`);
      assert.ok(existsSync(file), `${name}: look at it, then write it with UPDATE_GOLDEN=1`);
      assert.deepEqual(JSON.parse(JSON.stringify(card)), JSON.parse(readFileSync(file, 'utf8')), name);
      assert.deepEqual(lint(card), [], name);
      assert.equal(complaints(card), '', name);
    }
    assert.deepEqual(
      readdirSync(folder),
      drawn.map(({ name }) => `${name}.json`),
    );
  });
});

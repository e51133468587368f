// The caller snapshot of every seeded person as a golden card. To look at them: `npm run cards -- --people`.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import { everyPerson } from './every-person.ts';
import { assertGolden, assertSameFiles, updateGolden } from './golden-files.ts';
import { lint } from './lint.ts';
import { complaints } from './microsoft-parser.ts';

const folder = join(import.meta.dirname, 'people');

describe('The caller snapshot of every person of the company', () => {
  it('has not changed unseen, and keeps every rule of a card', async () => {
    const drawn = await everyPerson(loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en'));
    await updateGolden(folder, drawn);
    for (const one of drawn) {
      assertGolden(folder, one);
      assert.deepEqual(lint(one.card), [], one.name);
      assert.equal(complaints(one.card), '', one.name);
    }
    assertSameFiles(folder, drawn);
  });
});

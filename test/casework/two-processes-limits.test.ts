/** Asking two processes at once gives nobody more than asking one. */
import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import { ADA, TESS } from './fixtures.ts';
import { entriesOf, takeTo } from './take-case-to.ts';
import { twoProcessesForEachTest } from './two-processes.ts';

const FIGURES = { refusalsPerMinute: 30, looksPerMinute: 6, searchesPerHour: 5 };

describe('What one person may ask of two processes', () => {
  const both = twoProcessesForEachTest(FIGURES);

  it('are as many searches an hour as of one, and the leads hear once that there were more', async () => {
    const { one, two, seconds } = both();
    for (const name of ['Anna', 'Bela', 'Cara', 'Dora'])
      for (const at of [one, two]) await at.says(TESS, `${name} Zmann is locked out`);
    assert.equal((await entriesOf(one, 'people.searched')).length, FIGURES.searchesPerHour);
    for (const at of [one, two]) await at.sends(TESS, 'pick-caller', { caller: ADA }, null);
    await one.whenIdle();
    await two.whenIdle();
    assert.equal((await entriesOf(one, 'people.searched')).length, FIGURES.searchesPerHour);
    assert.equal((await entriesOf(one, 'people.search-limit')).length, 1);
    const informed = one.chats
      .of(ADA)
      .filter(({ card }) => /searched for very many people/.test(readCard(card).headline));
    assert.equal(informed.length, 1);
    seconds(61 * 60);
    await two.says(TESS, 'Lena Hartmann is locked out');
    assert.equal((await entriesOf(one, 'case.opened')).length, 1, 'an hour later they may search again');
  });

  it('are as many looks a minute as of one', async () => {
    const { one, two, seconds } = both();
    await takeTo(one, 'asking-methods');
    const before = (await entriesOf(one, 'case.read')).length;
    for (let look = 0; look < FIGURES.looksPerMinute; look += 1)
      for (const at of [one, two]) await at.sends(ADA, 'show-case', { case: 1 }, null);
    assert.equal((await entriesOf(one, 'case.read')).length - before, FIGURES.looksPerMinute);
    seconds(61);
    await two.sends(ADA, 'show-case', { case: 1 }, null);
    assert.equal((await entriesOf(one, 'case.read')).length - before, FIGURES.looksPerMinute + 1);
  });
});

// Everybody reads cards in the language of their own Teams client, whoever caused the card.
import assert from 'node:assert/strict';
import { MARK } from '../cards/planted-language.ts';
import { seen } from '../cards/reading.ts';
import { ABEL, ADA, LENA, TESS, type Fixtures } from './fixtures.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { meetEverybody, openHarness, type Harness } from './harness.ts';
import { A_CALL } from './take-case-to.ts';
import { join } from 'node:path';
import type { PersonId } from '../../src/procedure/facts.ts';

describe('The language of a card', () => {
  const folder = scratchFolder();
  after(() => folder.clean());
  let harness: Harness;
  let opened = 0;

  const open = async (languages: readonly (readonly [PersonId, string])[]): Promise<Fixtures> => {
    let ids = 0;
    const newId = (): string => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;
    harness = await openHarness({ file: join(folder.dir, `languages-${(opened += 1)}.sqlite`), newId });
    for (const [person, language] of languages) harness.fixtures.languages.set(person, language);
    await meetEverybody(harness);
    return harness.fixtures;
  };
  afterEach(() => harness.close());

  /** The newest card of somebody, as they read it. */
  const newest = (person: PersonId): string => {
    const message = harness.chats.of(person).at(-1);
    assert.ok(message, 'they have a card');
    return seen({ card: message.card as never, summary: '' });
  };
  const inPlanted = (person: PersonId): boolean => newest(person).startsWith(MARK);

  it('is that of whoever wrote or clicked', async () => {
    await open([[TESS, 'xx']]);
    await harness.says(TESS, 'Lena Hartmann is locked out');
    assert.ok(inPlanted(TESS), newest(TESS));
    await harness.presses(TESS, 'tick-methods');
    assert.ok(inPlanted(TESS), newest(TESS));
    await harness.says(TESS, 'please just reset it by hand');
    assert.ok(inPlanted(TESS), newest(TESS));
  });

  for (const [caller, technician] of [
    ['xx', 'en'],
    ['en', 'xx'],
  ] as const) {
    it(`is ${caller} on a notice to a caller with ${caller}, and ${technician} on the case card of a technician with ${technician}`, async () => {
      await open([
        [LENA, caller],
        [TESS, technician],
      ]);
      await harness.says(TESS, 'Lena Hartmann is locked out');
      await harness.presses(TESS, 'tick-methods');
      await harness.presses(TESS, 'choose-callback');
      await harness.whenIdle();
      assert.equal(inPlanted(LENA), caller === 'xx', newest(LENA));
      assert.equal(inPlanted(TESS), technician === 'xx', newest(TESS));
    });
  }

  it('is that of each reader where one message goes to several people', async () => {
    await open([[ABEL, 'xx']]);
    await harness.says(ADA, 'elevated on strange calls');
    await harness.says(TESS, 'Lena Hartmann is locked out');
    await harness.presses(TESS, 'tick-methods');
    await harness.presses(TESS, 'choose-callback');
    harness.passes(A_CALL);
    await harness.presses(TESS, 'record-callback', {}, (button) => button.data['outcome'] === 'answered-by-caller');
    await harness.whenIdle();
    assert.equal(inPlanted(ABEL), true, newest(ABEL));
    assert.equal(inPlanted(ADA), false, newest(ADA));
    await harness.presses(
      ADA,
      'decide-approval',
      { reason: 'seen' },
      (button) => button.data['decision'] === 'approve',
    );
    await harness.whenIdle();
    assert.match(newest(ABEL), /^«Approved»/, 'the request that is over, too');
  });

  it('follows the client: a card that is updated later speaks the language of the last turn', async () => {
    const { languages } = await open([]);
    await harness.says(TESS, 'Lena Hartmann is locked out');
    assert.equal(inPlanted(TESS), false);
    languages.set(TESS, 'xx');
    await harness.says(TESS, 'cases');
    await harness.says(ADA, 'lockdown on strange calls');
    await harness.whenIdle();
    const [card] = harness.chats.of(TESS);
    assert.match(JSON.stringify(card?.card), /«Lockdown is on\./);
  });

  it('is English where there is none of theirs', async () => {
    await open([[TESS, 'qq']]);
    await harness.says(TESS, 'Lena Hartmann is locked out');
    assert.match(newest(TESS), /^Ask the caller what they have with them/);
  });
});

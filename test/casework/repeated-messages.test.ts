import assert from 'node:assert/strict';
import type { MessageTurn } from '../../src/casework/ports/turn.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { ADA, STRANGER, TESS } from './fixtures.ts';
import type { Harness } from './harness.ts';
import { UNHURRIED } from '../unhurried.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { freshHarness } from './take-case-to.ts';

const MESSAGES: readonly { readonly by: PersonId; readonly text: string; readonly entry: string | null }[] = [
  { by: TESS, text: 'Lena Hartmann is locked out', entry: 'case.opened' },
  { by: TESS, text: 'Nobody Ofthisname is locked out', entry: null },
  { by: TESS, text: 'reset the password of Lena Hartmann', entry: 'request.refused' },
  { by: TESS, text: 'lockdown on strange calls', entry: 'access.refused' },
  { by: TESS, text: 'help', entry: null },
  { by: TESS, text: 'case 1', entry: null },
  { by: ADA, text: 'lockdown on strange calls', entry: 'mode.lockdown' },
  { by: STRANGER, text: 'Lena Hartmann is locked out', entry: 'access.refused' },
];

describe('A message that Teams delivers twice', () => {
  let folder: ReturnType<typeof scratchFolder>;
  let helpdesk: Harness;
  let count = 0;
  before(() => {
    folder = scratchFolder();
  });
  beforeEach(async () => {
    helpdesk = await freshHarness(folder.dir, `repeated-${(count += 1)}`);
  });
  afterEach(async () => {
    assert.deepEqual(helpdesk.violations, []);
    await helpdesk.close();
  });
  after(() => folder.clean());

  const turn = (person: PersonId, text: string, chat: 'personal' | 'group' = 'personal'): MessageTurn => ({
    kind: 'message',
    activityId: 'delivered twice',
    person,
    text,
    language: 'en',
    deadline: UNHURRIED,
    where: { chat, conversation: { person, reference: 'r', language: 'en' } },
  });
  const deliver = (message: MessageTurn) => helpdesk.built().casework.onMessage(message);
  const codes = async (): Promise<readonly string[]> =>
    (await helpdesk.ledger().entries({ caseId: null, limit: 100 })).map(({ code }) => code);

  for (const { by, text, entry } of MESSAGES) {
    it(`is answered and recorded once, at the same moment or later: "${text}"`, async () => {
      const message = turn(by, text);
      const answers = await Promise.all([deliver(message), deliver(message)]);
      answers.push(await deliver(message));
      assert.equal(answers.filter((answer) => answer !== null).length, 1);
      if (entry !== null) assert.equal((await codes()).filter((code) => code === entry).length, 1);
    });
  }

  it('is answered once in a group chat, too', async () => {
    const message = turn(TESS, 'case 1', 'group');
    const answers = await Promise.all([deliver(message), deliver(message)]);
    assert.equal(answers.filter((answer) => answer !== null).length, 1);
  });

  it('is answered once with an apology when the directory is down, whether roles or names cannot be read', async () => {
    helpdesk.fixtures.down = true;
    const unknown = turn(TESS, 'Lena Hartmann is locked out');
    assert.equal([await deliver(unknown), await deliver(unknown)].filter((answer) => answer !== null).length, 1);
    helpdesk.fixtures.down = false;
    await helpdesk.built().services.rolesOf(TESS);
    helpdesk.fixtures.down = true; // the roles are remembered for a minute; the search for the caller fails
    const remembered = { ...unknown, activityId: 'delivered twice, later' };
    const answers = [await deliver(remembered), await deliver(remembered)];
    assert.equal(answers.filter((answer) => answer !== null).length, 1);
    // Nobody was found, so nobody was looked at. That somebody searched, or who they are could not be read, is written down all the same.
    assert.deepEqual((await codes()).toSorted(), ['access.refused', 'people.searched']);
  });
});

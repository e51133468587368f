/** Nobody can flood the ledger or look up the whole company, and nobody who works fast is held up. */
import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import { REAL_TIMING, type Timing } from '../../src/casework/ports/runtime.ts';
import { createSenderLimits, SENDER_LIMITS } from '../../src/casework/steps/sender-limits.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { UNHURRIED } from '../unhurried.ts';
import { ADA, LENA, STRANGER, TESS } from './fixtures.ts';
import { meetEverybody, openHarness, type Harness } from './harness.ts';
import { entriesOf, takeTo } from './take-case-to.ts';

const MINUTE = 60_000;
const REFUSED = ['access.refused', 'request.refused', 'case.refused'];

describe('What one person may ask of the bot', () => {
  let folder: ReturnType<typeof scratchFolder>;
  let helpdesk: Harness;
  let clock = 0;
  const timing: Timing = { ...REAL_TIMING, clock: () => clock };
  beforeEach(async () => {
    folder = scratchFolder('limits');
    let ids = 0;
    helpdesk = await openHarness({
      ...{ file: `${folder.dir}/ledger.sqlite`, newId: () => `id-${(ids += 1)}` },
      ...{ senderLimits: SENDER_LIMITS, timing },
    });
    await meetEverybody(helpdesk);
  });
  afterEach(async () => {
    assert.deepEqual(helpdesk.violations, []);
    await helpdesk.close();
    folder.clean();
  });

  const refusedOf = (person: PersonId): number =>
    helpdesk.auditLog.kept.filter(({ actor, code }) => actor === person && REFUSED.includes(code)).length;
  const counts = async (): Promise<readonly unknown[]> =>
    (await entriesOf(helpdesk, 'refusals.counted')).map(({ actor, detail }) => [actor, detail['count']]);
  const headline = (person: PersonId): string => readCard(helpdesk.chats.of(person).at(-1)?.card ?? {}).headline;

  it('is refused 500 times a minute with 30 entries and one that counts the other 470', async () => {
    for (let press = 0; press < 500; press += 1) {
      await helpdesk.sends(STRANGER, 'issue-pass', { case: press, v: press, forged: true }, null);
      assert.match(headline(STRANGER), /I did not understand this button/, 'each of them is answered in words');
    }
    assert.equal(refusedOf(STRANGER), 30);
    const last = helpdesk.auditLog.kept.at(-1);
    assert.equal(last?.detail['furtherOnesAreCounted'], true, 'the last one says so');
    await helpdesk.tick();
    assert.deepEqual(await counts(), [], 'the minute is not over');
    clock += MINUTE;
    await helpdesk.tick();
    await helpdesk.tick();
    assert.deepEqual(await counts(), [[STRANGER, 470]]);
  });

  it('is counted whatever is refused: messages, group chats, buttons of others, and steps of an own case', async () => {
    const stored = await takeTo(helpdesk, 'asking-methods');
    const { casework } = helpdesk.built();
    const inGroup = (text: string, index: number) => ({
      ...{ kind: 'message', activityId: `group ${index}`, person: TESS, language: 'en', deadline: UNHURRIED, text },
      where: { chat: 'group', conversation: { person: TESS, reference: 'g', language: 'en' } },
    });
    const data = { case: stored.case.id, v: stored.version };
    for (let round = 0; round < 50; round += 1) {
      await helpdesk.sends(TESS, 'done', data, null); // not at this point of the case
      await helpdesk.sends(TESS, 'show-case', { case: 4711 }, null);
      await helpdesk.says(TESS, 'log');
      await helpdesk.says(TESS, 'just reset the password');
      await casework.onMessage(inGroup('case 1', round) as never);
    }
    assert.equal(refusedOf(TESS), 30);
    clock += MINUTE;
    await helpdesk.tick();
    assert.deepEqual(await counts(), [[TESS, 220]]);
  });

  it('concerns nobody else, and no step that is allowed', async () => {
    for (let press = 0; press < 100; press += 1) await helpdesk.sends(TESS, 'nonsense', {}, null);
    await helpdesk.sends(STRANGER, 'nonsense', {}, null);
    assert.equal(refusedOf(STRANGER), 1);
    await takeTo(helpdesk, 'ready-to-issue');
    assert.equal((await entriesOf(helpdesk, 'case.opened')).length, 1);
  });

  it('begins anew after a minute, with an entry for each', async () => {
    for (let press = 0; press < 40; press += 1) await helpdesk.sends(STRANGER, 'nonsense', {}, null);
    clock += MINUTE;
    for (let press = 0; press < 3; press += 1) await helpdesk.sends(STRANGER, 'nonsense', {}, null);
    assert.equal(refusedOf(STRANGER), 33);
    await helpdesk.tick();
    assert.deepEqual(await counts(), [[STRANGER, 10]]);
  });

  it('does not depend on the time of day, which somebody may set', async () => {
    for (let press = 0; press < 40; press += 1) {
      helpdesk.passes(press % 2 === 0 ? 600 : -600);
      await helpdesk.sends(STRANGER, 'nonsense', {}, null);
    }
    assert.equal(refusedOf(STRANGER), 30);
  });

  it('is written down when the bot stops before the minute is over', async () => {
    for (let press = 0; press < 35; press += 1) await helpdesk.sends(STRANGER, 'nonsense', {}, null);
    helpdesk.built().writeCounts();
    await helpdesk.whenIdle();
    assert.deepEqual(await counts(), [[STRANGER, 5]]);
  });

  it('is kept until the ledger can be written again', async () => {
    for (let press = 0; press < 35; press += 1) await helpdesk.sends(STRANGER, 'nonsense', {}, null);
    clock += MINUTE;
    helpdesk.auditLog.fails = () => true;
    await assert.rejects(helpdesk.tick());
    helpdesk.auditLog.fails = () => false;
    await helpdesk.tick();
    assert.deepEqual(await counts(), [[STRANGER, 5]]);
  });

  it('are 60 looks a minute: further cases are not shown, and that is written down', async () => {
    await takeTo(helpdesk, 'asking-methods');
    for (let look = 0; look < 70; look += 1) await helpdesk.sends(ADA, 'show-case', { case: 1 }, null);
    assert.equal((await entriesOf(helpdesk, 'case.read')).length, 60);
    assert.match(headline(ADA), /Too many requests within a minute/);
    assert.equal(refusedOf(ADA), 10);
    await helpdesk.says(ADA, 'log');
    assert.match(headline(ADA), /Too many requests within a minute/);
    clock += MINUTE;
    await helpdesk.says(ADA, 'case 1');
    assert.equal((await entriesOf(helpdesk, 'case.read')).length, 61);
  });

  it('are 200 searches an hour: whoever looks up the whole company is seen in the ledger and in the log', async () => {
    for (let search = 0; search < 205; search += 1) await helpdesk.says(TESS, `Petra ${spelled(search)} is locked out`);
    assert.equal((await entriesOf(helpdesk, 'people.searched')).length, 200);
    assert.match(headline(TESS), /very many people/);
    await helpdesk.says(TESS, 'send the link to Sofia Rossi');
    assert.match(headline(TESS), /very many people/);
    await helpdesk.sends(TESS, 'open-lockout', { query: 'Lena Hartmann' }, null);
    await helpdesk.sends(TESS, 'pick-caller', { caller: LENA }, null);
    assert.match(headline(TESS), /very many people/);
    assert.equal((await entriesOf(helpdesk, 'people.search-limit')).length, 1);
    assert.equal(helpdesk.logLines.filter((line) => line.includes('more people than the limit allows')).length, 1);
    assert.equal(refusedOf(TESS), 8);
    await helpdesk.whenIdle();
    const informed = helpdesk.chats
      .of(ADA)
      .filter(({ card }) => /searched for very many people/.test(readCard(card).headline));
    assert.equal(informed.length, 1, 'the lead is informed once');
    assert.doesNotMatch(JSON.stringify(informed[0]?.card), /Tess/);
    clock += 60 * MINUTE;
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    assert.equal((await entriesOf(helpdesk, 'case.opened')).length, 1);
  });

  it('is never reached by twenty technicians with twelve calls a minute between them, or by one alone who takes sixty an hour', () => {
    let now = 0;
    const limits = createSenderLimits({
      ledger: { record: () => Promise.reject(new Error('nothing is to be counted')) },
      runtime: { now: () => 0 as never },
      timing: { clock: () => now },
      figures: SENDER_LIMITS,
    });
    const technicians = Array.from({ length: 20 }, (_, index) => `technician ${index}` as PersonId);
    const call = (technician: PersonId): void => {
      assert.equal(limits.maySearch(technician), 'granted');
      assert.equal(limits.maySearch(technician), 'granted'); // the first name was misheard
      for (let look = 0; look < 5; look += 1) assert.ok(limits.mayLook(technician));
      const refusal = {
        code: 'case.refused',
        actor: technician,
        about: null,
        caseId: null,
        intentId: null,
        detail: {},
      };
      for (let no = 0; no < 5; no += 1) assert.deepEqual(limits.refusal(refusal as never), [refusal]);
    };
    for (let calls = 0; calls < 12 * 60 * 8; calls += 1) {
      now += MINUTE / 12;
      call(technicians[calls % 20] ?? TESS);
    }
    for (let minute = 0; minute < 60 * 8; minute += 1) {
      now += MINUTE;
      call(TESS);
    }
  });
});

/** A surname that nobody has, another one for every number. */
function spelled(number: number): string {
  const name = Array.from(String(number), (digit) => 'abcdefghij'[Number(digit)] ?? '').join('');
  return `Z${name}mann`;
}

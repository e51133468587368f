/**
 * Looking leaves a trace: who opens a case, a log or somebody's account through the bot is in the ledger before anything is read
 * for them, and before they see it.
 */
import assert from 'node:assert/strict';
import { readCard } from '../../demo/stories/card-reading.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { ABEL, ADA, LENA, MARA, SOFIA, TESS } from './fixtures.ts';
import type { Harness } from './harness.ts';
import { A_CALL, entriesOf, harnessForEachTest, takeTo } from './take-case-to.ts';

const AUDITOR = 'a0000000-0000-4000-8000-000000000005' as PersonId;
const NOBODY = 'a0000000-0000-4000-8000-000000000099' as PersonId;

interface Trace {
  /** Entries of the person that were durable when the directory first answered a question for them; `null`: it was not asked. */
  readonly atFirstRead: readonly string[] | null;
  /** All of them, when the answer was there. */
  readonly codes: readonly string[];
}

describe('Looking', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(async () => {
    helpdesk = current();
    helpdesk.fixtures.roles.set(AUDITOR, new Set(['auditor']));
    await takeTo(helpdesk, 'choosing-proof');
    await helpdesk.built().services.rolesOf(AUDITOR); // roles are remembered for a minute, so only looks are read below
    for (const person of [TESS, ADA, ABEL]) await helpdesk.built().services.rolesOf(person);
  });

  /** What the person leaves in the ledger, and what of it is there before the directory is asked about others. */
  const traceOf = async (person: PersonId, act: () => Promise<unknown>): Promise<Trace> => {
    const before = helpdesk.auditLog.kept.length;
    const codes = (): readonly string[] =>
      helpdesk.auditLog.kept.slice(before).flatMap(({ actor, code }) => (actor === person ? [code] : []));
    let atFirstRead: readonly string[] | null = null;
    helpdesk.fixtures.pause = () => {
      atFirstRead ??= codes();
      return Promise.resolve();
    };
    await act();
    await helpdesk.whenIdle();
    helpdesk.fixtures.pause = () => Promise.resolve();
    return { atFirstRead, codes: codes() };
  };
  /** Names and numbers are remembered for ten minutes; afterwards a card has to read them again. */
  const forgetNames = async (): Promise<void> => {
    helpdesk.passes(11);
    for (const person of [TESS, ADA, ABEL, AUDITOR]) await helpdesk.built().services.rolesOf(person);
  };

  for (const [who, person] of [
    ['the technician', TESS],
    ['an approver', ABEL],
    ['a lead', ADA],
    ['an auditor', AUDITOR],
  ] as const) {
    it(`at a case by its number leaves an entry before the account is read: ${who}`, async () => {
      await forgetNames();
      const trace = await traceOf(person, () => helpdesk.says(person, 'case 1'));
      assert.deepEqual(trace, { atFirstRead: ['case.read'], codes: ['case.read'] });
      const [entry] = await entriesOf(helpdesk, 'case.read');
      assert.deepEqual([entry?.about, entry?.caseId, entry?.detail['how']], [LENA, 1, 'command']);
    });

    it(`at a case by a button leaves an entry before the account is read: ${who}`, async () => {
      await forgetNames();
      const trace = await traceOf(person, () => helpdesk.sends(person, 'show-case', { case: 1 }, null));
      assert.deepEqual(trace, { atFirstRead: ['case.read'], codes: ['case.read'] });
    });
  }

  it('at the card again, by a button of an outdated card, leaves an entry before the account is read', async () => {
    await forgetNames();
    const trace = await traceOf(TESS, () => helpdesk.sends(TESS, 'tick-methods', { case: 1, v: 1, atHand: '' }, null));
    const both = ['case.press-lost', 'case.read'];
    assert.deepEqual(trace, { atFirstRead: both, codes: both });
  });

  it('at an open case by asking for the same caller once more leaves the search and the look', async () => {
    const { codes } = await traceOf(TESS, () => helpdesk.says(TESS, 'Lena Hartmann is locked out'));
    assert.deepEqual(codes, ['people.searched', 'case.read']);
  });

  it('at the log, or at that of one case, leaves an entry that says which', async () => {
    for (const [text, caseId] of [
      ['log', null],
      ['log 1', 1],
    ] as const) {
      const { codes } = await traceOf(AUDITOR, () => helpdesk.says(AUDITOR, text));
      assert.deepEqual(codes, ['log.read'], text);
      assert.equal((await entriesOf(helpdesk, 'log.read')).at(-1)?.caseId, caseId);
    }
  });

  it('for a person leaves who searched and how many matched, before an account is read, and not the words', async () => {
    const opened = await traceOf(TESS, () => helpdesk.says(TESS, 'Sofia Rossi is locked out'));
    assert.deepEqual(opened.codes, ['people.searched', 'snapshot.read.intent', 'snapshot.read.outcome', 'case.opened']);
    await helpdesk.says(TESS, 'Zyx Nobody is locked out');
    await helpdesk.says(TESS, 'a is locked out'); // too many to list
    await helpdesk.says(TESS, 'send the link to Sofia Rossi');
    const searches = await entriesOf(helpdesk, 'people.searched');
    const hits = searches.slice(1).map(({ actor, about, detail }) => [actor, about, detail['asked'], detail['hits']]);
    assert.deepEqual(hits.slice(0, 2), [
      [TESS, null, 'open-case', 1],
      [TESS, null, 'open-case', 0],
    ]);
    assert.deepEqual(hits.at(-1), [TESS, null, 'send-link', 1]);
    assert.doesNotMatch(JSON.stringify(searches), /Sofia|Rossi|Zyx|Nobody/);
  });

  it('at a search result by opening it names whom, before their account is read', async () => {
    await helpdesk.sends(TESS, 'open-lockout', { query: 'ma' }, null); // Hartmann and Mara
    const trace = await traceOf(TESS, () =>
      helpdesk.presses(TESS, 'pick-caller', {}, ({ data }) => data['caller'] === MARA),
    );
    assert.deepEqual(trace.atFirstRead, ['snapshot.read.intent']);
    const [entry] = (await entriesOf(helpdesk, 'snapshot.read.intent')).slice(-1);
    assert.deepEqual([entry?.actor, entry?.about], [TESS, MARA]);
  });

  it('at somebody whom no search of the last minutes found names them before the directory is asked', async () => {
    const trace = await traceOf(TESS, () => helpdesk.sends(TESS, 'pick-caller', { caller: SOFIA }, null));
    assert.deepEqual(trace.atFirstRead, ['people.searched']);
    const [entry] = (await entriesOf(helpdesk, 'people.searched')).slice(-1);
    assert.deepEqual([entry?.actor, entry?.about], [TESS, SOFIA]);
  });

  it('at an account once more, by "Read again", leaves an entry before it is read', async () => {
    const { version } = (await helpdesk.ledger().openCases())[0] ?? { version: 0 };
    const trace = await traceOf(TESS, () => helpdesk.sends(TESS, 'read-again', { case: 1, v: version }, null));
    assert.deepEqual(trace.atFirstRead, ['snapshot.read.intent']);
  });

  it('is over for a pass that was read out: who says so is written down before it is taken off the card', async () => {
    for (const [verb, outcome] of [
      ['choose-callback', null],
      ['record-callback', 'answered-by-caller'],
      ['issue-pass', null],
    ] as const) {
      if (verb === 'record-callback') helpdesk.passes(A_CALL);
      await helpdesk.presses(TESS, verb, {}, ({ data }) => outcome === null || data['outcome'] === outcome);
      await helpdesk.whenIdle();
    }
    const { codes } = await traceOf(TESS, () => helpdesk.presses(TESS, 'pass-read-out'));
    assert.deepEqual(codes, ['case.pass-read-out']);
    const [entry] = await entriesOf(helpdesk, 'case.pass-read-out');
    assert.deepEqual([entry?.about, entry?.caseId], [LENA, 1]);
  });

  it('by the bot itself, to redraw a card, is no look of a person', async () => {
    await forgetNames();
    const before = helpdesk.auditLog.kept.length;
    await helpdesk
      .built()
      .services.outbox.refreshCard((await helpdesk.ledger().openCases())[0]?.case.id ?? (0 as never));
    await helpdesk.whenIdle();
    assert.equal(helpdesk.auditLog.kept.length, before);
  });

  it('is not possible when it cannot be written down', async () => {
    await forgetNames();
    helpdesk.auditLog.fails = () => true;
    for (const text of ['case 1', 'log', 'log 1', 'Sofia Rossi is locked out']) {
      const reads = await traceOf(ADA, () => helpdesk.says(text.startsWith('Sofia') ? TESS : ADA, text));
      const newest = helpdesk.chats.of(text.startsWith('Sofia') ? TESS : ADA).at(-1)?.card ?? {};
      const words = [readCard(newest).headline, ...readCard(newest).lines].join('\n');
      assert.doesNotMatch(words, /Hartmann|Rossi/, text);
      if (text.startsWith('case')) assert.equal(reads.atFirstRead, null, 'nothing was read');
    }
    helpdesk.auditLog.fails = () => false;
  });

  it('for somebody who is in no directory opens no case, and is refused in words', async () => {
    const before = await entriesOf(helpdesk, 'case.opened');
    await helpdesk.sends(TESS, 'pick-caller', { caller: NOBODY }, null);
    const { headline } = readCard(helpdesk.chats.of(TESS).at(-1)?.card ?? {});
    assert.equal(headline, 'This person is not in the directory.');
    assert.equal((await entriesOf(helpdesk, 'case.opened')).length, before.length);
    const [refused] = (await entriesOf(helpdesk, 'access.refused')).slice(-1);
    assert.deepEqual([refused?.actor, refused?.detail['because']], [TESS, 'no-such-person']);
  });
});

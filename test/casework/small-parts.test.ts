import assert from 'node:assert/strict';
import { createProfiles } from '../../src/casework/steps/profiles.ts';
import { Fault } from '../../src/casework/ports/fault.ts';
import { createSlowFacts } from '../../src/casework/background/slow-facts.ts';
import type { Directory } from '../../src/casework/ports/directory.ts';
import { createFollowUp } from '../../src/casework/background/follow-up.ts';
import { ACTIONS, type Verb } from '../../src/procedure/actions.ts';
import { createRolesOf, denialOfAction } from '../../src/casework/turns/access.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import type { Harness } from './harness.ts';
import { connectFixtures, yields } from './directory-in-memory.ts';
import { ADA, createFixtures, GROUPS, LENA, liveOf, MINUTE, registers, TESS, TOM } from './fixtures.ts';
import { entriesOf, harnessForEachTest, only, takeTo } from './take-case-to.ts';

const START = Date.parse('2026-11-20T10:00:00Z') as Instant;

describe('Who may what', () => {
  const fixtures = createFixtures(START);
  let reads = 0;
  const { directory } = connectFixtures(fixtures);
  const counting: Pick<Directory, 'standing'> = {
    standing: (person, groups) => {
      reads += 1;
      return directory.standing(person, groups);
    },
  };
  const rolesOf = createRolesOf(counting, GROUPS, () => fixtures.now);

  it('is remembered for a minute, and read again where a pass or a decision depends on it', async () => {
    assert.deepEqual([...(await rolesOf(TOM))].sort(), ['approver', 'technician']);
    fixtures.roles.get(TOM)?.delete('technician');
    fixtures.now = (START + MINUTE - 1) as Instant;
    assert.ok((await rolesOf(TOM)).has('technician'));
    assert.equal(reads, 1);
    assert.ok(!(await rolesOf(TOM, { fresh: true })).has('technician'));
    assert.ok(!(await rolesOf(TOM)).has('technician'), 'what was read afresh is what is remembered');
    fixtures.roles.get(TOM)?.add('technician');
    fixtures.now = (START + 2 * MINUTE) as Instant;
    assert.ok((await rolesOf(TOM)).has('technician'));
    assert.equal(reads, 3);
  });

  it('is unknown when the directory does not answer, which is not the same as nobody', async () => {
    fixtures.down = true;
    await assert.rejects(rolesOf(ADA, { fresh: true }), Fault);
    fixtures.down = false;
  });

  it('follows from the row of the button, and only the caller and their manager need no role', () => {
    assert.equal(denialOfAction(new Set(['technician']), 'issue-pass'), null);
    assert.equal(denialOfAction(new Set(['approver', 'auditor', 'lead']), 'issue-pass'), 'not-a-technician');
    assert.equal(denialOfAction(new Set(['technician', 'auditor']), 'decide-approval'), 'not-an-approver');
    for (const role of ['approver', 'lead'] as const)
      assert.equal(denialOfAction(new Set([role]), 'decide-approval'), null);
    const open = (Object.keys(ACTIONS) as Verb[]).filter((verb) => denialOfAction(new Set(), verb) === null);
    assert.deepEqual(open, ['manager-answer', 'not-me']);
  });
});

describe('Names', () => {
  it('are left out when the directory does not answer: the card goes out all the same', async () => {
    const fixtures = createFixtures(START);
    const profiles = createProfiles(connectFixtures(fixtures).directory, () => fixtures.now);
    assert.equal(profiles.rememberedName(LENA), null);
    assert.equal(await profiles.nameOf(LENA), 'Lena Hartmann');
    fixtures.down = true;
    assert.equal(await profiles.nameOf(LENA), 'Lena Hartmann', 'remembered');
    assert.equal(profiles.rememberedName(LENA), 'Lena Hartmann');
    fixtures.now = (START + 11 * MINUTE) as Instant;
    assert.equal(await profiles.nameOf(LENA), null);
    assert.equal(profiles.rememberedName(LENA), null);
  });

  it('are not left out because of a mistake of ours: the mistake comes to light', async () => {
    const { directory } = connectFixtures(createFixtures(START));
    const broken = { ...directory, person: () => Promise.reject(new TypeError('ours')) };
    await assert.rejects(createProfiles(broken, () => START).nameOf(LENA), TypeError);
  });
});

describe('The small parts of a case', () => {
  const current = harnessForEachTest();
  let helpdesk: Harness;
  beforeEach(() => {
    helpdesk = current();
  });
  const lines: string[] = [];
  const log = {
    info: () => undefined,
    warn: (_fields: object, message: string) => void lines.push(message),
    error: (_fields: object, message: string) => void lines.push(message),
  };

  it('nobody is asked while the directory cannot say who the approvers are now, and they are asked once it can', async () => {
    await takeTo(helpdesk, 'choosing-proof');
    helpdesk.fixtures.groupsDown = true;
    await helpdesk.presses(TESS, 'seen-in-person');
    await helpdesk.whenIdle();
    assert.equal(helpdesk.find(ADA, 'decide-approval'), null);
    const outcomes = async () =>
      (await entriesOf(helpdesk, 'approval.ask.outcome')).map(({ detail }) => detail['outcome']);
    assert.deepEqual(await outcomes(), ['not read: unreachable']);
    helpdesk.fixtures.groupsDown = false;
    helpdesk.passes(1);
    await helpdesk.tick();
    await helpdesk.whenIdle();
    assert.ok(helpdesk.find(ADA, 'decide-approval') !== null);
    assert.deepEqual(await outcomes(), ['not read: unreachable', 'reached 3 of 3']);
  });

  it('an approver who left the group is not asked', async () => {
    await takeTo(helpdesk, 'choosing-proof');
    helpdesk.fixtures.roles.get(ADA)?.delete('approver');
    await helpdesk.presses(TESS, 'seen-in-person');
    await helpdesk.whenIdle();
    assert.equal(helpdesk.find(ADA, 'decide-approval'), null);
    assert.ok(helpdesk.find(TOM, 'decide-approval') !== null);
  });

  it('the slow parts are read once a case, never for a closed one, and again when the reading failed', async () => {
    const stored = await takeTo(helpdesk, 'choosing-proof');
    let reads = 0;
    let fails = true;
    const arrived: number[] = [];
    const slowFacts = createSlowFacts({
      directory: {
        readSignIns: () => {
          reads += 1;
          return fails ? Promise.reject(new TypeError('ours')) : Promise.resolve({ kind: 'read', value: [] });
        },
        readLicense: () => Promise.resolve({ kind: 'unread', why: 'denied' }),
      },
      now: () => helpdesk.fixtures.now,
      log,
    });
    slowFacts.onArrival(async (id) => void arrived.push(id));
    assert.equal(slowFacts.of(stored), null);
    assert.equal(slowFacts.of(stored), null);
    await slowFacts.whenIdle();
    assert.deepEqual([reads, arrived], [1, []]);
    fails = false;
    assert.equal(slowFacts.of(stored), null);
    await slowFacts.whenIdle();
    assert.deepEqual([reads, arrived], [2, [stored.case.id]]);
    assert.equal(slowFacts.of(stored)?.license.kind === 'read', false);
    await slowFacts.cardArrived(stored.case.id);
    assert.deepEqual([reads, arrived], [2, [stored.case.id, stored.case.id]]);
    const closing = { outcome: 'abandoned', because: 'caller-hung-up' } as const;
    const closed = {
      ...stored.case,
      id: 99 as never,
      state: { kind: 'closed', at: helpdesk.fixtures.now, closing },
    } as const;
    assert.equal(slowFacts.of({ case: closed, version: 9 }), null);
    await slowFacts.whenIdle();
    assert.equal(reads, 2);
  });

  it('a case whose methods cannot be read does not keep the watch from other cases or from deadlines', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.whenIdle();
    registers(helpdesk.fixtures, LENA, 'email');
    const { directory, runCase } = helpdesk.built().services;
    const blind: Directory = { ...directory, readMethods: () => Promise.resolve({ kind: 'unread', why: 'timeout' }) };
    const parts = { ledger: helpdesk.ledger(), runCase, now: () => helpdesk.fixtures.now, log };
    lines.length = 0;
    const watch = createFollowUp({ ...parts, directory: blind });
    await Promise.all([watch.tick(), watch.tick()]);
    assert.deepEqual(lines, ['not looked at this time'], 'two looks at a time are one');
    assert.equal((await entriesOf(helpdesk, 'case.methods-seen')).length, 0);
    helpdesk.passes(61);
    await watch.tick();
    assert.deepEqual(await helpdesk.ledger().openCases(), [], 'the pass ran out');
  });

  it('a pass that arrives after the case gave it up is deleted, and recorded before and after', async () => {
    await takeTo(helpdesk, 'ready-to-issue');
    helpdesk.fixtures.graphTakes = 300;
    const press = helpdesk.presses(TESS, 'issue-pass');
    while (helpdesk.fixtures.made.length === 0) await yields(1);
    helpdesk.fixtures.passReadable = false;
    helpdesk.passes(1.1);
    await helpdesk.tick();
    assert.equal((await only(helpdesk)).case.state.kind, 'uncertain-pass');
    await press;
    await helpdesk.whenIdle();
    assert.equal(liveOf(helpdesk.fixtures, LENA), null);
    assert.deepEqual(helpdesk.shown, []);
    const [intent] = await entriesOf(helpdesk, 'pass.delete.intent');
    const [outcome] = await entriesOf(helpdesk, 'pass.delete.outcome');
    assert.equal(outcome?.intentId, intent?.intentId);
    helpdesk.fixtures.passReadable = true;
    for (const minutes of [0, 1.1]) {
      helpdesk.passes(minutes);
      await helpdesk.tick();
      await helpdesk.whenIdle();
    }
    assert.equal((await only(helpdesk)).case.state.kind, 'choosing-proof');
  });

  it('a card whose chat is gone is left alone, and the case goes on', async () => {
    const stored = await takeTo(helpdesk, 'ready-to-issue');
    helpdesk.fixtures.away.add(TESS);
    await helpdesk.built().services.outbox.refreshCard(stored.case.id);
    assert.ok(helpdesk.logLines.some((line) => line.startsWith('case card not updated')));
    assert.equal((await only(helpdesk)).version, stored.version);
  });
});

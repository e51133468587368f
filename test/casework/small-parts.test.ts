import assert from 'node:assert/strict';
import { createDossiers } from '../../src/casework/dossiers.ts';
import { Fault } from '../../src/casework/fault.ts';
import { createInsights } from '../../src/casework/insights.ts';
import type { Directory } from '../../src/casework/ports.ts';
import { createWatch } from '../../src/casework/watch.ts';
import { createWhoMay, mayDo } from '../../src/casework/who-may.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { scratchFolder, type Bench } from './bench.ts';
import { connectTown, yields } from './directory-in-memory.ts';
import { ADA, createTown, GROUPS, LENA, liveOf, MINUTE, registers, TESS, TOM } from './town.ts';
import { entriesOf, freshBench, only, takeTo } from './ways.ts';

const START = Date.parse('2026-11-20T10:00:00Z') as Instant;

describe('Who may what', () => {
  const town = createTown(START);
  let reads = 0;
  const { directory } = connectTown(town);
  const counting: Pick<Directory, 'memberOf'> = {
    memberOf: (person, groups) => {
      reads += 1;
      return directory.memberOf(person, groups);
    },
  };
  const whoMay = createWhoMay(counting, GROUPS, () => town.now);

  it('is remembered for a minute, and read at once where a pass or a decision hangs on it', async () => {
    assert.deepEqual([...(await whoMay(TOM))].sort(), ['approver', 'technician']);
    town.roles.get(TOM)?.delete('technician');
    town.now = (START + MINUTE - 1) as Instant;
    assert.ok((await whoMay(TOM)).has('technician'));
    assert.equal(reads, 1);
    assert.ok(!(await whoMay(TOM, { fresh: true })).has('technician'));
    assert.ok(!(await whoMay(TOM)).has('technician'), 'what was read afresh is what is remembered');
    town.roles.get(TOM)?.add('technician');
    town.now = (START + 2 * MINUTE) as Instant;
    assert.ok((await whoMay(TOM)).has('technician'));
    assert.equal(reads, 3);
  });

  it('is unknown, and not nobody, when the directory does not answer', async () => {
    town.down = true;
    await assert.rejects(whoMay(ADA, { fresh: true }), Fault);
    town.down = false;
  });

  it("is technicians' work where nothing else is said", () => {
    assert.equal(mayDo(new Set(['technician']), 'a verb of tomorrow'), true);
    assert.equal(mayDo(new Set(['approver', 'auditor', 'lead']), 'a verb of tomorrow'), false);
    assert.equal(mayDo(new Set(), 'not-me'), true);
  });
});

describe('Names', () => {
  it('are a courtesy: a card goes out without them when the directory does not answer', async () => {
    const town = createTown(START);
    const dossiers = createDossiers(connectTown(town).directory, () => town.now);
    assert.equal(dossiers.rememberedName(LENA), null);
    assert.equal(await dossiers.nameOf(LENA), 'Lena Hartmann');
    town.down = true;
    assert.equal(await dossiers.nameOf(LENA), 'Lena Hartmann', 'remembered');
    assert.equal(dossiers.rememberedName(LENA), 'Lena Hartmann');
    town.now = (START + 11 * MINUTE) as Instant;
    assert.equal(await dossiers.nameOf(LENA), null);
    assert.equal(dossiers.rememberedName(LENA), null);
  });

  it('that cannot be read because of a mistake of ours are no courtesy: the mistake is told', async () => {
    const { directory } = connectTown(createTown(START));
    const broken = { ...directory, person: () => Promise.reject(new TypeError('ours')) };
    await assert.rejects(createDossiers(broken, () => START).nameOf(LENA), TypeError);
  });
});

describe('The small parts of a case', () => {
  let folder: ReturnType<typeof scratchFolder>;
  let desk: Bench;
  let count = 0;
  before(() => {
    folder = scratchFolder();
  });
  beforeEach(async () => {
    desk = await freshBench(folder.dir, `part-${(count += 1)}`);
  });
  afterEach(async () => {
    assert.deepEqual(desk.violations, []);
    await desk.close();
  });
  after(() => folder.clean());
  const lines: string[] = [];
  const log = {
    info: () => undefined,
    warn: (_fields: object, message: string) => void lines.push(message),
    error: (_fields: object, message: string) => void lines.push(message),
  };

  it('those last seen as approvers are asked when the directory cannot say who is one now', async () => {
    await takeTo(desk, 'choosing-proof');
    desk.town.down = true;
    await desk.presses(TESS, 'seen-in-person');
    await desk.settled();
    assert.ok(desk.find(ADA, 'decide-approval') !== null);
    const [outcome] = await entriesOf(desk, 'approval.ask.outcome');
    assert.equal(outcome?.detail['outcome'], 'reached 3 of 3');
  });

  it('an approver who left the group is not asked', async () => {
    await takeTo(desk, 'choosing-proof');
    desk.town.roles.get(ADA)?.delete('approver');
    await desk.presses(TESS, 'seen-in-person');
    await desk.settled();
    assert.equal(desk.find(ADA, 'decide-approval'), null);
    assert.ok(desk.find(TOM, 'decide-approval') !== null);
  });

  it('the slow parts are read once a case, never for a closed one, and again when the reading failed', async () => {
    const stored = await takeTo(desk, 'choosing-proof');
    let reads = 0;
    let fails = true;
    const arrived: number[] = [];
    const insights = createInsights({
      directory: {
        readSignIns: () => {
          reads += 1;
          return fails ? Promise.reject(new TypeError('ours')) : Promise.resolve({ kind: 'read', value: [] });
        },
        readLicence: () => Promise.resolve({ kind: 'unread', why: 'denied' }),
      },
      now: () => desk.town.now,
      arrived: async (id) => void arrived.push(id),
      log,
    });
    assert.equal(insights.of(stored), null);
    assert.equal(insights.of(stored), null);
    await insights.idle();
    assert.deepEqual([reads, arrived], [1, []]);
    fails = false;
    assert.equal(insights.of(stored), null);
    await insights.idle();
    assert.deepEqual([reads, arrived], [2, [stored.case.id]]);
    assert.equal(insights.of(stored)?.licence.kind === 'read', false);
    await insights.cardArrived(stored.case.id);
    assert.deepEqual([reads, arrived], [2, [stored.case.id, stored.case.id]]);
    const closing = { outcome: 'abandoned', because: 'caller-hung-up' } as const;
    const closed = { ...stored.case, id: 99 as never, state: { kind: 'closed', at: desk.town.now, closing } } as const;
    assert.equal(insights.of({ case: closed, version: 9 }), null);
    await insights.idle();
    assert.equal(reads, 2);
  });

  it('a case whose methods cannot be read does not keep the watch from the others, nor from the deadlines', async () => {
    await takeTo(desk, 'ready-to-issue');
    await desk.presses(TESS, 'issue-pass');
    await desk.settled();
    registers(desk.town, LENA, 'email');
    const { directory, runCase } = desk.house().house;
    const blind: Directory = { ...directory, readMethods: () => Promise.resolve({ kind: 'unread', why: 'timeout' }) };
    const parts = { ledger: desk.ledger(), runCase, now: () => desk.town.now, log };
    lines.length = 0;
    const watch = createWatch({ ...parts, directory: blind });
    await Promise.all([watch.tick(), watch.tick()]);
    assert.deepEqual(lines, ['not looked at this time'], 'two looks at a time are one');
    assert.equal((await entriesOf(desk, 'case.methods-seen')).length, 0);
    desk.passes(61);
    await watch.tick();
    assert.deepEqual(await desk.ledger().openCases(), [], 'the pass ran out');
  });

  it('an answer that comes after the case gave it up is taken back, and written down before and after', async () => {
    await takeTo(desk, 'ready-to-issue');
    desk.town.graphTakes = 300;
    const press = desk.presses(TESS, 'issue-pass');
    while (desk.town.made.length === 0) await yields(1);
    desk.town.passReadable = false;
    desk.passes(1.1);
    await desk.tick();
    assert.equal((await only(desk)).case.state.kind, 'uncertain-pass');
    await press;
    await desk.settled();
    assert.equal(liveOf(desk.town, LENA), null);
    assert.deepEqual(desk.shown, []);
    const [intent] = await entriesOf(desk, 'pass.delete.intent');
    const [outcome] = await entriesOf(desk, 'pass.delete.outcome');
    assert.equal(outcome?.intentId, intent?.intentId);
    desk.town.passReadable = true;
    for (const minutes of [0, 1.1]) {
      desk.passes(minutes);
      await desk.tick();
      await desk.settled();
    }
    assert.equal((await only(desk)).case.state.kind, 'choosing-proof');
  });

  it('a card whose chat is gone is left alone, and the case goes on', async () => {
    const stored = await takeTo(desk, 'ready-to-issue');
    desk.town.away.add(TESS);
    await desk.house().house.post.refreshCard(stored.case.id);
    assert.ok(desk.logLines.some((line) => line.startsWith('case card not updated')));
    assert.equal((await only(desk)).version, stored.version);
  });
});

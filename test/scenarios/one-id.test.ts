/** One id for everything that one message or click leads to: in the ledger, at Microsoft Graph, in Teams and in the log. */
import assert from 'node:assert/strict';
import type { RecordedEntry } from '../../src/casework/ports/ledger.ts';
import type { SentRequest } from '../../demo/teams/sent-requests.ts';
import type { JournalEntry } from '../../demo/tenant/journal.ts';
import { LENA, NOAH, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { A_CALL, words } from './steps.ts';

/** Rounds of the feed are for everybody who asks at the same moment, so they carry ids of their own. */
const OF_THE_FEED = /\/delta|^\/v1\.0\/(auditLogs|reports|identityProtection)\//;

/** Everything that happened during some work. */
interface Traces {
  readonly entries: readonly RecordedEntry[];
  readonly graph: readonly JournalEntry[];
  readonly teams: readonly SentRequest[];
}

async function during(helpdesk: Helpdesk, work: () => Promise<unknown>): Promise<Traces> {
  const before = {
    entries: (await helpdesk.ledger()).length,
    graph: helpdesk.tenant.control.journal().length,
    teams: helpdesk.teams.sent().length,
  };
  await work();
  await helpdesk.bot().whenIdle();
  return {
    entries: (await helpdesk.ledger()).toReversed().slice(before.entries),
    graph: helpdesk.tenant.control.journal().slice(before.graph),
    teams: helpdesk.teams.sent().slice(before.teams),
  };
}

/** The one id of an action; fails when anything of it carries another one, or none. */
function onlyIdOf(what: string, { entries, graph, teams }: Traces): string {
  const [id = 'no entry', ...others] = new Set(entries.map(({ turn }) => turn));
  assert.deepEqual(others, [], `${what}: the entries share one id`);
  assert.match(id, /^[0-9a-f-]{36}$/, what);
  const own = graph.filter(({ path }) => !OF_THE_FEED.test(path));
  assert.deepEqual(
    [...new Set(own.map(({ clientRequestId }) => clientRequestId))].filter((one) => one !== id),
    [],
    what,
  );
  assert.deepEqual(
    [...new Set(teams.map(({ requestId }) => requestId))].filter((one) => one !== id),
    [],
    what,
  );
  for (const { clientRequestId } of graph.filter(({ path }) => OF_THE_FEED.test(path))) {
    assert.notEqual(clientRequestId, id, `${what}: a round of the feed belongs to nobody's click`);
  }
  return id;
}

describe('One id for everything that a message or a click leads to', function () {
  this.timeout(60_000);
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk({ also: [TOM, NOAH] });
  });
  afterEach(() => helpdesk.close());

  it('is the same in the ledger, in the requests to Graph and in the messages to Teams, through a whole case', async () => {
    const press =
      (verb: string, ...more: unknown[]) =>
      () =>
        helpdesk.presses(TESS, verb, ...(more as [Record<string, string>?, { with: Record<string, string> }?]));
    const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['opening', () => helpdesk.says(TESS, 'Lena Hartmann is locked out')],
      ['methods', press('tick-methods')],
      ['number', press('choose-callback')],
      [
        'callback',
        () => {
          helpdesk.pass(A_CALL);
          return helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
        },
      ],
      ['pass', press('issue-pass')],
      ['read out', press('pass-read-out')],
      ['objection', () => helpdesk.presses(LENA, 'not-me')],
    ];
    const all: string[] = [];
    let graph = 0;
    let teams = 0;
    for (const [what, work] of steps) {
      const traces = await during(helpdesk, work);
      all.push(onlyIdOf(what, traces));
      graph += traces.graph.filter(({ path }) => !OF_THE_FEED.test(path)).length;
      teams += traces.teams.length;
    }
    assert.equal(new Set(all).size, steps.length, 'each action has an id of its own');
    assert.ok(graph > 20 && teams > 10, `${graph} requests to Graph and ${teams} to Teams were compared`);
    assert.ok(
      (await helpdesk.ledger()).every(({ turn }) => turn !== undefined),
      'also what the bot writes about itself',
    );
    const order = helpdesk.tenant.control
      .journal()
      .find(({ method, path }) => method === 'POST' && /temporaryAccess/.test(path));
    const intent = (await helpdesk.ledger()).find(({ code }) => code === 'pass.create.intent');
    assert.equal(order?.clientRequestId, intent?.turn);
    assert.equal(order?.clientRequestId, intent?.intentId, 'the order still names its intent');
  });

  it('is never that of somebody else who acts at the same moment', async () => {
    const sides = [
      { technician: TESS, caller: LENA },
      { technician: TOM, caller: NOAH },
    ] as const;
    const { entries, graph, teams } = await during(helpdesk, () =>
      Promise.all(
        sides.map(({ technician, caller }) =>
          helpdesk.teams.delivery.say(technician, `${caller.userPrincipalName} is locked out`),
        ),
      ),
    );
    for (const [side, { technician, caller }] of sides.entries()) {
      const other = sides[1 - side] ?? assert.fail();
      const own = entries.filter(({ actor }) => actor === technician.id);
      const [id = '', ...others] = new Set(own.map(({ turn }) => turn));
      assert.deepEqual(others, []);
      assert.deepEqual(
        [...new Set(entries.filter(({ turn }) => turn === id).map(({ about }) => about))].filter(
          (about) => about !== null,
        ),
        [caller.id],
      );
      const asked = graph.filter(({ clientRequestId }) => clientRequestId === id);
      assert.ok(asked.some(({ path, query }) => `${path}${query}`.includes(caller.id)));
      assert.ok(asked.every(({ path, query }) => !`${path}${query}`.includes(other.caller.id)));
      const written = teams.filter(({ requestId }) => requestId === id);
      assert.ok(written.length > 0);
      assert.ok(written.every(({ path }) => !path.includes(other.technician.id)));
    }
  });

  it('is another one for each run of the bot by itself', async () => {
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    await helpdesk.presses(TESS, 'tick-methods', { atHand: '' });
    await helpdesk.presses(TESS, 'seen-in-person', { place: 'Reception' });
    const before = new Set((await helpdesk.ledger()).map(({ turn }) => turn));
    const first = await during(helpdesk, () => (helpdesk.pass(16), helpdesk.tick()));
    const turns = new Set(first.entries.map(({ turn }) => turn));
    assert.equal(turns.size, 1);
    assert.ok([...turns].every((turn) => turn !== undefined && !before.has(turn)));
  });

  it('stands on the apology in its short form, and in full in the line of the log', async () => {
    await helpdesk.says(TESS, 'help'); // who Tess is, is known from here on
    helpdesk.tenant.control.fault({ kind: 'status', status: 503, path: '/**' });
    const apology = words(await helpdesk.says(TESS, 'Lena Hartmann is locked out'));
    const [line = ''] = helpdesk.logLines().filter((one) => one.includes('a turn failed'));
    const { turn = '', reference } = JSON.parse(line) as { readonly turn?: string; readonly reference: string };
    assert.equal(reference, turn.slice(0, 8));
    assert.ok(apology.includes(reference), apology);
    assert.equal((await helpdesk.ledger())[0]?.turn, turn);
  }).timeout(40_000);
});

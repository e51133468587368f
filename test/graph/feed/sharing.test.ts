/** What cases share of the feed, what it costs, and what happens when something beside Graph fails. */
import assert from 'node:assert/strict';
import { rounds as inLane } from '../../lane.ts';
import type { Instant, PersonId } from '../../../src/procedure/facts.ts';
import { LENA, NOAH, person, SOFIA } from '../../tenant/tenant.ts';
import { closeFollowed, follow, MINUTE, SECOND } from './followed.ts';

const FEED = /users\/delta|directoryAudits|riskyUsers/;

describe('A look at the tenant that cases share', () => {
  afterEach(closeFollowed);

  const rounds = (all: readonly { readonly path: string }[]): readonly string[] =>
    all.flatMap(({ path }) => FEED.exec(path) ?? []).toSorted();

  it('is one round for everybody who asks in the same moment', async () => {
    const { tenant, directory, requests } = await follow();
    tenant.clock.now += MINUTE;
    requests('');
    await Promise.all([LENA, NOAH, SOFIA, person(20)].map((user) => directory().readSnapshot(user as PersonId)));
    assert.deepEqual(rounds(requests('')), ['directoryAudits', 'riskyUsers', 'users/delta']);
  });

  it('is not taken again when one began a moment ago', async () => {
    const { tenant, facts, requests } = await follow();
    tenant.clock.now += MINUTE;
    await facts(LENA);
    requests('');
    tenant.clock.now += 1900;
    await facts(NOAH);
    assert.deepEqual(rounds(requests('')), []);
    tenant.clock.now += 200;
    await facts(NOAH);
    assert.deepEqual(rounds(requests('')), ['riskyUsers', 'users/delta']);
    tenant.clock.now += 6000;
    await facts(NOAH);
    assert.deepEqual(rounds(requests('')), ['directoryAudits', 'riskyUsers', 'users/delta']);
  });

  it('shows up to when changes were seen', async () => {
    const { tenant, directory, facts, now } = await follow({ quiet: true });
    assert.equal(directory().changesSeenUpTo(), null);
    await directory().feed.firstRounds();
    assert.equal(directory().changesSeenUpTo(), now());
    tenant.clock.now += MINUTE;
    await facts(LENA);
    assert.equal(directory().changesSeenUpTo(), now());
  });

  it('is taken at the audit log on request, however lately it was read', async () => {
    const { tenant, pass, directory } = await follow();
    await pass(MINUTE);
    const since = tenant.clock.now as Instant;
    tenant.control.selfService({ user: SOFIA, outcome: 'success' });
    const read = () => directory().selfServiceEvents(since, [SOFIA] as PersonId[]);
    const before = await read();
    assert.ok(before.kind === 'read');
    assert.deepEqual(before.value, []);
    await directory().readLogNow();
    const after = await read();
    assert.ok(after.kind === 'read');
    assert.equal(after.value.at(-1)?.progress.step, 'succeeded');
  });

  it('does not need the clock to go forward: set back an hour, the feed goes on', async () => {
    let ticks = 0; // the clock of the limits is another one, which nobody sets
    const { tenant, pass, requests } = await follow({ directory: { clock: () => (ticks += 5 * SECOND) } });
    await pass(MINUTE);
    tenant.clock.now -= 60 * MINUTE;
    requests('');
    await pass(MINUTE);
    assert.ok(rounds(requests('')).length >= 3 * 3);
  });
});

/** How long the helpdesk is busy. */
const MINUTES = inLane({ quick: 5, full: 20 });

describe('The limits of Microsoft', () => {
  afterEach(closeFollowed);

  it('are kept with twelve cases a minute, their explanations, and the history: nothing of ours is answered 429', async () => {
    const { tenant, directory, requests, now } = await follow({
      seed: (seed) => {
        seed.settings = { throttling: true };
        seed.audits = Array.from({ length: 3000 }, (_, n) => ({
          at: `-${n * 14 + 30}m`,
          service: 'Core Directory' as const,
          activity: 'Update user',
          target: NOAH,
        }));
      },
    });
    const people = [10, 12, 13, 14, 15, 19, 20, 23, 24, 25].map(person);
    const began = now();
    let cases = 0;
    for (let second = 0; second < MINUTES * 60; second += 1) {
      tenant.clock.now += SECOND;
      await directory().feed.runDue();
      if (second % 60 < 48 && second % 4 === 0) {
        const caller = people[cases % people.length] as PersonId;
        cases += 1;
        const twice = second % 8 === 0; // opened, and a moment later read again before a pass
        const read = [directory().readSnapshot(caller), ...(twice ? [directory().readSnapshot(caller)] : [])];
        await Promise.all([...read, directory().readSignIns(caller, began)]);
      }
    }
    const all = requests('');
    assert.equal(cases, 12 * MINUTES);
    assert.deepEqual(
      all.filter(({ status }) => status === 429).map(({ path, at }) => `${path} ${at - began}`),
      [],
    );
    const signIns = all.filter(({ path }) => path.endsWith('/signIns'));
    assert.equal(signIns.length, cases, 'every case has its explanation');
  }).timeout(120_000);

  it('of each kind are waited out when others use them up: 429 with and without a time', async () => {
    const { tenant, pass, reports, status } = await follow();
    const busy = { kind: 'status', status: 429, code: 'TooManyRequests' } as const;
    for (const [path, retryAfter] of [
      ['/v1.0/auditLogs/**', '7.5'],
      ['/v1.0/users/delta', '3'],
      ['/v1.0/identityProtection/**', undefined],
    ] as const) {
      tenant.control.fault({ ...busy, path, times: 3, ...(retryAfter !== undefined && { retryAfter }) });
    }
    await pass(3 * MINUTE);
    for (const source of ['audit', 'people', 'risk'] as const)
      assert.equal((await status(source)).trouble, null, source);
    const troubled = reports.filter(({ kind }) => kind === 'trouble').map(({ source }) => source);
    assert.ok(troubled.every((source) => ['audit', 'people', 'risk'].includes(source)));
  });
});

describe('A database that fails', () => {
  afterEach(closeFollowed);

  it('leaves what it knows unread, throws nothing, and is told in the log', async () => {
    const { tenant, index, facts, directory, reports, pass } = await follow();
    index.broken = true;
    tenant.clock.now += MINUTE;
    const broken = await facts(LENA);
    assert.ok(broken.numbers.kind === 'read');
    for (const { age } of broken.numbers.value) assert.deepEqual(age, { kind: 'unread', why: 'unreachable' });
    assert.deepEqual(
      [broken.risk.kind, broken.registration.kind, broken.managerAge.kind],
      ['unread', 'unread', 'unread'],
    );
    assert.equal((await directory().selfServiceEvents(0 as never, [LENA as PersonId])).kind, 'unread');
    await pass(20 * SECOND);
    assert.ok(reports.some((report) => report.kind === 'trouble' && report.why === 'index'));
    index.broken = false;
    await pass(2 * MINUTE);
    assert.equal((await facts(LENA)).risk.kind, 'read');
  });
});

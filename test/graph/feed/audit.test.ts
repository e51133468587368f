/** The audit log: a tail that misses nothing late, and a history that claims no more than it read. */
import assert from 'node:assert/strict';
import { logWatched } from '../../../src/graph/feed/audit-reach.ts';
import type { TenantEvent } from '../../../src/casework/ports/tenant-index.ts';
import type { Instant, PersonId } from '../../../src/procedure/facts.ts';
import { LENA, NOAH, onlyPlan, person, SOFIA, START } from '../../tenant/tenant.ts';
import type { SeedInput } from '../../tenant/tenant.ts';
import { agoOf, closeFollowed, DAY, follow, HOUR, MINUTE, SECOND } from './followed.ts';
import type { Followed } from './followed.ts';

const AUDITS = '/directoryAudits';
const reach = async ({ index }: Followed) => logWatched(await index.sources());
const eventsOf = async ({ index }: Followed, user: string, since = 0): Promise<readonly TenantEvent['what'][]> =>
  (await index.eventsAbout([user as PersonId], since as Instant)).map(({ what }) => what);

describe('The tail of the audit log', () => {
  afterEach(closeFollowed);

  it('takes one request every ten seconds for the whole tenant, for the three services that matter', async () => {
    const { pass, requests } = await follow();
    requests('');
    await pass(MINUTE);
    const rounds = requests(AUDITS);
    assert.equal(rounds.length, 6);
    for (const { query } of rounds) {
      const text = decodeURIComponent(query).replaceAll('+', ' ');
      for (const service of ['Authentication Methods', 'Self-service Password Management', 'Core Directory']) {
        assert.ok(text.includes(`loggedByService eq '${service}'`), service);
      }
    }
  });

  it('finds every entry once, however late and in whatever order the log shows it', async () => {
    const followed = await follow();
    const { tenant, pass } = followed;
    tenant.control.timing({ to: 'as-microsoft', randomSeed: 7 });
    const since = tenant.clock.now;
    for (let n = 0; n < 20; n += 1) {
      tenant.control.selfService({ user: n % 2 === 0 ? LENA : SOFIA, outcome: 'success' });
      await pass(20 * SECOND);
    }
    await pass(20 * MINUTE);
    const events = (await Promise.all([LENA, SOFIA].map((user) => eventsOf(followed, user, since)))).flat();
    const succeeded = events.filter((what) => what.kind === 'self-service' && what.progress.step === 'succeeded');
    const logged = tenant.control.journal().length; // requests, not entries: every entry came many times
    assert.ok(logged > 20);
    assert.equal(succeeded.length, 40, 'two entries for each of twenty resets');
  });

  it('reads page after page, also when it has to stop between two of them', async () => {
    const followed = await follow({
      seed: (seed) => {
        seed.settings = { throttling: false };
      },
    });
    const { tenant, pass, restart, status } = followed;
    await pass(MINUTE);
    const before = (await status('audit')).seenUpTo;
    tenant.control.settings({ pageSize: 2 });
    const since = tenant.clock.now;
    for (let n = 0; n < 6; n += 1) tenant.control.selfService({ user: LENA, outcome: 'success' });
    await pass(10 * SECOND);
    const middle = await status('audit');
    assert.notEqual(middle.cursor, null, 'it is not at the end yet');
    assert.equal(middle.seenUpTo, before, 'and does not say it is');
    await restart();
    await pass(2 * MINUTE);
    tenant.control.settings({ pageSize: null });
    await pass(30 * SECOND);
    const events = await eventsOf(followed, LENA, since);
    assert.equal(
      events.filter((what) => what.kind === 'self-service' && what.progress.step === 'succeeded').length,
      12,
    );
    assert.equal((await status('audit')).cursor, null);
  });

  it('reads after a pause of some days what happened meanwhile, and has no gap', async () => {
    const followed = await follow();
    const { tenant, pass, restart, status } = followed;
    await pass(MINUTE);
    const { observedSince } = await status('audit');
    tenant.clock.now += 3 * DAY;
    tenant.control.selfService({ user: LENA, outcome: 'success' });
    tenant.clock.now += 3 * DAY;
    await restart();
    assert.equal((await status('audit')).observedSince, observedSince);
    assert.ok((await eventsOf(followed, LENA)).some((what) => what.kind === 'self-service'));
  });

  it('has a gap after a pause longer than the log is kept, and no older history joins it any more', async () => {
    const followed = await follow();
    const { tenant, pass, restart, reports } = followed;
    await pass(5 * MINUTE);
    assert.ok(((await reach(followed))?.since ?? Infinity) < START - 29 * DAY);
    tenant.clock.now += 40 * DAY;
    await restart();
    const after = await reach(followed);
    assert.ok((after?.since ?? 0) >= tenant.clock.now - 30 * DAY);
    assert.ok(reports.some((report) => report.kind === 'gap' && report.source === 'audit'));
  });

  it('says how far a caller came with a reset, and "unread" when it was not read for twenty minutes', async () => {
    const { tenant, pass, directory, restart } = await follow();
    await pass(MINUTE);
    const since = tenant.clock.now as Instant;
    tenant.control.selfService({ user: SOFIA, outcome: 'success' });
    await pass(10 * SECOND);
    const read = () => directory().selfServiceEvents(since, [SOFIA, LENA] as PersonId[]);
    const events = await read();
    assert.ok(events.kind === 'read');
    assert.equal(events.value.at(-1)?.progress.step, 'succeeded');
    assert.ok(events.value.every(({ about }) => about === SOFIA));
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/auditLogs/**' });
    await pass(19 * MINUTE);
    assert.ok((await read()).kind === 'read');
    await pass(2 * MINUTE);
    assert.deepEqual(await read(), { kind: 'unread', why: 'unreachable' });
    tenant.control.clearFaults();
    await restart();
    assert.ok((await read()).kind === 'read');
  });

  it('knows passes, resets by administrators and changes of methods by whatever spelling', async () => {
    const said = (activity: string, reason: string, service = 'Authentication Methods') =>
      ({ at: '-1m', service, activity, reason, target: LENA, by: person(18) }) as const;
    const followed = await follow({
      seed: (seed) => {
        seed.audits = [
          said('Admin registered security info', 'Admin registered temporary access pass method for user'),
          said('Admin deleted security info', 'Admin deleted Temporary Access Pass for user'),
          said('Reset password (by admin)', 'Successfully completed reset.', 'Self-service Password Management'),
          said('Reset user password', '', 'Core Directory'),
          said('User registered security info', 'User registered Mobile Phone SMS'),
          said('Authentication Methods Policy Update', ''),
        ] as SeedInput['audits'];
      },
    });
    await followed.pass(10 * SECOND);
    const kinds = (await eventsOf(followed, LENA)).map(({ kind }) => kind).toSorted();
    assert.deepEqual(kinds, [
      'pass-created',
      'pass-deleted',
      'reset-by-administrator',
      'reset-by-administrator',
      'security-info',
    ]);
    assert.deepEqual(await eventsOf(followed, person(18)), [{ kind: 'policy-changed' }]);
  });

  it('forgets events after five weeks, and keeps what they told about numbers', async () => {
    const followed = await follow();
    const { tenant, pass, fact } = followed;
    await pass(MINUTE);
    tenant.control.changeNumber({ user: LENA, which: 'registered-mobile', number: '+49 151 1234567' });
    await pass(10 * SECOND);
    const changed = await fact(LENA, 'method:phones');
    assert.notEqual(changed?.changedAt ?? null, null);
    for (let days = 0; days < 36; days += 1) {
      tenant.clock.now += DAY;
      await pass(10 * SECOND);
    }
    assert.deepEqual(await eventsOf(followed, LENA), []);
    assert.deepEqual(await fact(LENA, 'method:phones'), changed);
  });
});

describe('The history of the audit log', () => {
  afterEach(closeFollowed);

  const entries =
    (count: number, everyMinutes: number) =>
    (seed: SeedInput): void => {
      seed.audits = Array.from({ length: count }, (_, n) => ({
        at: `-${n * everyMinutes + 30}m`,
        service: 'Core Directory' as const,
        activity: 'Update group',
        target: NOAH,
      }));
    };

  it('is read back thirty days where the tenant has a plan, and seven where it has none', async () => {
    for (const [plan, days] of [
      [null, 30],
      ['EXCHANGE_S_ENTERPRISE', 7],
    ] as const) {
      const followed = await follow({
        seed: (seed) => {
          if (plan !== null) onlyPlan(seed, plan);
        },
      });
      await followed.pass(2 * MINUTE);
      const since = (await reach(followed))?.since ?? 0;
      assert.ok(Math.abs(since - (START - days * DAY)) <= 2 * HOUR, `${(START - since) / DAY} days`);
    }
  });

  it('claims no more than the pages it read, goes on after a restart, and never crowds out the tail', async () => {
    const followed = await follow({ seed: entries(4000, 10) });
    const { tenant, pass, restart, status, requests } = followed;
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/auditLogs/**', times: 1 });
    const oldest = Math.min(START, (await status('audit-history')).observedSince ?? START);
    assert.ok(oldest > START - 29 * DAY, 'it is not at the end yet');
    const claimed = await reach(followed);
    assert.equal(claimed?.since, Math.min(oldest, (await status('audit')).observedSince ?? START));
    await restart();
    await pass(2 * MINUTE);
    const journal = requests(AUDITS);
    assert.ok(journal.every(({ status: code }) => code === 200 || code === 503));
    assert.ok(((await reach(followed))?.since ?? 0) <= START - 30 * DAY + 2 * HOUR);
    assert.equal((await status('audit')).trouble, null);
  });

  it('goes further back as soon as it is known that the tenant has a plan', async () => {
    const followed = await follow({ quiet: true });
    const { tenant, pass } = followed;
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/reports/**' });
    await pass(5 * MINUTE);
    assert.ok(((await reach(followed))?.since ?? 0) >= START - 7 * DAY);
    tenant.control.clearFaults();
    await pass(5 * MINUTE);
    assert.ok(((await reach(followed))?.since ?? 0) <= START - 29 * DAY);
  });

  it('makes a number that was changed last week a week old, and others a month', async () => {
    const followed = await follow({
      seed: (seed) => {
        seed.audits = [
          {
            at: '-8d',
            service: 'Core Directory',
            activity: 'Update user',
            target: LENA,
            changed: [{ property: 'TelephoneNumber', from: ['1'], to: ['2'] }],
          },
        ];
      },
    });
    await followed.pass(25 * MINUTE);
    const office = agoOf(await followed.age(LENA, 'business-phone'), followed.now());
    const mobile = agoOf(await followed.age(LENA, 'mobile-phone'), followed.now());
    assert.ok(office?.changed === true && Math.round(office.ms / DAY) === 8);
    assert.ok(mobile?.changed === false && mobile.ms > 29 * DAY);
  });
});

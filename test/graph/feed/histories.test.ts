/**
 * Generated histories over the emulated tenant: numbers, managers and registered phones change at any moment, the change feed
 * is late, the audit log is later or never tells, the bot restarts, Graph forgets where the feed was, and sources fail. At every
 * look, nothing may be said to be unchanged since before its last change.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Instant, NumberOnRecord } from '../../../src/procedure/facts.ts';
import { rounds, SAMPLE_SEED } from '../../lane.ts';
import { LENA, person } from '../../tenant/tenant.ts';
import { closeFollowed, follow, MINUTE, SECOND } from './followed.ts';
import type { Followed } from './followed.ts';

const PEOPLE = [10, 12, 13, 14, 15, 19, 20, 23].map(person);
const WHAT = ['businessPhones', 'mobilePhone', 'registered-mobile', 'manager'] as const;
type What = (typeof WHAT)[number];

const after = fc.integer({ min: 1, max: 4 * 60 }); // seconds since the step before
const user = fc.constantFrom(...PEOPLE);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('look' as const), after, user }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: fc.constant('change' as const), after, user, what: fc.constantFrom(...WHAT) },
      audited: fc.boolean(),
    }),
  },
  // What an attacker does: they change a number, and call.
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: fc.constant('attack' as const), after, user, what: fc.constantFrom(...WHAT) },
      ...{ audited: fc.boolean(), callsAfter: fc.nat(150) },
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('nothing' as const), after }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ kind: fc.constant('fail' as const), after },
      path: fc.constantFrom('/v1.0/users/delta', '/v1.0/auditLogs/**', '/v1.0/users'),
      times: fc.integer({ min: 1, max: 12 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), after }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), after }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), after }) },
);
const history = fc.record({
  /** How late the change feed and the audit log are, in seconds. */
  feedDelay: fc.integer({ min: 0, max: 105 }),
  logDelay: fc.integer({ min: 0, max: 19 * 60 }),
  /** How often the list of everybody fails before it can be read: as long as it was not, nobody's numbers are known. */
  listFails: fc.constantFrom(0, 0, 3, 1000),
  steps: fc.array(step, { minLength: 15, maxLength: 40 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const SOURCES: Readonly<Record<NumberOnRecord['source'], What>> = {
  'directory-office': 'businessPhones',
  'directory-mobile': 'mobilePhone',
  'registered-mobile': 'registered-mobile',
  'registered-alternate': 'registered-mobile',
  'registered-office': 'registered-mobile',
};

class Run {
  readonly changedAt = new Map<string, number>();
  looks = 0;
  trusted = 0;
  private fresh = 0;
  private readonly followed: Followed;

  constructor(followed: Followed) {
    this.followed = followed;
  }

  /** The feed reads what is due every few seconds, also between the steps. */
  private async wait(seconds: number): Promise<void> {
    const { tenant, directory } = this.followed;
    for (let left = seconds; left > 0; left -= 30) {
      tenant.clock.now += Math.min(30, left) * SECOND;
      await directory().feed.runDue();
    }
  }

  async take(one: Step): Promise<void> {
    const { tenant, restart } = this.followed;
    await this.wait(one.after);
    switch (one.kind) {
      case 'attack':
        this.change(one.user, one.what, one.audited);
        await this.wait(one.callsAfter);
        return this.look(one.user);
      case 'look':
        return this.look(one.user);
      case 'change': {
        this.change(one.user, one.what, one.audited);
        return;
      }
      case 'fail': {
        tenant.control.fault({ kind: 'status', status: 503, path: one.path, times: one.times });
        return;
      }
      case 'restart':
        return restart();
      case 'forget': {
        tenant.control.expireDeltaTokens({});
        return;
      }
      case 'repeat': {
        tenant.control.repeatDelta({ kind: 'replay' });
        return;
      }
      case 'nothing':
        return undefined;
    }
  }

  private change(who: string, what: What, audited: boolean): void {
    const { control, clock } = this.followed.tenant;
    this.fresh += 1;
    // Always another one: a value that comes back is the same one again.
    if (what === 'manager') control.changePerson({ user: who, manager: person(13 + (this.fresh % 12)) });
    else control.changeNumber({ user: who, which: what, number: `+49 151 ${1_000_000 + this.fresh}`, audited });
    if (what === 'manager' && this.fresh > 12) return; // a manager may come back
    this.changedAt.set(`${who} ${what}`, clock.now);
  }

  private async look(who: string): Promise<void> {
    const { tenant, facts } = this.followed;
    const asked = tenant.clock.now;
    const { numbers, managerAge } = await facts(who);
    assert.ok(numbers.kind === 'read');
    const ages = [
      ...numbers.value.map(({ source, age }) => ({ what: SOURCES[source], age })),
      { what: 'manager' as const, age: managerAge },
    ];
    for (const { what, age } of ages) {
      const changed = this.changedAt.get(`${who} ${what}`);
      this.looks += 1;
      if (age.kind !== 'read' || age.value === null) continue;
      this.trusted += asked - age.value.since > 14 * 24 * 60 * MINUTE ? 1 : 0;
      assert.ok(
        changed === undefined || age.value.since >= changed,
        `${what}: unchanged for ${(asked - age.value.since) / SECOND} s, changed ${(asked - (changed ?? 0)) / SECOND} s ago`,
      );
    }
  }
}

describe('Whatever happens in a tenant', () => {
  afterEach(closeFollowed);

  const histories = rounds({ quick: 2, full: 200 });
  it(`a number, a manager or a phone is never said to be unchanged since before it changed, in ${histories} of ${histories} histories`, async () => {
    let looks = 0;
    let trusted = 0;
    await fc.assert(
      fc.asyncProperty(history, async ({ feedDelay, logDelay, listFails, steps }) => {
        const followed = await follow({ quiet: true });
        const { control } = followed.tenant;
        if (listFails > 0) control.fault({ kind: 'status', status: 503, path: '/v1.0/users', times: listFails });
        await followed.directory().feed.firstRounds();
        control.settings({
          ...{ throttling: false, deltaDelaySeconds: feedDelay, auditDelaySeconds: logDelay },
        });
        const run = new Run(followed);
        for (const one of steps) {
          // Without the list, what changes in a gap of the feed, and in no log, cannot be known to anybody.
          if (listFails === 0 || one.kind !== 'forget') await run.take(one);
        }
        looks += run.looks;
        trusted += run.trusted;
        await closeFollowed();
      }),
      { numRuns: histories, seed: SAMPLE_SEED },
    );
    assert.ok(looks > histories * 10, `${looks} looks`);
    assert.ok(trusted > histories, `${trusted} of them at something unchanged for more than two weeks`);
  }).timeout(600_000);

  it('nothing is lost for good: half an hour after the last change all that did not change is trusted again', async () => {
    const followed = await follow();
    const { tenant, pass, facts, now } = followed;
    tenant.control.timing({ to: 'as-microsoft' });
    tenant.control.changeNumber({ user: LENA, which: 'mobilePhone', number: '+49 151 9999999' });
    tenant.control.expireDeltaTokens({});
    await pass(35 * MINUTE);
    const { numbers } = await facts(LENA);
    assert.ok(numbers.kind === 'read');
    const days = (source: NumberOnRecord['source'], at: Instant): number => {
      const age = numbers.value.find((one) => one.source === source)?.age;
      assert.ok(age?.kind === 'read');
      return Math.floor((at - age.value.since) / (24 * 60 * MINUTE));
    };
    assert.ok(days('directory-office', now()) >= 29);
    assert.equal(days('directory-mobile', now()), 0);
  });
});

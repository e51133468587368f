// What the bot looks at in the tenant before it starts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { Fault } from '../../src/casework/ports/fault.ts';
import { ConfigError } from '../../src/config/config.ts';
import { checkTenant, type CheckedConfig } from '../../src/config/start-checks.ts';
import type { GroupId, Instant } from '../../src/procedure/facts.ts';
import { closeTenants, group, openTenant } from '../tenant/tenant.ts';
import type { SeedInput, TestTenant } from '../tenant/tenant.ts';

const id = (n: number): GroupId => group(n) as GroupId;
const NOBODY = 'ffffffff-ffff-4fff-8fff-ffffffffffff' as GroupId;
const BOT = 'd0000000-0000-4000-8000-000000000002';
const FERNHILL: CheckedConfig = {
  groups: { technician: id(1), approver: id(2), auditor: id(3), lead: id(4) },
  vipGroup: id(5),
  protectedGroups: [id(6), id(9)],
  helpdeskAtMostPercent: 50,
  startPatienceSeconds: 60,
};

interface Checked {
  /** The lines that somebody at the terminal reads; empty when the bot starts. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly pauses: readonly number[];
}

/** Runs the checks as the start does, without pausing. */
async function check(
  tenant: Pick<TestTenant, 'origin'>,
  config: Partial<CheckedConfig> = {},
  during: (pause: number) => void = () => undefined,
): Promise<Checked> {
  const warnings: string[] = [];
  const pauses: number[] = [];
  const runtime = {
    log: pino({ base: null }, { write: (line: string) => void warnings.push(line) }),
    now: () => Date.now() as Instant,
    newId: randomUUID,
    pause: async (milliseconds: number) => {
      pauses.push(milliseconds);
      during(pauses.length);
    },
    wait: () => Promise.resolve(),
  };
  const problems = await checkTenant(
    { ...FERNHILL, ...config },
    { kind: 'emulated', origin: tenant.origin },
    runtime,
  ).then(
    () => [],
    (error: unknown) => {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    },
  );
  return { problems, warnings, pauses };
}

/** Fernhill with another kind of group 1, the technicians. */
const technicians = (change: Partial<NonNullable<SeedInput['groups']>[number]>) => (seed: SeedInput) => {
  const [first] = seed.groups ?? [];
  assert.ok(first?.id === group(1));
  Object.assign(first, change);
};

describe('Before it starts, the bot looks at the tenant', () => {
  afterEach(closeTenants);

  it('and starts at Fernhill without a word', async () => {
    assert.deepEqual(await check(await openTenant()), { problems: [], warnings: [], pauses: [] });
  });

  for (const [what, config, settings] of [
    ['the technicians', { groups: { ...FERNHILL.groups, technician: NOBODY } }, ['HARDLINE_GROUP_TECHNICIANS']],
    ['the approvers', { groups: { ...FERNHILL.groups, approver: NOBODY } }, ['HARDLINE_GROUP_APPROVERS']],
    ['the auditors', { groups: { ...FERNHILL.groups, auditor: NOBODY } }, ['HARDLINE_GROUP_AUDITORS']],
    ['the leads', { groups: { ...FERNHILL.groups, lead: NOBODY } }, ['HARDLINE_GROUP_LEADS']],
    ['the VIPs', { vipGroup: NOBODY }, ['HARDLINE_GROUP_VIP']],
    ['the protected ones', { protectedGroups: [id(6), NOBODY] }, ['HARDLINE_GROUPS_PROTECTED, entry 2']],
    [
      'everybody at once',
      { groups: { technician: NOBODY, approver: NOBODY, auditor: id(3), lead: id(4) }, vipGroup: NOBODY },
      ['HARDLINE_GROUP_TECHNICIANS', 'HARDLINE_GROUP_APPROVERS', 'HARDLINE_GROUP_VIP'],
    ],
  ] as const) {
    it(`and does not start when the group of ${what} does not exist`, async () => {
      const { problems } = await check(await openTenant(), config);
      assert.deepEqual(
        problems,
        settings.map((setting) => `${setting}: the tenant has no group with this id.`),
      );
    });
  }

  it('and does not start when the technicians are no security group', async () => {
    const { problems } = await check(await openTenant(technicians({ securityEnabled: false, microsoft365: true })));
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^HARDLINE_GROUP_TECHNICIANS: this is not a security group/);
  });

  it('and does not start when everybody can make themselves a technician', async () => {
    const open = technicians({ microsoft365: true, visibility: 'Public' });
    assert.match((await check(await openTenant(open))).problems.join('\n'), /can join this group by themselves/);
    const chosen = technicians({ microsoft365: true, visibility: 'Private' });
    assert.deepEqual((await check(await openTenant(chosen))).problems, []);
  });

  it('and does not start when more than half of the organization are technicians, unless somebody says that this is right', async () => {
    const tenant = await openTenant((seed) => {
      technicians({ members: seed.people.map((one) => one.id) })(seed);
    });
    const { problems } = await check(tenant);
    assert.equal(problems.length, 1);
    assert.match(
      problems[0] ?? '',
      /^HARDLINE_GROUP_TECHNICIANS: 32 people .* has \d\d enabled members: more than 50 %/,
    );
    assert.deepEqual((await check(tenant, { helpdeskAtMostPercent: 100 })).problems, []);
    assert.equal((await check(tenant, { helpdeskAtMostPercent: 99 })).problems.length, 1);
    const half = await openTenant((seed) => {
      technicians({ members: seed.people.slice(0, 15).map((one) => one.id) })(seed);
    });
    assert.deepEqual((await check(half)).problems, []);
    assert.equal((await check(half, { helpdeskAtMostPercent: 20 })).problems.length, 1);
  });

  it('counts people who are technicians by another group', async () => {
    const tenant = await openTenant((seed) => {
      seed.groups?.push({ id: group(30), displayName: 'All staff', members: seed.people.map((one) => one.id) });
      technicians({ members: [group(30)] })(seed);
    });
    assert.match((await check(tenant)).problems.join('\n'), /^HARDLINE_GROUP_TECHNICIANS: 32 people/);
  });

  it('and does not start when a rule makes everybody a technician, however few there are today', async () => {
    const tenant = await openTenant(technicians({ membershipRule: '(user.objectId -ne null)' }));
    assert.match((await check(tenant)).problems.join('\n'), /rule takes in everybody/);
    assert.deepEqual(
      (await check(await openTenant(technicians({ membershipRule: 'user.city -eq "X"' })))).problems,
      [],
    );
  });

  it('and does not start with a group whose members Graph hides, unless it may see them', async () => {
    const tenant = await openTenant((seed) => {
      const [, , , , vip, glass] = seed.groups ?? [];
      assert.ok(vip && glass);
      vip.visibility = 'HiddenMembership';
      glass.visibility = 'HiddenMembership';
    });
    assert.deepEqual((await check(tenant)).problems, []);
    tenant.control.permissions({ revoke: ['Member.Read.Hidden'] });
    const { problems } = await check(tenant);
    assert.equal(problems.length, 3);
    assert.match(problems[0] ?? '', /^HARDLINE_GROUP_VIP: its membership is hidden.*Member\.Read\.Hidden/);
    for (const n of [1, 2])
      assert.ok(problems[n]?.startsWith(`HARDLINE_GROUPS_PROTECTED, entry ${n}: its membership is`));
  });

  it('and does not start with a directory role, also one for a part of the tenant or one made there', async () => {
    const scoped = await openTenant((seed) => {
      seed.roles?.push({ principal: BOT, role: 'User Administrator', scope: '/administrativeUnits/x' });
    });
    assert.match((await check(scoped)).problems.join('\n'), /holds the directory role User Administrator\. Remove/);
    const custom = await openTenant((seed) => {
      const role = { id: 'c0000000-0000-4000-8000-0000000000c1', displayName: 'Fernhill Phone Support' };
      seed.customRoles = [{ ...role, holders: [{ principal: BOT }] }];
    });
    assert.match((await check(custom)).problems.join('\n'), /holds the directory role Fernhill Phone Support\. Remove/);
  });

  it('and says everything that is wrong with its rights at once, a line each', async () => {
    const tenant = await openTenant((seed) => {
      seed.otherPermissions = ['Group.ReadWrite.All', 'Something.New.ByMicrosoft', 'Directory.Read.All'];
      seed.botRoles = ['User Administrator'];
      seed.permissions = seed.permissions?.filter((name) => name !== 'AuditLog.Read.All');
    });
    const { problems } = await check(tenant);
    assert.equal(problems.length, 4, problems.join('\n'));
    for (const name of [
      'Group.ReadWrite.All',
      'Something.New.ByMicrosoft',
      'User Administrator',
      'AuditLog.Read.All',
    ]) {
      assert.equal(problems.filter((line) => line.includes(name)).length, 1, name);
    }
  });

  it('waits for a Graph that cannot be reached, and starts as soon as it can', async () => {
    const tenant = await openTenant();
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/**' });
    const { problems, pauses, warnings } = await check(tenant, {}, (pause) => {
      if (pause === 3) tenant.control.clearFaults();
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(pauses, [1000, 2000, 4000]);
    assert.equal(warnings.length, 3);
    assert.match(warnings[0] ?? '', /not started yet: the checks at the start: unreachable/);
  });

  it('gives up after as long as configured, and says that this may pass', async () => {
    const tenant = await openTenant();
    tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/groups/*' });
    const start = check(tenant, { startPatienceSeconds: 20 });
    await assert.rejects(start, (error) => error instanceof Fault && error.code === 'directory-unreachable');
    await assert.rejects(check({ origin: 'http://127.0.0.1:1' }, { startPatienceSeconds: 0 }), (error) => {
      return error instanceof Fault && error.code === 'directory-unreachable';
    });
  });

  for (const [what, path] of [
    ['the groups', '/v1.0/groups/*'],
    ['how many are in them', '/v1.0/groups/*/transitiveMembers/**'],
    ['how many people there are', '/v1.0/users'],
    ['its own roles', '/v1.0/roleManagement/**'],
  ] as const) {
    it(`never starts on a guess: without ${what} it does not`, async () => {
      for (const trouble of [{ kind: 'status', status: 403 }, { kind: 'wrong-json' }, { kind: 'missing' }] as const) {
        const tenant = await openTenant();
        tenant.control.fault({ ...trouble, path });
        await assert.rejects(check(tenant, { startPatienceSeconds: 0 }), Fault);
      }
    });
  }

  it('looks at many protected groups', async () => {
    const many = Array.from({ length: 45 }, (_, n) => id(40 + n));
    const tenant = await openTenant((seed) => {
      seed.groups?.push(...many.map((one) => ({ id: one, displayName: one })));
    });
    assert.deepEqual((await check(tenant, { protectedGroups: many })).problems, []);
    assert.equal((await check(tenant, { protectedGroups: [...many, NOBODY] })).problems.length, 1);
  });
});

/**
 * What every Directory must do, in calls of the port alone.
 * Nothing is asserted here that a real tenant with the same people would not show. An operator who
 * wants to run it against a test tenant hands in a `start` that names their own people.
 */
import assert from 'node:assert/strict';
import type { Directory } from '../../src/casework/ports/directory.ts';
import type { PassOrder } from '../../src/procedure/case.ts';
import type { GroupId, Instant, PersonId, Reading } from '../../src/procedure/facts.ts';

/** What the suite needs of a tenant: the directory on it, who is who, and the time. */
export interface DirectoryUnderTest {
  readonly directory: Directory;
  readonly now: () => Instant;
  readonly people: Readonly<
    Record<
      | 'ordinary'
      | 'administrator'
      | 'eligible'
      | 'inRoleGroup'
      | 'eligibleForRoleGroup'
      | 'vip'
      | 'protected'
      | 'inHiddenGroup'
      | 'excluded'
      | 'guest',
      PersonId
    >
  >;
  readonly ordinary: { readonly upn: string; readonly employeeId: string; readonly manager: PersonId };
  readonly namesakes: { readonly name: string; readonly count: number };
  readonly groups: { readonly vip: GroupId; readonly technicians: GroupId };
  readonly aTechnician: PersonId;
  close(): Promise<void>;
}

const NOBODY = 'a0000000-0000-4000-8000-0000000000ff' as PersonId;

function value<T>(reading: Reading<T>): T {
  assert.ok(reading.kind === 'read', `was not read: ${reading.kind === 'read' ? '' : reading.why}`);
  return reading.value;
}

/** The suite. `start` gives a fresh tenant for every test. */
export function directoryContract(name: string, start: () => Promise<DirectoryUnderTest>): void {
  describe(`contract of the directory: ${name}`, () => {
    let test: DirectoryUnderTest;
    beforeEach(async () => (test = await start()));
    afterEach(() => test.close());
    const order = (more: Partial<PassOrder> = {}): PassOrder => ({
      orderId: '5f0e9a6e-6f6a-4f4e-8f6e-000000000001',
      lifetimeMinutes: 60,
      oneTime: false,
      orderedAt: test.now(),
      passBefore: null,
      ...more,
    });
    const factsOf = async (person: PersonId) => (await test.directory.readSnapshot(person)).facts;

    it('finds a person by user principal name in any case, and nobody else', async () => {
      const found = await test.directory.findPeople(test.ordinary.upn.toUpperCase(), 5);
      assert.deepEqual(
        found.map(({ id }) => id),
        [test.people.ordinary],
      );
    });

    it('finds a person by employee id', async () => {
      const found = await test.directory.findPeople(test.ordinary.employeeId, 5);
      assert.deepEqual(
        found.map(({ id }) => id),
        [test.people.ordinary],
      );
    });

    it('shows everybody with the same name', async () => {
      const found = await test.directory.findPeople(test.namesakes.name, 10);
      assert.equal(found.length, test.namesakes.count);
    });

    it('shows no more people than were asked for', async () => {
      assert.equal((await test.directory.findPeople(test.namesakes.name, 1)).length, 1);
    });

    for (const text of [
      "' or 1 eq 1 or '",
      '#',
      '&$top=999',
      '"',
      '\\',
      '%27',
      '   ',
      'https://evil.example/v1.0/users',
      '../me',
    ]) {
      it(`finds nobody for ${JSON.stringify(text)}, and breaks nothing`, async () => {
        assert.deepEqual(await test.directory.findPeople(text, 5), []);
      });
    }

    it('knows one person by id, and says so when there is none', async () => {
      const person = await test.directory.person(test.people.ordinary);
      assert.equal(person?.userPrincipalName.toLowerCase(), test.ordinary.upn.toLowerCase());
      assert.equal(await test.directory.person(NOBODY), null);
    });

    it('reads every part of an ordinary caller', async () => {
      const { facts, profile } = await test.directory.readSnapshot(test.people.ordinary);
      for (const [part, reading] of Object.entries(facts)) {
        if (typeof reading === 'object') assert.ok(reading.kind === 'read', `${part} was not read`);
      }
      assert.equal(value(facts.manager), test.ordinary.manager);
      assert.deepEqual(value(facts.account), {
        enabled: true,
        kind: 'member',
        synced: false,
        managementRestricted: false,
      });
      assert.deepEqual(value(facts.activeRoles), []);
      assert.deepEqual(value(facts.eligibleRoles), []);
      assert.ok(value(facts.passPolicy).callerInScope);
      const numbers = value(facts.numbers);
      assert.ok(numbers.length > 0);
      assert.deepEqual(
        profile?.numbers.map(({ ref }) => ref),
        numbers.map(({ ref }) => ref),
      );
    });

    it('keeps full numbers and addresses out of the facts', async () => {
      const { facts, profile } = await test.directory.readSnapshot(test.people.ordinary);
      const stored = JSON.stringify(facts);
      for (const { display } of profile?.numbers ?? []) assert.ok(!stored.includes(display.slice(-6)));
      assert.ok(!stored.includes('@'));
    });

    it('sees a role that is held, one that could be activated, and a group that may hold roles', async () => {
      assert.ok(value((await factsOf(test.people.administrator)).activeRoles).length > 0);
      assert.ok(value((await factsOf(test.people.eligible)).eligibleRoles).length > 0);
      assert.ok(value((await factsOf(test.people.inRoleGroup)).groups).inRoleAssignableGroup);
      assert.equal(value((await factsOf(test.people.ordinary)).groups).inRoleAssignableGroup, false);
    });

    it('counts somebody who could make themselves a member of a group that may hold roles as one who is in it', async () => {
      assert.ok(value((await factsOf(test.people.eligibleForRoleGroup)).groups).inRoleAssignableGroup);
    });

    it('sees who is in a protected group that hides its members', async () => {
      assert.ok(value((await factsOf(test.people.inHiddenGroup)).groups).inProtectedGroup);
    });

    it('sees protected people, VIPs, guests and people outside the pass policy', async () => {
      assert.ok(value((await factsOf(test.people.vip)).groups).inVipGroup);
      assert.ok(value((await factsOf(test.people.protected)).groups).inProtectedGroup);
      assert.equal(value((await factsOf(test.people.guest)).account).kind, 'external-guest');
      assert.equal(value((await factsOf(test.people.excluded)).passPolicy).callerInScope, false);
    });

    it('reads nothing about somebody it does not know, and does not throw', async () => {
      const { facts, profile } = await test.directory.readSnapshot(NOBODY);
      assert.equal(profile, null);
      for (const part of ['account', 'methods', 'groups', 'numbers', 'manager'] as const) {
        assert.equal(facts[part].kind === 'read', false, part);
      }
    });

    it('says who is in which group, and that strangers are in none', async () => {
      const { vip, technicians } = test.groups;
      const known = await test.directory.standing(test.aTechnician, [vip, technicians]);
      assert.deepEqual([known.enabled, [...known.groups]], [true, [technicians]]);
      const stranger = await test.directory.standing(NOBODY, [vip, technicians]);
      assert.deepEqual([stranger.enabled, [...stranger.groups]], [false, []]);
    });

    it('lists the members of a group whose accounts are enabled, and how they are called', async () => {
      const { people: members, listed } = value(await test.directory.membersOf(test.groups.technicians));
      assert.equal(listed, 'all');
      const tess = members.find(({ id }) => id === test.aTechnician);
      assert.ok(tess !== undefined && tess.displayName !== '');
      assert.ok(members.every(({ number }) => number === null || /^[+\d]/.test(number)));
    });

    it('creates a pass, finds it again without its code, and deletes it', async () => {
      const { directory, people } = test;
      assert.deepEqual(await directory.readPass(people.ordinary), { kind: 'read', value: null });
      const created = await directory.createPass(people.ordinary, order());
      assert.ok(created.kind === 'created');
      assert.equal(created.pass.usableUntil - created.pass.usableFrom, 60 * 60_000);
      assert.equal(created.pass.oneTime, false);
      const found = value(await directory.readPass(people.ordinary));
      assert.equal(found?.passId, created.pass.passId);
      const code = created.secret.reveal();
      assert.ok(code !== null && code.length >= 8);
      assert.ok(!JSON.stringify(found).includes(code));
      assert.equal(await directory.deletePass(people.ordinary, created.pass.passId), 'gone');
      assert.deepEqual(await directory.readPass(people.ordinary), { kind: 'read', value: null });
      assert.equal(await directory.deletePass(people.ordinary, created.pass.passId), 'gone');
    });

    it('refuses a pass the tenant does not allow, in words of our own', async () => {
      const tooLong = await test.directory.createPass(test.people.ordinary, order({ lifetimeMinutes: 43_000 }));
      assert.deepEqual(tooLong, { kind: 'refused', reason: 'The tenant does not allow a pass of this length.' });
      const guest = await test.directory.createPass(test.people.guest, order());
      assert.deepEqual(guest, { kind: 'refused', reason: 'External guests cannot get a pass.' });
    });

    it('lists the registered methods, masked', async () => {
      const methods = value(await test.directory.readMethods(test.people.ordinary));
      assert.ok(methods.some(({ kind }) => kind === 'authenticator-app'));
      for (const { masked } of methods) assert.doesNotMatch(masked, /\d{3}|@/);
    });

    it('knows the manager on record of anybody, and that a stranger has none', async () => {
      const { directory, people, ordinary } = test;
      assert.deepEqual(await directory.managerOf(people.ordinary), { kind: 'read', value: ordinary.manager });
      assert.deepEqual(await directory.managerOf(NOBODY), { kind: 'read', value: null });
    });

    it('gives the last sign-ins, newest first, without anything personal', async () => {
      const since = (test.now() - 7 * 86_400_000) as Instant;
      const found = value(await test.directory.readSignIns(test.people.ordinary, since));
      assert.ok(found.length <= 25);
      assert.deepEqual(
        found.map(({ at }) => at),
        found.map(({ at }) => at).sort((a, b) => b - a),
      );
      for (const { at, errorCode, failureReason } of found) {
        assert.ok(at >= since);
        if (errorCode === 0) assert.equal(failureReason, '');
        assert.doesNotMatch(failureReason, /@/);
      }
      assert.deepEqual(await test.directory.readSignIns(NOBODY, since), { kind: 'read', value: [] });
    });

    it('says whether the plans of a caller contain the reset', async () => {
      const license = value(await test.directory.readLicense(test.people.ordinary));
      assert.ok(license.plans.length > 0 && license.plans.length <= 5);
      assert.equal((await test.directory.readLicense(NOBODY)).kind === 'read', false);
    });

    it('reads self-service events of several people at once', async () => {
      const since = (test.now() - 60_000) as Instant;
      const about = [test.people.ordinary, test.people.vip];
      assert.ok((await test.directory.selfServiceEvents(since, about)).kind === 'read');
    });
  });
}

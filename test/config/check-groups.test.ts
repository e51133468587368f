// Whether the groups of the configuration can do what they are for, and whether the rule of a dynamic group takes in everybody.
import assert from 'node:assert/strict';
import { configuredGroups, groupProblems, takesInEverybody } from '../../src/config/check-groups.ts';
import type { GroupKind } from '../../src/graph/group-kinds.ts';
import type { StartFacts } from '../../src/graph/start-facts.ts';
import type { GroupId } from '../../src/procedure/facts.ts';
import { GROUP } from '../security/bad/configuration.ts';

const id = (number: number): GroupId => GROUP(number) as GroupId;
const HELPDESK = { technician: id(1), approver: id(2), auditor: id(3), lead: id(4) };
const SOUND: GroupKind = { hidden: false, security: true, roleAssignable: false, open: false, rule: null };
const LIMITS = { mayReadHidden: false, atMostPercent: 50 };

describe('The groups of the configuration', () => {
  const groups = configuredGroups({ groups: HELPDESK, vipGroup: id(5), protectedGroups: [id(6), id(7)] });

  /** A tenant of a hundred people in which these groups are of this kind and have this many people. */
  const tenant = (kind: Partial<GroupKind>, people: number): StartFacts => ({
    groups: new Map(groups.map((one) => [one.id, { kind: 'read', value: { ...SOUND, ...kind } }])),
    people: new Map(groups.map((one) => [one.id, people])),
    ...{ enabledMembers: 100, ownRoles: [] },
  });
  const settingsWith = (facts: StartFacts, limits = LIMITS) =>
    groupProblems(groups, facts, limits).map((line) => line.slice(0, line.indexOf(':')));
  const OF_THE_HELPDESK = [
    'HARDLINE_GROUP_TECHNICIANS',
    'HARDLINE_GROUP_APPROVERS',
    'HARDLINE_GROUP_AUDITORS',
    'HARDLINE_GROUP_LEADS',
  ];
  const PROTECTED = ['HARDLINE_GROUP_VIP', 'HARDLINE_GROUPS_PROTECTED, entry 1', 'HARDLINE_GROUPS_PROTECTED, entry 2'];

  it('are those of the helpdesk, the VIPs where there are any, and the protected ones by their place in the setting', () => {
    assert.deepEqual(
      groups.map((one) => one.setting),
      [...OF_THE_HELPDESK, ...PROTECTED],
    );
    const few = configuredGroups({ groups: HELPDESK, vipGroup: null, protectedGroups: [] });
    assert.deepEqual(
      few.map((one) => one.id),
      [id(1), id(2), id(3), id(4)],
    );
  });

  it('are each named when the tenant does not have them', () => {
    const nothing: StartFacts = { groups: new Map(), people: new Map(), enabledMembers: 100, ownRoles: [] };
    assert.deepEqual(
      groupProblems(groups, nothing, LIMITS),
      [...OF_THE_HELPDESK, ...PROTECTED].map((setting) => `${setting}: the tenant has no group with this id.`),
    );
  });

  it('say who may do something only when somebody chose their members; of the protected ones everybody may be in them', () => {
    for (const kind of [{ security: false }, { open: true }, { rule: 'user.objectId -ne null' }]) {
      assert.deepEqual(settingsWith(tenant(kind, 1)), OF_THE_HELPDESK, JSON.stringify(kind));
    }
    assert.deepEqual(settingsWith(tenant({ rule: 'user.department -eq "IT"' }, 1)), []);
  });

  it('of the helpdesk may hold half of the organization and not one more, and the line says how to allow it', () => {
    assert.deepEqual(settingsWith(tenant({}, 50)), []);
    const [line] = groupProblems(groups, tenant({}, 51), LIMITS);
    assert.equal(
      line,
      'HARDLINE_GROUP_TECHNICIANS: 51 people are in this group, and the organization has 100 enabled members: more than 50 %. If that is right, raise HARDLINE_HELPDESK_AT_MOST_PERCENT.',
    );
    assert.deepEqual(settingsWith(tenant({}, 51)), OF_THE_HELPDESK);
    const any = { ...LIMITS, atMostPercent: 100 };
    assert.deepEqual(settingsWith(tenant({ rule: 'user.objectId -ne null' }, 100), any), []);
    assert.deepEqual(settingsWith(tenant({ open: true }, 1), any), OF_THE_HELPDESK, 'but never one that can be joined');
  });

  it('must show who is in them, unless the bot may see hidden members', () => {
    assert.deepEqual(settingsWith(tenant({ hidden: true }, 1)), [...OF_THE_HELPDESK, ...PROTECTED]);
    assert.deepEqual(settingsWith(tenant({ hidden: true }, 1), { ...LIMITS, mayReadHidden: true }), []);
  });
});

describe('The rule of a dynamic group', () => {
  for (const [rule, everybody] of [
    ['user.objectId -ne null', true],
    ['(user.objectId -ne null) and (user.userType -eq "Member")', true],
    ['(user.accountEnabled -eq true) -and (user.userType -eq "Member")', true],
    ['user.department -eq "IT"', false],
    ['(user.objectId -ne null) -and (user.department -eq "IT")', false],
    ['(user.department -eq "IT") -or (user.objectId -ne null)', true],
    ['user.department -eq "IT" or user.objectId -ne null', true],
    ['user.department -eq "IT" OR user.userPrincipalName -ne ""', true],
    ['user.objectId -ne null and user.department -eq "IT"', false],
    ['user.accountEnabled -eq "true"', true],
    ['user.accountEnabled -eq false', false],
    ['user.displayName -notEq "null"', false],
    ['xuser.objectId -ne null', false],
    ['user.objectId -ne nullx', false],
    ['', false],
  ] as const) {
    it(`is known to take in ${everybody ? 'everybody' : 'some people'}: "${rule}"`, () => {
      assert.equal(takesInEverybody(rule), everybody);
    });
  }
});

// Who may do what: what the directory says of a person, how long it counts, and what everybody else is told.
import assert from 'node:assert/strict';
import type { Directory } from '../../src/casework/ports/directory.ts';
import {
  ACCOUNT_DISABLED,
  createRolesOf,
  denialOfAction,
  denialOfIntent,
  mayOversee,
  maySee,
  needsFreshRoles,
  needsNoRoles,
  type RoleGroups,
} from '../../src/casework/turns/access.ts';
import type { Deadline } from '../../src/casework/ports/runtime.ts';
import type { Intent } from '../../src/intents/intent.ts';
import { ACTIONS, type Role, type Verb } from '../../src/procedure/actions.ts';
import type { GroupId, Instant, PersonId } from '../../src/procedure/facts.ts';
import { caseIn, COLLEAGUE, NOW, TECHNICIAN } from '../procedure/people.ts';
import { UNHURRIED } from '../unhurried.ts';
import { connectFixtures } from './directory-in-memory.ts';
import { ADA, createFixtures, GROUPS, MINUTE, STRANGER, TESS, TOM } from './fixtures.ts';

const VERBS = Object.keys(ACTIONS) as Verb[];
const HELPDESK: readonly Role[] = ['technician', 'approver', 'auditor', 'lead'];

/** The fixtures' directory, with a note of every question. */
function asked(groups: RoleGroups = GROUPS) {
  const fixtures = createFixtures(NOW);
  const { directory } = connectFixtures(fixtures);
  const questions: (readonly [person: PersonId, groups: readonly GroupId[], deadline: Deadline | undefined])[] = [];
  const noting: Pick<Directory, 'standing'> = {
    standing(person, of, deadline) {
      questions.push([person, of, deadline]);
      return directory.standing(person, of, deadline);
    },
  };
  return { fixtures, questions, rolesOf: createRolesOf(noting, groups, () => fixtures.now) };
}

describe('The roles of a person', () => {
  it('are those of the groups they are in, and none for anybody else', async () => {
    const { rolesOf } = asked();
    assert.deepEqual([...(await rolesOf(TOM))].sort(), ['approver', 'technician']);
    assert.deepEqual([...(await rolesOf(ADA))].sort(), ['approver', 'lead']);
    assert.deepEqual([...(await rolesOf(TESS))], ['technician']);
    assert.deepEqual([...(await rolesOf(STRANGER))], []);
  });

  it('are none at all once the account is disabled, whatever groups it is still in, and that is what they are told', async () => {
    const { fixtures, rolesOf } = asked();
    fixtures.disabled.add(ADA);
    const roles = await rolesOf(ADA);
    assert.equal(roles, ACCOUNT_DISABLED);
    assert.equal(roles.size, 0);
    assert.equal(denialOfAction(roles, 'issue-pass'), 'account-disabled');
    assert.equal(denialOfIntent(roles, 'set-mode'), 'account-disabled');
    const stranger = await rolesOf(STRANGER);
    assert.equal(denialOfAction(stranger, 'issue-pass'), 'not-a-technician');
    assert.equal(denialOfIntent(stranger, 'set-mode'), 'not-a-lead');
  });

  it('are read with one question, which names every group once and has the deadline of the press', async () => {
    const { questions, rolesOf } = asked({ ...GROUPS, lead: GROUPS.approver });
    const roles = await rolesOf(TOM, { fresh: true, deadline: UNHURRIED });
    assert.deepEqual([...roles].sort(), ['approver', 'lead', 'technician'], 'one group may stand for two roles');
    assert.deepEqual(questions, [[TOM, [GROUPS.technician, GROUPS.approver, GROUPS.auditor], UNHURRIED]]);
  });

  it('are good for less than a minute, and not at all where they are to be read afresh', async () => {
    const { fixtures, questions, rolesOf } = asked();
    await rolesOf(TESS);
    fixtures.roles.delete(TESS);
    fixtures.now = (NOW + MINUTE - 1) as Instant;
    assert.ok((await rolesOf(TESS)).has('technician'));
    assert.ok((await rolesOf(TESS, { fresh: false })).has('technician'));
    assert.equal(questions.length, 1);
    fixtures.now = (NOW + MINUTE) as Instant;
    assert.ok(!(await rolesOf(TESS)).has('technician'));
    fixtures.roles.set(TESS, new Set(['technician']));
    assert.ok((await rolesOf(TESS, { fresh: true })).has('technician'));
    assert.equal(questions.length, 3);
  });

  it('are remembered of five hundred people, and no more are kept than that', async () => {
    const { questions, rolesOf } = asked();
    const person = (number: number): PersonId => `person ${number}` as PersonId;
    for (const round of [1, 2]) {
      for (let number = 1; number <= 500; number += 1) await rolesOf(person(number));
      assert.equal(questions.length, 500, `round ${round}`);
    }
    await rolesOf(person(501));
    await rolesOf(person(501));
    assert.equal(questions.length, 501);
    await rolesOf(person(1));
    assert.equal(questions.length, 502);
  });
});

describe('A button', () => {
  it('that brings a case nearer to a pass, or is about all passes, is for somebody whose roles are read for it', () => {
    assert.deepEqual(VERBS.filter(needsFreshRoles).sort(), [
      'ask-manager',
      'choose-callback',
      'decide-approval',
      'issue-pass',
      'record-callback',
      'seen-in-person',
      'take-back-passes',
    ]);
  });

  it('works while the directory does not only when it needs no role: the manager answers, and "This was not me"', () => {
    assert.deepEqual(VERBS.filter(needsNoRoles).sort(), ['manager-answer', 'not-me']);
    for (const verb of ['manager-answer', 'not-me'] as const) assert.equal(denialOfAction(new Set(), verb), null);
  });

  it('that we do not have is no reason to do without roles, and none to read them again', () => {
    for (const verb of ['', 'reset-password', 'toString', '__proto__']) {
      assert.deepEqual([needsFreshRoles(verb), needsNoRoles(verb)], [false, false], verb);
    }
  });

  it('is open to the roles of its actor, and everybody else is told which role is missing', () => {
    const may = (verb: Verb) => HELPDESK.filter((role) => denialOfAction(new Set([role]), verb) === null);
    for (const [verb, roles, denial] of [
      ['open-lockout', ['technician'], 'not-a-technician'],
      ['done', ['technician'], 'not-a-technician'],
      ['show-case', HELPDESK, 'not-a-technician'],
      ['decide-approval', ['approver', 'lead'], 'not-an-approver'],
      ['take-back-passes', ['lead'], 'not-a-lead'],
    ] as const) {
      assert.deepEqual(may(verb), roles, verb);
      assert.equal(denialOfAction(new Set(), verb), denial, verb);
    }
  });
});

describe('What somebody writes', () => {
  const MAY: Readonly<Record<Intent['kind'], readonly [roles: readonly Role[], denial: string]>> = {
    'manual-reset': [['technician', 'approver', 'lead'], 'not-a-technician'],
    'open-case': [['technician'], 'not-a-technician'],
    'send-link': [['technician'], 'not-a-technician'],
    'explain-error': [['technician'], 'not-a-technician'],
    'list-cases': [['technician'], 'not-a-technician'],
    'set-mode': [['lead'], 'not-a-lead'],
    'show-mode': [HELPDESK, 'not-a-technician'],
    'show-case': [HELPDESK, 'not-a-technician'],
    'show-log': [HELPDESK, 'not-an-auditor'],
    help: [HELPDESK, 'not-a-technician'],
    greeting: [HELPDESK, 'not-a-technician'],
    unknown: [HELPDESK, 'not-a-technician'],
  };
  for (const [kind, [roles, denial]] of Object.entries(MAY) as [Intent['kind'], (typeof MAY)[Intent['kind']]][]) {
    it(`is heard from ${roles.join(', ')} and nobody else: ${kind}`, () => {
      assert.deepEqual(
        HELPDESK.filter((role) => denialOfIntent(new Set([role]), kind) === null),
        roles,
      );
      assert.equal(denialOfIntent(new Set(), kind), denial);
    });
  }
});

describe('A case', () => {
  const stored = { case: caseIn({ kind: 'choosing-proof', lastAttempt: null }), version: 1 };
  const roles = (...held: Role[]): ReadonlySet<Role> => new Set(held);

  it('can be seen by its technician, and by approvers, auditors and leads', () => {
    assert.equal(maySee(TECHNICIAN, roles('technician'), stored), true);
    for (const role of ['approver', 'auditor', 'lead'] as const) {
      assert.equal(maySee(COLLEAGUE, roles(role), stored), true, role);
      assert.equal(mayOversee(roles(role)), true, role);
    }
  });

  it('does not exist for another technician, nor for anybody without a role', () => {
    assert.equal(maySee(COLLEAGUE, roles('technician'), stored), false);
    assert.equal(maySee(STRANGER, roles(), stored), false);
    assert.equal(mayOversee(roles('technician')), false);
    assert.equal(mayOversee(ACCOUNT_DISABLED), false);
  });
});

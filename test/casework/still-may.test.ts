// Whether those who approved a pass may still do so at the moment it is issued.
import assert from 'node:assert/strict';
import type { Directory } from '../../src/casework/ports/directory.ts';
import { Fault, type FaultCode } from '../../src/casework/ports/fault.ts';
import { stillMay } from '../../src/casework/steps/still-may.ts';
import { createRolesOf } from '../../src/casework/turns/access.ts';
import type { Approval } from '../../src/procedure/case.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { ASKED, caseIn, NOW, ORDER, PROOF } from '../procedure/people.ts';
import { UNHURRIED } from '../unhurried.ts';
import { connectFixtures } from './directory-in-memory.ts';
import { ABEL, ADA, createFixtures, GROUPS, TESS, TOM } from './fixtures.ts';

const by = (person: PersonId, as: Approval['as']): Approval => ({ by: person, as, at: NOW, subject: 's' });
const ready = (...approvals: Approval[]) => ({
  case: caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals, lastAttempt: null }),
  version: 3,
});

describe('Those who approved a pass, when it is issued', () => {
  const setUp = () => {
    const fixtures = createFixtures(NOW);
    const { directory } = connectFixtures(fixtures);
    const asked: unknown[] = [];
    const noting: Pick<Directory, 'standing'> = {
      standing(person, groups, deadline) {
        asked.push([person, deadline]);
        return directory.standing(person, groups, deadline);
      },
    };
    return { fixtures, asked, rolesOf: createRolesOf(noting, GROUPS, () => fixtures.now) };
  };

  it('still may, when they hold the role in which they agreed', async () => {
    const { rolesOf } = setUp();
    const stored = ready(by(ABEL, 'approver'), by(ADA, 'lead'));
    assert.deepEqual(await stillMay(rolesOf, stored, UNHURRIED), { kind: 'read', value: [ABEL, ADA] });
  });

  it('may not any more when they left that group, were disabled, or have another role by now', async () => {
    const { fixtures, rolesOf } = setUp();
    fixtures.roles.get(ADA)?.delete('lead');
    fixtures.roles.delete(ABEL);
    const stored = ready(by(ABEL, 'approver'), by(TOM, 'approver'), by(ADA, 'lead'));
    assert.deepEqual(await stillMay(rolesOf, stored, UNHURRIED), { kind: 'read', value: [TOM] });
    fixtures.disabled.add(TOM);
    assert.deepEqual(await stillMay(rolesOf, stored, UNHURRIED), { kind: 'read', value: [] });
  });

  it('are read for this press, within its deadline, whatever was read a second ago', async () => {
    const { fixtures, asked, rolesOf } = setUp();
    assert.ok((await rolesOf(ABEL)).has('approver'));
    fixtures.roles.delete(ABEL);
    asked.length = 0;
    const stored = ready(by(ABEL, 'approver'));
    assert.deepEqual(await stillMay(rolesOf, stored, UNHURRIED), { kind: 'read', value: [] });
    assert.deepEqual(asked, [[ABEL, UNHURRIED]]);
  });

  it('are nobody in a case that is not about to be issued, and nobody is asked about then', async () => {
    const { asked, rolesOf } = setUp();
    const approvals = [by(ABEL, 'approver')];
    for (const state of [
      { ...ASKED, approvals },
      { kind: 'issuing', proof: PROOF, approvals, order: ORDER, then: null },
      { kind: 'choosing-proof', lastAttempt: null },
    ] as const) {
      const reading = await stillMay(rolesOf, { case: caseIn(state), version: 1 }, UNHURRIED);
      assert.deepEqual(reading, { kind: 'read', value: [] }, state.kind);
    }
    assert.deepEqual(asked, []);
  });

  it('are unread as a whole when one of them cannot be read, and the reason is the one that the directory gave', async () => {
    for (const [code, why] of [
      ['directory-denied', 'denied'],
      ['directory-throttled', 'throttled'],
      ['directory-timeout', 'timeout'],
      ['directory-unexpected', 'unknown-shape'],
      ['directory-unreachable', 'unreachable'],
    ] as const satisfies readonly (readonly [FaultCode, string])[]) {
      const { rolesOf } = setUp();
      const stored = ready(by(TOM, 'approver'), by(ABEL, 'approver'));
      const cut: typeof rolesOf = (person, ask) =>
        person === ABEL ? Promise.reject(new Fault(code, { internal: 'read-standing' })) : rolesOf(person, ask);
      assert.deepEqual(await stillMay(cut, stored, UNHURRIED), { kind: 'unread', why });
    }
  });

  it('are not called unread because of a mistake of ours: the mistake comes to light', async () => {
    const broken = () => Promise.reject(new TypeError('ours'));
    await assert.rejects(stillMay(broken, ready(by(TESS, 'approver')), UNHURRIED), TypeError);
  });
});

import assert from 'node:assert/strict';
import { approvalSubject } from '../../src/procedure/decide-approval.ts';
import { step } from '../../src/procedure/lockout.ts';
import { after, APPROVER, caseIn, COLLEAGUE, FACTS, MANAGER, NOW, POLICY, PROOF } from './people.ts';
import { read, TECHNICIAN } from './people.ts';

const by = TECHNICIAN;

describe('When Issue is pressed', () => {
  it('an approval that got old has to be given again, also where the proof is still good', () => {
    const facts = { ...FACTS, risk: read({ level: 'medium', confirmedCompromised: false } as const) };
    const policy = { ...POLICY, approvalValidMinutes: 5 };
    const at = caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null }, facts);
    const approvals = [
      { by: APPROVER, as: 'approver', at: NOW, subject: approvalSubject(at, PROOF, policy, NOW) },
    ] as const;
    const ready = { ...at, state: { kind: 'ready-to-issue', proof: PROOF, approvals, lastAttempt: null } } as const;
    const pressedAfter = (minutes: number) => {
      const result = step(
        ready,
        { kind: 'issue-pressed', by, facts, orderId: 'o1', timeLeft: 'enough' },
        policy,
        after(minutes),
      );
      assert.ok(result.kind === 'moved');
      return result.case.state.kind;
    };
    assert.equal(pressedAfter(5), 'issuing');
    assert.equal(pressedAfter(5.1), 'awaiting-approval');
  });

  it('nobody gets a pass on the word of somebody who is no longer the manager on record', () => {
    const proof = { kind: 'manager', manager: MANAGER, at: NOW } as const;
    const pressed = (manager: typeof FACTS.manager) => {
      const at = caseIn({ kind: 'ready-to-issue', proof, approvals: [], lastAttempt: null }, { manager });
      const approvals = [
        { by: APPROVER, as: 'approver', at: NOW, subject: approvalSubject(at, proof, POLICY, NOW) },
      ] as const;
      const ready = { ...at, state: { kind: 'ready-to-issue', proof, approvals, lastAttempt: null } } as const;
      const facts = { ...FACTS, manager };
      const result = step(ready, { kind: 'issue-pressed', by, facts, orderId: 'o1', timeLeft: 'enough' }, POLICY, NOW);
      assert.ok(result.kind === 'moved');
      return result.case.state;
    };
    assert.equal(pressed(read(MANAGER)).kind, 'issuing');
    for (const changed of [read(COLLEAGUE), read(null)]) {
      assert.deepEqual(pressed(changed), { kind: 'choosing-proof', lastAttempt: 'manager-changed' });
    }
  });
});

import assert from 'node:assert/strict';
import { approvalSubject } from '../../src/procedure/decide-proof.ts';
import { step } from '../../src/procedure/lockout.ts';
import { APPROVER, caseIn, COLLEAGUE, FACTS, MANAGER, NOW, POLICY, read, TECHNICIAN, unread } from './people.ts';

const by = TECHNICIAN;

describe('When Issue is pressed', () => {
  it('nobody gets a pass on the word of somebody who is no longer the manager on record', () => {
    const proof = { by: 'manager', manager: MANAGER, at: NOW } as const;
    const pressed = (manager: typeof FACTS.manager) => {
      const at = caseIn({ name: 'ready-to-issue', proof, approval: null }, { manager });
      const approval = { by: APPROVER, at: NOW, subject: approvalSubject(at, proof, POLICY, NOW) };
      const ready = { ...at, state: { name: 'ready-to-issue', proof, approval } } as const;
      const facts = { ...FACTS, manager };
      const result = step(ready, { happened: 'issue-pressed', by, facts, orderId: 'o1' }, POLICY, NOW);
      assert.ok(result.kind === 'moved');
      return result.case.state;
    };
    assert.equal(pressed(read(MANAGER)).name, 'issuing');
    for (const changed of [read(COLLEAGUE), read(null), unread]) {
      assert.deepEqual(pressed(changed), { name: 'choosing-proof', lastAttempt: 'manager-changed' });
    }
  });
});

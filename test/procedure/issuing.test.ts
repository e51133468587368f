import assert from 'node:assert/strict';
import { approvalSubject } from '../../src/procedure/decide-approval.ts';
import { step } from '../../src/procedure/lockout.ts';
import { after, APPROVER, caseIn, COLLEAGUE, FACTS, MANAGER, NOW, POLICY, PROOF, STILL_MAY } from './people.ts';
import { read, TECHNICIAN, unread } from './people.ts';

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
        { kind: 'issue-pressed', by, facts, orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY },
        policy,
        after(minutes),
      );
      assert.ok(result.kind === 'moved');
      return result.case.state.kind;
    };
    assert.equal(pressedAfter(5), 'issuing');
    assert.equal(pressedAfter(5.1), 'awaiting-approval');
  });

  it('what was approved is what is issued: an approval of anything else does not count', () => {
    const risk = read({ level: 'medium', confirmedCompromised: false } as const);
    const at = caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null }, { risk });
    const subject = approvalSubject(at, PROOF, POLICY, NOW);
    const approvals = [{ by: APPROVER, as: 'approver', at: NOW, subject }] as const;
    const ready = { ...at, state: { kind: 'ready-to-issue', proof: PROOF, approvals, lastAttempt: null } } as const;
    const press = { kind: 'issue-pressed', by, orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY } as const;
    const facts = { ...FACTS, risk, methods: read([]) };
    const result = step(ready, { ...press, facts }, POLICY, NOW);
    assert.ok(result.kind === 'moved' && result.case.state.kind === 'awaiting-approval');
    const { approvals: left, lastAttempt } = result.case.state;
    assert.deepEqual([left, lastAttempt], [[], null]);
  });

  it('the time counts: without it a proof is neither taken nor taken away, and one from the future is none', () => {
    const pressed = (minutes: number, change: Partial<typeof FACTS> = {}, milliseconds = 0) => {
      const at = caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null });
      const press = { kind: 'issue-pressed', by, orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY } as const;
      const now = (after(minutes) - milliseconds) as typeof NOW;
      const result = step(at, { ...press, facts: { ...FACTS, ...change } }, POLICY, now);
      if (result.kind === 'refused') return result.refusal;
      return result.kind === 'moved' ? result.case.state.kind : result.kind;
    };
    const missing = [{ part: 'clock', why: 'timeout' }];
    for (const minutes of [0, 11]) {
      assert.deepEqual(pressed(minutes, { clock: unread }), { code: 'facts-unread', missing });
    }
    assert.equal(pressed(11, { risk: unread }), 'choosing-proof', 'an old proof is old, whatever else is unread');
    assert.equal(pressed(-2), 'issuing', 'two clocks may differ by two minutes');
    assert.equal(pressed(-2, {}, 1), 'choosing-proof', 'our clock was set back, so nobody knows how old it is');
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
      const result = step(
        ready,
        { kind: 'issue-pressed', by, facts, orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY },
        POLICY,
        NOW,
      );
      assert.ok(result.kind === 'moved');
      return result.case.state;
    };
    assert.equal(pressed(read(MANAGER)).kind, 'issuing');
    for (const changed of [read(COLLEAGUE), read(null)]) {
      assert.deepEqual(pressed(changed), { kind: 'choosing-proof', lastAttempt: 'manager-changed' });
    }
  });

  describe('whoever approved is asked about again', () => {
    const facts = { ...FACTS, risk: read({ level: 'medium', confirmedCompromised: false } as const) };
    const pressed = (stillMay: typeof STILL_MAY, policy = POLICY) => {
      const at = caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null }, facts);
      const subject = approvalSubject(at, PROOF, policy, NOW);
      const approvals = [{ by: APPROVER, as: 'approver', at: NOW, subject }] as const;
      const ready = { ...at, state: { kind: 'ready-to-issue', proof: PROOF, approvals, lastAttempt: null } } as const;
      return step(
        ready,
        { kind: 'issue-pressed', by, facts, orderId: 'o1', timeLeft: 'enough', stillMay },
        policy,
        NOW,
      );
    };

    it('while they may approve, the approval stands', () => {
      const result = pressed(read([APPROVER]));
      assert.ok(result.kind === 'moved' && result.case.state.kind === 'issuing');
    });

    it('once they may not, it is void, and the approvers are asked again with the reason', () => {
      const result = pressed(read([COLLEAGUE]));
      assert.ok(result.kind === 'moved' && result.case.state.kind === 'awaiting-approval');
      assert.deepEqual(result.case.state.approvals, []);
      assert.equal(result.case.state.lastAttempt, 'approver-gone');
      assert.deepEqual(
        result.effects.map(({ kind }) => kind),
        ['ask-approvers'],
      );
    });

    it('when that cannot be read, the press is kept back, and proof and approval stay', () => {
      const result = pressed(unread);
      assert.ok(result.kind === 'refused' && result.refusal.code === 'facts-unread');
      assert.deepEqual(result.refusal.missing, [{ part: 'approvers', why: 'timeout' }]);
      const kept = result.keep?.state;
      assert.ok(kept?.kind === 'ready-to-issue' && kept.approvals.length === 1);
    });

    it('where nobody had to approve, nobody is asked about', () => {
      const calm = caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null });
      const event = { kind: 'issue-pressed', by, facts: FACTS, orderId: 'o1', timeLeft: 'enough' } as const;
      const result = step(calm, { ...event, stillMay: unread }, POLICY, NOW);
      assert.ok(result.kind === 'moved' && result.case.state.kind === 'issuing');
    });

    it('one who may not any more does not matter where enough others have agreed', () => {
      const at = caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null }, facts);
      const subject = approvalSubject(at, PROOF, POLICY, NOW);
      const yes = { as: 'approver', at: NOW, subject } as const;
      const approvals = [
        { ...yes, by: APPROVER },
        { ...yes, by: COLLEAGUE },
      ];
      const ready = { ...at, state: { kind: 'ready-to-issue', proof: PROOF, approvals, lastAttempt: null } } as const;
      const press = { kind: 'issue-pressed', by, facts, orderId: 'o1', timeLeft: 'enough' } as const;
      const result = step(ready, { ...press, stillMay: read([COLLEAGUE]) }, POLICY, NOW);
      assert.ok(result.kind === 'moved' && result.case.state.kind === 'issuing');
      assert.deepEqual(result.case.state.approvals, [{ ...yes, by: COLLEAGUE }]);
    });

    it('an approval that got old by itself is no sign that somebody left', () => {
      const result = pressed(read([]), { ...POLICY, approvalValidMinutes: -1 });
      assert.ok(result.kind === 'moved' && result.case.state.kind === 'awaiting-approval');
      assert.equal(result.case.state.lastAttempt, null);
    });
  });
});

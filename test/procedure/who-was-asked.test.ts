/** The managers who were asked in a case: each of them can say no for as long as it is open, and each no is one. */
import assert from 'node:assert/strict';
import type { Case, CaseState } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { moved } from './answers.ts';
import { ASKED, CALLER, caseIn, COLLEAGUE, FACTS, MANAGER, NOBODY_ASKED, NOW, ORDER, PASS, POLICY } from './people.ts';
import { PROOF, read, TECHNICIAN } from './people.ts';

const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
const no = (by: PersonId): CaseEvent => ({
  kind: 'manager-answered',
  ...{ by, speakingNow: false, question: 'an older one', facts: FACTS },
});
const take = (at: Case, event: CaseEvent) => step(at, event, POLICY, NOW);
const asked = (state: CaseState, ...managersAsked: readonly PersonId[]): Case => ({ ...caseIn(state), managersAsked });

describe('The managers who were asked', () => {
  it('are all remembered, each once', () => {
    const press = { kind: 'manager-asked', by: TECHNICIAN, facts: FACTS } as const;
    const askedAfter = (...before: readonly PersonId[]) =>
      moved(take(asked(choosing, ...before), press)).case.managersAsked;
    assert.deepEqual(askedAfter(), [MANAGER]);
    assert.deepEqual(askedAfter(MANAGER), [MANAGER]);
    assert.deepEqual(askedAfter(MANAGER, COLLEAGUE), [COLLEAGUE, MANAGER], 'the directory named another one before');
  });

  it('can each say no, and a second no changes nothing about the reasons', () => {
    const first = moved(take(asked(choosing, MANAGER, COLLEAGUE), no(MANAGER))).case;
    assert.deepEqual([first.managersAsked, first.reasonsFound], [[COLLEAGUE], ['earlier-no']]);
    const second = moved(take(first, no(COLLEAGUE)));
    assert.deepEqual([second.case.managersAsked, second.case.reasonsFound], [[], ['earlier-no']]);
    assert.deepEqual(second.effects, ['alarm-leads']);
  });

  it('take back their own yes while a second person is asked about it, and the leads are alarmed', () => {
    const waiting = { ...ASKED, proof: { kind: 'manager', manager: MANAGER, at: NOW } } as const;
    const { case: next, effects } = moved(take(asked(waiting, MANAGER), no(MANAGER)));
    assert.deepEqual(next.state, { kind: 'choosing-proof', lastAttempt: 'manager-declined' });
    assert.deepEqual(effects, ['alarm-leads']);
  });

  it('take back the pass with their no: afterwards the caller has to be proven anew', () => {
    const shown = { kind: 'awaiting-backup-method', pass: PASS, issuedOn: null, since: NOW } as const;
    const at = asked({ ...shown, methodsBefore: [], newMethods: [] }, MANAGER);
    const { state } = moved(take(at, no(MANAGER))).case;
    assert.ok(state.kind === 'withdrawing-pass');
    assert.equal(state.then, 'choosing-proof');
  });
});

describe('"This was not me" while Graph creates the pass', () => {
  it('counts also after other bad news, ends the sessions, and is the reason that stays', () => {
    const objected = { outcome: 'escalated', because: 'caller-objected', stops: [] } as const;
    const denied = { ...objected, because: 'approval-denied' } as const;
    const other = { ...objected, because: 'someone-else-answered' } as const;
    const objects = { kind: 'caller-objected', by: CALLER, managerNow: NOBODY_ASKED } as const;
    for (const then of [denied, other, 'choosing-proof', null] as const) {
      const issuing = { kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then } as const;
      const { case: next, effects } = moved(take(caseIn(issuing, { manager: read(MANAGER) }), objects));
      assert.deepEqual(next.state, { ...issuing, then: objected });
      assert.deepEqual(effects, ['end-sessions', 'alarm-leads']);
      assert.deepEqual(take(next, objects), { kind: 'unchanged', effects: [] }, 'pressed twice');
    }
  });
});

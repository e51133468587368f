/** A pass that no case explains: the leads hear of it in the step in which it is first seen, and not in every step after it. */
import assert from 'node:assert/strict';
import type { Case } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CallerFacts, Instant } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { openCase } from '../../src/procedure/opening.ts';
import { ASKED, CALLER, caseIn, FACTS, MANAGER, managerSays, NOW, POLICY, PROOF, read, STILL_MAY } from './people.ts';
import { TECHNICIAN, unread } from './people.ts';

const ALARM = { kind: 'alarm-leads', alarm: 'foreign-pass' } as const;
const by = TECHNICIAN;
const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
const pass = (passId: string, alive = true) => read({ passId, alive, usability: 'EnabledByPolicy', createdAt: NOW });
const withPass = (passId: string, alive = true): CallerFacts => ({ ...FACTS, existingPass: pass(passId, alive) });
const alarmsIn = (at: Case, event: CaseEvent) => {
  const result = step(at, event, POLICY, NOW);
  assert.ok(result.kind === 'moved', JSON.stringify(result));
  const alarms = result.effects.filter((effect) => effect.kind === 'alarm-leads' && effect.alarm === 'foreign-pass');
  return { alarms: alarms.length, case: result.case };
};
const readAgain = (facts: CallerFacts, who: typeof by | 'hardline' = by): CaseEvent => ({
  kind: 'snapshot-read-again',
  by: who,
  facts: { ...facts, readAt: (NOW + 1) as Instant },
});

describe('A pass that no case explains', () => {
  const opened = (facts: CallerFacts) => openCase(CALLER, { kind: 'snapshot-read', by, facts }, POLICY, NOW).effects;

  it('alarms the leads as the case is opened, also when nothing else is wrong and self-service would do', () => {
    assert.deepEqual(opened(withPass('theirs')), [ALARM]);
    assert.deepEqual(opened(FACTS), []);
    assert.deepEqual(opened(withPass('theirs', false)), [], 'one that cannot be used any more lets nobody in');
    assert.deepEqual(opened({ ...FACTS, existingPass: unread }), [], 'what was not read accuses nobody');
  });

  it('alarms them when a later read is the first to show it, whoever reads, and once as long as it is shown', () => {
    for (const who of [by, 'hardline'] as const) {
      for (const state of [{ kind: 'asking-methods', selfServiceFailure: null } as const, choosing, ASKED]) {
        const first = alarmsIn(caseIn(state), readAgain(withPass('theirs'), who));
        assert.equal(first.alarms, 1, `${state.kind} ${who}`);
        if (who === by) assert.equal(alarmsIn(first.case, readAgain(withPass('theirs'))).alarms, 0);
        assert.equal(alarmsIn(first.case, readAgain(withPass('another'), who)).alarms, 1);
      }
    }
  });

  it('alarms them again only when a read in between did not show it; a failed read of the bot itself does not count', () => {
    const known = caseIn(choosing, withPass('theirs'));
    const notRead = { ...FACTS, existingPass: unread };
    for (const between of [notRead, FACTS, withPass('theirs', false)]) {
      const asked = alarmsIn(known, readAgain(between));
      assert.equal(alarmsIn(asked.case, readAgain(withPass('theirs'))).alarms, 1);
    }
    assert.equal(step(known, readAgain(notRead, 'hardline'), POLICY, NOW).kind, 'unchanged', 'what was known is kept');
  });

  it('alarms them at Issue, and no pass is ordered', () => {
    const ready = caseIn({ kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null });
    const pressed = { kind: 'issue-pressed', by, orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY } as const;
    const found = alarmsIn(ready, { ...pressed, facts: withPass('theirs') });
    assert.deepEqual([found.alarms, found.case.state.kind], [1, 'closed']);
  });

  it('ends the case when the caller needs a pass, without alarming a second time', () => {
    const at = caseIn({ kind: 'asking-methods', selfServiceFailure: null }, withPass('theirs'));
    const ticked = alarmsIn(at, { kind: 'methods-ticked', by, atHand: [] });
    assert.deepEqual([ticked.alarms, ticked.case.state.kind], [0, 'closed']);
  });

  it('is not lost when the manager answers and something else could not be read', () => {
    const waiting = caseIn({ kind: 'awaiting-manager', manager: MANAGER, since: NOW });
    const facts = { ...withPass('theirs'), managerAccount: unread };
    const answered = alarmsIn(waiting, managerSays(waiting, true, facts));
    assert.deepEqual([answered.alarms, answered.case.state.kind], [1, 'closed']);
  });

  it("is not this case's own", () => {
    const issued = { passIds: ['ours'], methodsBefore: [], managersTold: [] };
    const own = { ...caseIn(choosing), issued };
    assert.equal(alarmsIn(own, readAgain(withPass('ours'))).alarms, 0);
  });
});

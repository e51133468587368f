/** What a case does not forget: a "no" to a pass, a caller who works at the helpdesk, and why a second person was asked. */
import assert from 'node:assert/strict';
import type { Case, CaseState } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CallerFacts, EarlierNo, Instant, NoKind } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { noIn } from '../../src/procedure/noes.ts';
import type { Policy } from '../../src/procedure/policy.ts';
import { noesThatCount, riskReasonsFor } from '../../src/procedure/risk.ts';
import { moved } from './answers.ts';
import { after, APPROVER, ASKED, caseIn, DAY, FACTS, MANAGER, managerSays, NOW, POLICY, PROOF } from './people.ts';
import { read, TECHNICIAN, unread } from './people.ts';

const by = TECHNICIAN;
const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
const HISTORY = { contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null };
const withNoes = (...noes: readonly EarlierNo[]): Partial<CallerFacts> => ({ history: read({ ...HISTORY, noes }) });
const no = (kind: NoKind, at: Instant = NOW): EarlierNo => ({ kind, at });
const GROUPS = { inRoleAssignableGroup: false, inProtectedGroup: false, inVipGroup: false, inHelpdeskGroup: false };
const HELPDESK = { groups: read({ ...GROUPS, inHelpdeskGroup: true }) };
const VIP = { groups: read({ ...GROUPS, inVipGroup: true }) };

/** Calls the number on record from here, and the caller answers. */
function callback(from: Case, minutes: number, policy: Partial<Policy> = {}) {
  const chosen = { kind: 'callback-chosen', by, numberRef: 'office' } as const;
  const answered = { kind: 'callback-recorded', by, outcome: 'answered-by-caller' } as const;
  const rules = { ...POLICY, ...policy };
  const dialing = moved(step(from, chosen, rules, after(minutes))).case;
  const result = step(dialing, answered, rules, after(minutes + 1));
  assert.ok(result.kind === 'moved');
  return { case: result.case, state: result.case.state, effects: result.effects };
}

function back(from: Case, minutes: number): Case {
  return moved(step(from, { kind: 'went-back', by }, POLICY, after(minutes))).case;
}

function reasonsOf(state: CaseState): readonly string[] {
  return state.kind === 'awaiting-approval' ? state.reasons : [state.kind];
}

describe('A "no" to a pass', () => {
  it('is an approver who denies, a manager who is not speaking with them, and somebody else at the telephone', () => {
    const decided = {
      kind: 'approval-decided',
      by: APPROVER,
      roles: ['approver'],
      subject: 's',
      reasonGiven: true,
    } as const;
    const recorded = { kind: 'callback-recorded', by } as const;
    const asked = caseIn({ kind: 'awaiting-manager', manager: MANAGER, since: NOW });
    const events: readonly (readonly [CaseEvent, NoKind | null])[] = [
      [{ ...decided, approved: false }, 'approval-denied'],
      [{ ...decided, approved: true }, null],
      [managerSays(asked, false), 'manager-declined'],
      [managerSays(asked, true), null],
      [{ ...recorded, outcome: 'answered-by-someone-else' }, 'someone-else-answered'],
      [{ ...recorded, outcome: 'answered-by-caller' }, null],
      [{ ...recorded, outcome: 'nobody' }, null],
      [{ kind: 'went-back', by }, null],
      [{ kind: 'time-passed' }, null],
    ];
    for (const [event, expected] of events) assert.equal(noIn(event), expected, JSON.stringify(event));
  });

  it('counts for a day, or for as long as the policy says, and not when the history is unread', () => {
    const reasons = (ago: number, policy: Partial<Policy> = {}) =>
      riskReasonsFor(
        { ...FACTS, ...withNoes(no('approval-denied', (NOW - ago) as Instant)) },
        PROOF,
        { ...POLICY, ...policy },
        NOW,
      );
    assert.deepEqual(reasons(DAY - 1), ['earlier-no']);
    assert.deepEqual(reasons(DAY), []);
    assert.deepEqual(reasons(DAY, { noSticksHours: 25 }), ['earlier-no']);
    assert.deepEqual(reasons(DAY - 1, { secondPersonFor: [] }), ['earlier-no'], 'no setting switches it off');
    assert.deepEqual(noesThatCount({ history: unread }, POLICY, NOW), []);
  });

  it('of the manager stays with the case: by whatever proof they go on, a lead and somebody else have to agree', () => {
    const older = [no('manager-declined', after(-600)), no('approval-denied', after(-60))];
    const asked = caseIn({ kind: 'awaiting-manager', manager: MANAGER, since: NOW }, withNoes(...older));
    const declined = moved(step(asked, managerSays(asked, false), POLICY, after(1))).case;
    const known = withNoes(no('manager-declined', after(1)), no('approval-denied', after(-60)));
    assert.deepEqual(declined.facts.history, known.history, 'the latest of each kind, the newest first');
    const calm = caseIn(asked.state);
    const first = moved(step(calm, managerSays(calm, false), POLICY, NOW)).case;
    const { state } = callback(first, 1);
    assert.ok(state.kind === 'awaiting-approval');
    assert.deepEqual([state.reasons, state.needs], [['earlier-no'], 'lead-and-another']);
    const unknown = caseIn(asked.state, { history: unread });
    const still = moved(step(unknown, managerSays(unknown, false), POLICY, NOW)).case;
    assert.deepEqual(still.facts.history, unread, 'what is unread stays unread: the next read tells of it');
  });
});

describe('A caller who works at the helpdesk', () => {
  const asking = { kind: 'asking-methods', selfServiceFailure: null } as const;
  const ticks = (atHand: readonly string[]) => ({ kind: 'methods-ticked', by, atHand }) as const;
  const NOTICE = { kind: 'notify-caller', notice: 'recovery-started' } as const;
  const ALARM = { kind: 'alarm-leads', alarm: 'helpdesk-account' } as const;
  const effects = (at: Case, policy: Partial<Policy> = {}) => {
    const result = step(at, ticks([]), { ...POLICY, ...policy }, NOW);
    assert.ok(result.kind === 'moved', JSON.stringify(result));
    return result.effects;
  };

  it('is told to the leads as soon as the case goes toward a pass, once, and not when they reset it themselves', () => {
    const at = caseIn(asking, HELPDESK);
    assert.deepEqual(effects(at), [NOTICE, ALARM]);
    const onward = moved(step(at, ticks([]), POLICY, NOW)).case;
    assert.deepEqual(onward.reasonsFound, ['helpdesk-account']);
    assert.deepEqual(effects(back(onward, 1)), [NOTICE], 'asked once more');
    assert.deepEqual(moved(step(at, ticks(['app', 'mobile']), POLICY, NOW)).effects, ['push-self-service-link']);
    assert.deepEqual(effects(caseIn(asking)), [NOTICE], 'anybody else');
  });

  it('is told to the leads also where the policy gives them no pass at all, and not while it is unread', () => {
    assert.deepEqual(effects(caseIn(asking, HELPDESK), { helpdeskAccounts: 'never' }), [ALARM]);
    assert.deepEqual(effects(caseIn(asking, { groups: unread }), { mode: 'lockdown' }), []);
  });

  it('is told to the leads when they were put into the group while the case ran, and a lead has to agree', () => {
    const { state, effects: followed, case: asked } = callback(caseIn(choosing, HELPDESK), 0);
    assert.ok(state.kind === 'awaiting-approval');
    const { subject } = state;
    assert.deepEqual([state.reasons, state.needs], [['helpdesk-account'], 'lead']);
    assert.deepEqual(followed, [
      { kind: 'ask-approvers', subject, reasons: ['helpdesk-account'], needs: 'lead' },
      ALARM,
    ]);
    assert.deepEqual(asked.reasonsFound, ['helpdesk-account']);
    const again = callback(back(asked, 2), 3);
    assert.deepEqual(
      again.effects.map(({ kind }) => kind),
      ['ask-approvers'],
      'the leads know it',
    );
  });

  it('still takes a lead when they have left the group since: that they were in it is not forgotten', () => {
    const asked = callback(caseIn(choosing, HELPDESK), 0).case;
    const left = { ...back(asked, 2), facts: FACTS };
    const { state } = callback(left, 3);
    assert.ok(state.kind === 'awaiting-approval');
    assert.deepEqual([state.reasons, state.needs], [['helpdesk-account'], 'lead']);
  });
});

describe('Why a second person was asked', () => {
  it('stands until the case ends: it is not undone by going back, nor by a reason that went away', () => {
    const asked = callback(caseIn(choosing, VIP), 0);
    assert.deepEqual(reasonsOf(asked.state), ['vip']);
    const changed = { ...back(asked.case, 2), facts: FACTS };
    const again = callback(changed, 3);
    assert.deepEqual(reasonsOf(again.state), ['asked-before'], 'nobody is told that they are a VIP now');
    assert.deepEqual(again.case.reasonsFound, ['vip']);
    const risk = read({ level: 'medium', confirmedCompromised: false } as const);
    const withRisk = { ...changed, facts: { ...FACTS, risk } };
    assert.deepEqual(reasonsOf(callback(withRisk, 3).state), ['asked-before', 'medium-risk']);
    assert.deepEqual(
      reasonsOf(callback({ ...changed, facts: { ...FACTS, ...VIP } }, 3).state),
      ['vip'],
      'it is true again',
    );
  });

  it('names an earlier "no" as what it is, also when it is older than a day by now', () => {
    const denied = withNoes(no('approval-denied', after(-DAY / 60_000 + 2)));
    const asked = callback(caseIn(choosing, denied), 0);
    assert.deepEqual(reasonsOf(asked.state), ['earlier-no']);
    const { state } = callback(back(asked.case, 2), 3);
    assert.ok(state.kind === 'awaiting-approval');
    assert.deepEqual([state.reasons, state.needs], [['earlier-no'], 'lead-and-another']);
  });

  it('is one thing, whichever question it was asked in: what was agreed to another pass does not count for this one', () => {
    const yes = {
      kind: 'approval-decided',
      by: APPROVER,
      roles: ['approver'],
      approved: true,
      reasonGiven: true,
    } as const;
    const asked = callback(caseIn(choosing, VIP), 0);
    assert.ok(asked.state.kind === 'awaiting-approval');
    const agreed = moved(step(asked.case, { ...yes, subject: asked.state.subject }, POLICY, after(2))).case;
    assert.equal(agreed.state.kind, 'ready-to-issue');
    const again = callback(back(agreed, 3), 4);
    assert.ok(again.state.kind === 'awaiting-approval');
    assert.deepEqual(again.state.approvals, []);
  });
});

describe('Where a lead and somebody else have to agree', () => {
  const LEAD_AND_ANOTHER = { ...ASKED, reasons: ['earlier-no'], needs: 'lead-and-another' } as const;
  const yes = (who: typeof APPROVER, ...roles: readonly ('approver' | 'lead')[]) =>
    ({ kind: 'approval-decided', by: who, roles, approved: true, subject: 's', reasonGiven: true }) as const;
  const given = (who: typeof APPROVER, as: 'approver' | 'lead') => ({ by: who, as, at: NOW, subject: 's' });
  const ANOTHER = 'a0000000-0000-4000-8000-000000000098' as typeof APPROVER;
  const LEAD = 'a0000000-0000-4000-8000-000000000097' as typeof APPROVER;
  const decide = (state: CaseState, event: CaseEvent) => {
    const result = step(caseIn(state), event, POLICY, NOW);
    return result.kind === 'refused' ? result.refusal.code : moved(result).case.state;
  };

  it('the case waits for the second of them, in whatever order they come', () => {
    const waiting = (approval: ReturnType<typeof given>) => ({ ...LEAD_AND_ANOTHER, approvals: [approval] });
    const ready = (...approvals: readonly ReturnType<typeof given>[]) =>
      ({ kind: 'ready-to-issue', proof: PROOF, approvals, lastAttempt: null }) as const;
    const afterApprover = waiting(given(APPROVER, 'approver'));
    assert.deepEqual(decide(LEAD_AND_ANOTHER, yes(APPROVER, 'approver')), afterApprover);
    assert.deepEqual(decide(afterApprover, yes(LEAD, 'lead')), ready(given(APPROVER, 'approver'), given(LEAD, 'lead')));
    const afterLead = waiting(given(LEAD, 'lead'));
    assert.deepEqual(decide(LEAD_AND_ANOTHER, yes(LEAD, 'approver', 'lead')), afterLead);
    assert.deepEqual(
      decide(afterLead, yes(APPROVER, 'approver')),
      ready(given(LEAD, 'lead'), given(APPROVER, 'approver')),
    );
    assert.deepEqual(decide(afterApprover, yes(APPROVER, 'approver', 'lead')), 'approver-has-approved');
    assert.deepEqual(decide(afterApprover, yes(ANOTHER, 'approver')), 'lead-needed');
  });

  it('each is told which role is missing', () => {
    assert.equal(decide(ASKED, yes(LEAD, 'lead')), 'approver-needed');
    assert.equal(decide({ ...ASKED, needs: 'lead' }, yes(APPROVER, 'approver')), 'lead-needed');
  });
});

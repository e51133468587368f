/**
 * The authorization matrix once more, for a caller who is a member or an owner of one of the four helpdesk groups: every press, by
 * everybody, in every state, under both policies, with everybody's approval and with nobody's. What each press must come to is
 * written here, from the procedure and apart from the code; what is allowed at all is in who-may-what.json.
 */
import assert from 'node:assert/strict';
import type { Approval, Case, CaseState } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CallerFacts, PersonId } from '../../src/procedure/facts.ts';
import { isAt, step } from '../../src/procedure/lockout.ts';
import type { Policy } from '../../src/procedure/policy.ts';
import type { Role } from '../../src/procedure/actions.ts';
import { APPROVER, CALLER, caseIn, FACTS, LEAD, NOW, POLICY, read, TECHNICIAN } from '../procedure/people.ts';
import { allows, EVENTS, mayDo, PEOPLE, ROLES, RULES, STATES } from '../procedure/presses.ts';
import { tally } from './tally.ts';

type HelpdeskAccounts = Policy['helpdeskAccounts'];
/** What a press comes to. `moved`: the case goes on, and is not nearer to a pass than before. */
type Outcome = 'nothing' | 'moved' | 'lead-asked' | 'ready' | 'ordered' | 'stopped';

const GROUPS: CallerFacts['groups'] = read({
  inRoleAssignableGroup: false,
  inProtectedGroup: false,
  inVipGroup: false,
  inHelpdeskGroup: true,
});
const THEIR_FACTS: CallerFacts = { ...FACTS, groups: GROUPS };
const policyWith = (helpdeskAccounts: HelpdeskAccounts): Policy => ({ ...POLICY, helpdeskAccounts });

/** The question to the second persons, as the procedure asks it about such a caller. */
const ASKED = (() => {
  const choosing = caseIn({ kind: 'choosing-proof', lastAttempt: null }, THEIR_FACTS);
  const taken = step(
    choosing,
    EVENTS['seen-in-person']?.(TECHNICIAN, choosing, new Set()) ?? assert.fail(),
    POLICY,
    NOW,
  );
  assert.ok(taken.kind === 'moved' && isAt(taken.case, 'awaiting-approval'));
  return taken.case;
})();

const SUBJECT = ASKED.state.subject;
const given = (by: PersonId, as: 'approver' | 'lead'): Approval => ({ by, as, at: NOW, subject: SUBJECT });
/** Who has agreed to exactly this pass before *Issue* is pressed. */
const APPROVALS: Readonly<Record<string, readonly Approval[]>> = {
  '': [],
  '+approver': [given(APPROVER, 'approver')],
  '+lead': [given(LEAD, 'lead')],
  '+approver+lead': [given(APPROVER, 'approver'), given(LEAD, 'lead')],
};

interface Place {
  readonly name: string;
  /** The state in who-may-what.json. */
  readonly like: string;
  readonly state: CaseState;
}

const PLACES: readonly Place[] = [
  ...STATES.filter(([name]) => name !== 'ready-to-issue').map(([name, state]) => ({ name, like: name, state })),
  { name: 'awaiting-approval, as it is asked about them', like: 'awaiting-approval+lead', state: ASKED.state },
  ...Object.entries(APPROVALS).map(([name, approvals]) => ({
    name: `ready-to-issue${name}`,
    like: 'ready-to-issue',
    state: { kind: 'ready-to-issue', proof: ASKED.state.proof, approvals, lastAttempt: null } as const,
  })),
];

/** The press as it would arrive: whatever is read for it says that the caller works at the helpdesk. */
function eventOf(press: string, by: PersonId, at: Case, roles: ReadonlySet<Role>): CaseEvent {
  const event = EVENTS[press]?.(by, at, roles) ?? assert.fail(press);
  if ('facts' in event) return { ...event, facts: THEIR_FACTS };
  if (event.kind === 'approval-decided' && isAt(at, 'awaiting-approval'))
    return { ...event, subject: at.state.subject };
  return event;
}

interface Taken {
  readonly outcome: Outcome;
  readonly after: Case;
}

/** Roles first, then the case. */
function taken(press: string, by: PersonId, at: Case, roles: ReadonlySet<Role>, policy: Policy): Taken {
  if (!mayDo(roles, press)) return { outcome: 'nothing', after: at };
  return outcomeOf(at, eventOf(press, by, at, roles), policy);
}

function outcomeOf(at: Case, event: CaseEvent, policy: Policy): Taken {
  const next = step(at, event, policy, NOW);
  if (next.kind !== 'moved') return { outcome: 'nothing', after: at };
  const { state } = next.case;
  const ordered = next.effects.some(({ kind }) => kind === 'create-pass');
  assert.equal(ordered, state.kind === 'issuing' && at.state.kind !== 'issuing');
  if (ordered) return { outcome: 'ordered', after: next.case };
  if (state.kind === 'closed' && 'stops' in state.closing && state.closing.stops.length > 0)
    return { outcome: 'stopped', after: next.case };
  if (state.kind === 'ready-to-issue') return { outcome: 'ready', after: next.case };
  const asksLead =
    state.kind === 'awaiting-approval' && at.state.kind !== 'awaiting-approval' && state.needs === 'lead';
  return { outcome: asksLead ? 'lead-asked' : 'moved', after: next.case };
}

/** What brings a case nearer to a pass. */
const ASKS_SECOND_PERSONS = ['record-callback', 'seen-in-person', 'manager-answer'];
/** Where the policy says "never", these end the case: each of them looks at the stops. */
const LOOKS_AT_STOPS = [...ASKS_SECOND_PERSONS, 'tick-methods', 'ask-manager', 'issue-pass'];

/** What the procedure wants of a press that is allowed. A lead has to agree, whatever else was agreed before. */
function wanted(press: string, { name }: Place, helpdeskAccounts: HelpdeskAccounts): Outcome {
  if (helpdeskAccounts === 'never' && LOOKS_AT_STOPS.includes(press)) return 'stopped';
  if (ASKS_SECOND_PERSONS.includes(press)) return 'lead-asked';
  if (press === 'issue-pass') return name.includes('+lead') ? 'ordered' : 'lead-asked';
  // The answer to a question counts; where an older question asked for less, Issue asks again.
  if (press === 'decide-approval') return name === 'awaiting-approval+both' ? 'moved' : 'ready';
  return press === 'read-again' && name.startsWith('ready-to-issue') ? 'ready' : 'moved';
}

/** The one who works the case and is its caller never gets anywhere: their presses end the case, or do nothing. */
const ENDS_IT: readonly Outcome[] = ['nothing', 'stopped'];
const NOTHING: readonly Outcome[] = ['nothing'];

describe('Who may do what about a caller who works at the helpdesk', () => {
  let cells = 0;
  let ordered = 0;

  for (const helpdeskAccounts of ['lead', 'never'] as const) {
    const policy = policyWith(helpdeskAccounts);
    const leads =
      helpdeskAccounts === 'lead' ? 'leads to a pass only with the agreement of a lead' : 'never leads to a pass';
    for (const press of Object.keys(EVENTS)) {
      it(`${press}: ${leads}, whoever presses, in every state, whoever has agreed`, () => {
        const rules = RULES.filter((rule) => rule.kind === press);
        for (const roles of ROLES) {
          const held = new Set(roles);
          for (const [relation, by] of Object.entries(PEOPLE)) {
            for (const place of PLACES) {
              const cell = `${press} by ${roles.join('+') || 'nobody'}, ${relation}, in ${place.name}`;
              const caller = relation === 'own-about-self' ? TECHNICIAN : CALLER;
              const at = { ...caseIn(place.state, THEIR_FACTS), caller };
              const { outcome, after } = taken(press, by, at, held, policy);
              const allowed = rules.some((rule) => allows(rule, roles, relation, place.like));
              if (allowed) assert.equal(outcome, wanted(press, place, helpdeskAccounts), cell);
              else
                assert.ok((relation === 'own-about-self' ? ENDS_IT : NOTHING).includes(outcome), `${cell}: ${outcome}`);
              if (outcome === 'ready') issueAsksLead(after, policy, cell);
              cells += 1;
              ordered += outcome === 'ordered' ? 1 : 0;
            }
          }
        }
      });
    }
  }

  /** Ready is not issued: the press on *Issue* comes to a pass only where a lead has agreed to exactly this one. */
  function issueAsksLead(at: Case, policy: Policy, cell: string): void {
    const issued = outcomeOf(at, eventOf('issue-pass', TECHNICIAN, at, new Set(['technician'])), policy).outcome;
    assert.ok(isAt(at, 'ready-to-issue'));
    const { approvals } = at.state;
    const agreed = approvals.some(({ by, as, subject }) => as === 'lead' && by !== TECHNICIAN && subject === SUBJECT);
    if (policy.helpdeskAccounts === 'never') assert.equal(issued, 'stopped', cell);
    else assert.equal(issued, agreed ? 'ordered' : 'lead-asked', `${cell}, and then Issue`);
  }

  it('was asked in more than 30,000 cells, of which few come to a pass', () => {
    assert.ok(cells > 30_000, `${cells} cells`);
    assert.ok(ordered > 0 && ordered < 20, `${ordered} come to a pass`);
    const note = `${ordered} of them come to a pass, each with the agreement of a lead`;
    tally({ section: 'Who may do what for a caller of the helpdesk', held: cells, of: cells, note });
  });
});

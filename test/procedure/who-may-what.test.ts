// The authorization matrix: every set of roles × every press × every state × what the person is to the case.
// who-may-what.json says who may; everything else is denied.
import assert from 'node:assert/strict';
import type { Case, CaseState } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { denialOfAction, denialOfIntent, maySee } from '../../src/casework/turns/access.ts';
import type { Intent } from '../../src/intents/intent.ts';
import type { Field, FieldValues } from '../../src/procedure/action-fields.ts';
import { ACTIONS, isVerb, type Role } from '../../src/procedure/actions.ts';
import {
  CALLER,
  caseIn,
  COLLEAGUE,
  FACTS,
  MANAGER,
  managerSays,
  NOW,
  ONE_OF_EACH,
  PASS,
  POLICY,
  STILL_MAY,
  TECHNICIAN,
} from './people.ts';
import { tally } from '../security/tally.ts';
import table from './who-may-what.json' with { type: 'json' };

interface Rule {
  readonly kind: string;
  readonly may: readonly string[];
  readonly who: readonly string[];
  readonly in: readonly string[];
}

const RULES: readonly Rule[] = table.cases;
const ROLES = table.roles as readonly (readonly Role[])[];

const PEOPLE: Readonly<Record<string, PersonId>> = {
  own: TECHNICIAN,
  other: COLLEAGUE,
  'own-about-self': TECHNICIAN,
  manager: MANAGER,
  caller: CALLER,
};

/** An honest value for each kind of field. */
const HONEST: FieldValues = {
  query: 'Lena Hartmann',
  person: CALLER,
  refs: [],
  ref: 'office',
  place: 'Reception',
  remark: 'seen both',
  digest: 's',
};

function honest(field: Field): unknown {
  if (field.kind === 'choice') return field.of[0];
  return field.kind === 'flag' ? true : HONEST[field.kind];
}

type EventBy = (by: PersonId, at: Case, roles: ReadonlySet<Role>) => CaseEvent;
/** The event of a button whose click says it all, with honest values. */
const PLAIN_EVENTS = Object.entries(ACTIONS).flatMap(([verb, { event, needs, fields }]): [string, EventBy][] => {
  if (event === null || needs !== null) return [];
  const filled = Object.values<Field>(fields).map((field) => [field.as, honest(field)] as const);
  const fill = Object.fromEntries<unknown>(filled);
  return [[verb, (by: PersonId) => ({ kind: event, by, ...fill }) as CaseEvent] as const];
});

/** What each click makes happen, with honest values; new buttons are in it by themselves. */
const EVENTS: Readonly<Record<string, EventBy>> = {
  ...Object.fromEntries(PLAIN_EVENTS),
  'read-again': (by) => ({ kind: 'snapshot-read-again', by, facts: FACTS }),
  'choose-callback': (by) => ({ kind: 'callback-chosen', by, numberRef: 'office' }),
  'ask-manager': (by) => ({ kind: 'manager-asked', by, facts: FACTS }),
  'manager-answer': (by, at) => ({ ...managerSays(at, true), by }),
  'not-me': (by) => ({ kind: 'caller-objected', by, managerNow: { kind: 'read', value: MANAGER } }),
  'decide-approval': (by, _at, roles) => ({
    kind: 'approval-decided',
    by,
    roles: (['approver', 'lead'] as const).filter((role) => roles.has(role)),
    approved: true,
    subject: 's',
    reasonGiven: true,
  }),
  'issue-pass': (by) => ({
    kind: 'issue-pressed',
    by,
    facts: FACTS,
    orderId: 'o2',
    timeLeft: 'enough',
    stillMay: STILL_MAY,
  }),
  'manual-reset': (by) => ({ kind: 'manual-reset-asked', by }),
};

/** One case in each state; where the caller holds a pass, a new method is registered already. */
const STATES: readonly (readonly [name: string, state: CaseState])[] = ONE_OF_EACH.flatMap((state) =>
  state.kind === 'awaiting-approval'
    ? [
        ['awaiting-approval', state],
        ['awaiting-approval+lead', { ...state, needs: 'lead' }],
        ['awaiting-approval+both', { ...state, needs: 'lead-and-another' }],
      ]
    : [named(state)],
);

function named(state: CaseState): readonly [name: string, state: CaseState] {
  const name = `${state.kind}${'pass' in state && state.pass !== null ? '+pass' : ''}`.replace(
    'withdrawing-pass+pass',
    'withdrawing-pass',
  );
  if (state.kind !== 'awaiting-backup-method') return [name, state];
  const newMethods = [{ ref: 'app', kind: 'authenticator-app', masked: '', digest: null, registeredAt: NOW } as const];
  return [name, { ...state, pass: PASS, newMethods }];
}

function allows(rule: Rule, roles: readonly string[], relation: string, state: string): boolean {
  const role = rule.may.includes('anyone') || rule.may.some((one) => roles.includes(one));
  return role && rule.who.includes(relation) && (rule.in.includes('every') || rule.in.includes(state));
}

/** Everything that can be written. A kind of message that is added later does not compile without a row. */
const INTENTS: Readonly<Record<Intent['kind'], true>> = {
  'manual-reset': true,
  'open-case': true,
  'send-link': true,
  'explain-error': true,
  'list-cases': true,
  'set-mode': true,
  'show-mode': true,
  'show-case': true,
  'show-log': true,
  help: true,
  greeting: true,
  unknown: true,
};
const isIntent = (text: string): text is Intent['kind'] => Object.hasOwn(INTENTS, text);

/** By roles alone. What is both a button and a message must be allowed as both. */
function mayDo(roles: ReadonlySet<Role>, what: string): boolean {
  const denials = [
    ...(isVerb(what) ? [denialOfAction(roles, what)] : []),
    ...(isIntent(what) ? [denialOfIntent(roles, what)] : []),
  ];
  assert.ok(denials.length > 0, `${what} is neither a button nor a message`);
  return denials.every((denial) => denial === null);
}

/** Roles first, then the case; nothing else decides. */
function isAllowed(press: string, roles: ReadonlySet<Role>, by: PersonId, at: Case): boolean {
  const event = EVENTS[press];
  assert.ok(event !== undefined, press);
  if (!mayDo(roles, press)) return false;
  const taken = step(at, event(by, at, roles), POLICY, NOW);
  if (taken.kind !== 'moved') return false;
  const { state } = taken.case;
  return !(state.kind === 'closed' && 'stops' in state.closing && state.closing.stops.length > 0);
}

describe('Who may do what', () => {
  let cells = 0;
  let allowed = 0;

  for (const press of Object.keys(EVENTS)) {
    it(`${press}: as the table says, in every state, for every role, whatever their part in the case`, () => {
      const rules = RULES.filter((rule) => rule.kind === press);
      for (const roles of ROLES) {
        for (const [relation, by] of Object.entries(PEOPLE)) {
          for (const [name, state] of STATES) {
            const at = { ...caseIn(state), caller: relation === 'own-about-self' ? TECHNICIAN : CALLER };
            const expected = rules.some((rule) => allows(rule, roles, relation, name));
            const cell = `${press} by ${roles.join('+') || 'nobody'}, ${relation}, in ${name}`;
            assert.equal(isAllowed(press, new Set(roles), by, at), expected, cell);
            cells += 1;
            allowed += expected ? 1 : 0;
          }
        }
      }
    });
  }

  it('was asked in more than 10,000 cells, of which few are allowed', () => {
    assert.ok(cells > 10_000, `${cells} cells`);
    assert.ok(allowed > 500 && allowed < cells / 8, `${allowed} of ${cells} are allowed`);
    tally({ section: 'Who may do what', held: cells, of: cells, note: `${allowed} of them allowed` });
  });

  it('has a rule for every press, every state, every relation and every role, and no rule about anything else', () => {
    assert.deepEqual(new Set(RULES.map((rule) => rule.kind)), new Set(Object.keys(EVENTS)));
    assert.deepEqual(
      table.states,
      STATES.map(([name]) => name),
    );
    assert.deepEqual(table.relations, Object.keys(PEOPLE));
    for (const rule of RULES) {
      for (const place of rule.in) assert.ok(place === 'every' || table.states.includes(place), place);
      for (const who of rule.who) assert.ok(table.relations.includes(who), who);
      for (const role of rule.may)
        assert.ok(role === 'anyone' || ROLES.some((set) => set.includes(role as Role)), role);
    }
  });

  it('never lets anybody decide about an approval they asked for, or that is about them, whatever roles they hold', () => {
    const at = caseIn(ONE_OF_EACH.find((state) => state.kind === 'awaiting-approval') ?? assert.fail());
    for (const by of [TECHNICIAN, CALLER]) {
      for (const approved of [true, false]) {
        const event = {
          kind: 'approval-decided',
          by,
          roles: ['approver'],
          approved,
          subject: 's',
          reasonGiven: true,
        } as const;
        assert.equal(step(at, event, POLICY, NOW).kind, 'refused');
      }
    }
  });

  it('lets nobody write anything but what their roles allow', () => {
    for (const { say, may } of table.words) {
      for (const roles of ROLES) {
        const expected = may.some((role) => roles.includes(role as Role));
        assert.equal(mayDo(new Set(roles), say), expected, `${say} by ${roles.join('+') || 'nobody'}`);
      }
    }
    const covered = new Set([...table.words.map(({ say }) => say), ...RULES.map((rule) => rule.kind)]);
    for (const what of [...Object.keys(ACTIONS), ...Object.keys(INTENTS)]) {
      assert.ok(covered.has(what), `${what} can be done and has no row`);
    }
  });

  it('shows a case to its technician, and to approvers, auditors and leads; to nobody else, its caller included', () => {
    const stored = { case: caseIn({ kind: 'choosing-proof', lastAttempt: null }), version: 1 } as Parameters<
      typeof maySee
    >[2];
    for (const roles of ROLES) {
      const oversees = roles.some((role) => role !== 'technician');
      assert.equal(maySee(TECHNICIAN, new Set(roles), stored), true);
      for (const person of [COLLEAGUE, CALLER, MANAGER]) assert.equal(maySee(person, new Set(roles), stored), oversees);
    }
  });
});

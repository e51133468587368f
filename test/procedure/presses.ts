/**
 * The parts of the authorization matrix that its tests share: every press as an event with honest values, every state, who the
 * people are to the case, and what who-may-what.json allows.
 */
import assert from 'node:assert/strict';
import type { Case, CaseState } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { denialOfAction, denialOfIntent } from '../../src/casework/turns/access.ts';
import type { Intent } from '../../src/intents/intent.ts';
import type { Field, FieldValues } from '../../src/procedure/action-fields.ts';
import { ACTIONS, isVerb, type Role } from '../../src/procedure/actions.ts';
import {
  CALLER,
  COLLEAGUE,
  FACTS,
  MANAGER,
  managerSays,
  NOW,
  ONE_OF_EACH,
  PASS,
  STILL_MAY,
  TECHNICIAN,
} from './people.ts';
import table from './who-may-what.json' with { type: 'json' };

export interface Rule {
  readonly kind: string;
  readonly may: readonly string[];
  readonly who: readonly string[];
  readonly in: readonly string[];
}

export const RULES: readonly Rule[] = table.cases;
export const ROLES = table.roles as readonly (readonly Role[])[];

export const PEOPLE: Readonly<Record<string, PersonId>> = {
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
export const EVENTS: Readonly<Record<string, EventBy>> = {
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
export const STATES: readonly (readonly [name: string, state: CaseState])[] = ONE_OF_EACH.flatMap((state) =>
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

/** Whether a rule allows it to somebody with these roles, who is that to the case, while the case stands there. */
export function allows(rule: Rule, roles: readonly string[], relation: string, state: string): boolean {
  const role = rule.may.includes('anyone') || rule.may.some((one) => roles.includes(one));
  return role && rule.who.includes(relation) && (rule.in.includes('every') || rule.in.includes(state));
}

/** Everything that can be written. A kind of message that is added later does not compile without a row. */
export const INTENTS: Readonly<Record<Intent['kind'], true>> = {
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
export function mayDo(roles: ReadonlySet<Role>, what: string): boolean {
  const denials = [
    ...(isVerb(what) ? [denialOfAction(roles, what)] : []),
    ...(isIntent(what) ? [denialOfIntent(roles, what)] : []),
  ];
  assert.ok(denials.length > 0, `${what} is neither a button nor a message`);
  return denials.every((denial) => denial === null);
}

/**
 * The table of actions: complete, tied to the events of the procedure, and to the buttons that the cards really show.
 * A row that no card uses fails here. That an event without an actor does not compile is shown in test/fences/.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readTemplates } from '../../src/cards/templates.ts';
import { ACTIONS, isVerb, rowOf, type Verb } from '../../src/procedure/actions.ts';
import { actorOf, refusalOfActor } from '../../src/procedure/actors.ts';
import { PROCEDURE, step } from '../../src/procedure/lockout.ts';
import {
  APPROVER,
  CALLER,
  caseIn,
  COLLEAGUE,
  MANAGER,
  managerSays,
  NOBODY_ASKED,
  NOW,
  PASS,
  POLICY,
  TECHNICIAN,
} from './people.ts';

const VERBS = Object.keys(ACTIONS) as Verb[];
const CHOOSING = { kind: 'choosing-proof', lastAttempt: null } as const;

/** A button as a template holds it, and whether a form opens before it can be pressed. */
interface SentButton {
  readonly verb: string;
  readonly fields: readonly string[];
  readonly asksFirst: boolean;
}

function buttonsIn(node: unknown, inForm = false): readonly SentButton[] {
  if (Array.isArray(node)) return node.flatMap((one) => buttonsIn(one, inForm));
  if (typeof node !== 'object' || node === null) return [];
  const element = node as Readonly<Record<string, unknown>>;
  const form = inForm || element['type'] === 'Action.ShowCard';
  const inside = Object.values(element).flatMap((value) => buttonsIn(value, form));
  if (element['type'] !== 'Action.Execute') return inside;
  const fields = Object.keys(element['data'] as object).filter((name) => name !== 'verb');
  return [{ verb: String(element['verb']), fields, asksFirst: inForm }, ...inside];
}

/** What does not fit between the rows and the buttons that cards send. */
function misfits(buttons: readonly SentButton[]): readonly string[] {
  const named = { nothing: [], 'a-case': ['case'], 'a-version': ['case', 'v'] } as const;
  const unknown = buttons.filter(({ verb }) => !isVerb(verb)).map(({ verb }) => `${verb}: has no row`);
  const known = VERBS.flatMap((verb) => {
    const row = rowOf(verb);
    const sent = buttons.filter((button) => button.verb === verb);
    const allowed = new Set<string>([...named[row.names], ...Object.keys(row.fields)]);
    const fixed = Object.entries(row.fields).filter(([, field]) => !field.input);
    const demanded = [...named[row.names], ...fixed.map(([name]) => name)];
    return [
      ...(sent.length === 0 ? [`${verb}: no card sends it`] : []),
      ...sent.flatMap(({ fields }) => fields.filter((name) => !allowed.has(name)).map((name) => `${verb}: ${name}?`)),
      ...sent.flatMap(({ fields }) => demanded.filter((name) => !fields.includes(name)).map((n) => `${verb}: no ${n}`)),
      ...(row.asksFirst && sent.some((button) => !button.asksFirst) ? [`${verb}: does not ask first`] : []),
      ...(!row.asksFirst && sent.length > 0 && sent.every((button) => button.asksFirst) ? [`${verb}: asks first`] : []),
    ];
  });
  return [...unknown, ...known];
}

const templates = readTemplates(join(import.meta.dirname, '../../adaptive-cards'));
const sentByCards = [...templates].flatMap(([, card]) => buttonsIn(card));

describe('The table of actions', () => {
  it('reads roles afresh for every helpdesk button that can bring a case nearer to a pass', () => {
    const nearer = new Set(['awaiting-callback', 'awaiting-manager', 'awaiting-approval', 'ready-to-issue', 'issuing']);
    const leads = (event: string): boolean =>
      Object.entries(PROCEDURE).some(([from, rows]) =>
        Object.entries(rows as Readonly<Record<string, { readonly to: readonly string[] }>>).some(
          ([name, { to }]) => name === event && to.some((one) => one !== from && nearer.has(one)),
        ),
      );
    const needed = VERBS.filter((verb) => {
      const { actor, event } = rowOf(verb);
      return event !== null && leads(event) && actor !== 'manager' && actor !== 'account-owner';
    });
    assert.ok(needed.length >= 6, needed.join(', '));
    for (const verb of needed) assert.equal(rowOf(verb).roles, 'fresh', verb);
  });

  it('names every button that a card sends, with its fields and whether it asks first, and no other', () => {
    assert.ok(sentByCards.length > 50, 'the buttons were found');
    assert.deepEqual(misfits(sentByCards), []);
  });

  it('would be found out by a verb no card sends, a field no row names, and a form that went missing', () => {
    const without = sentByCards.filter(({ verb }) => verb !== 'ask-manager');
    assert.deepEqual(misfits(without), ['ask-manager: no card sends it']);
    const extra = { verb: 'go-back', fields: ['case', 'v', 'target'], asksFirst: false };
    assert.deepEqual(misfits([...sentByCards, extra]), ['go-back: target?']);
    const bare = { verb: 'not-me', fields: ['case'], asksFirst: false };
    assert.deepEqual(misfits([...sentByCards, bare]), ['not-me: no v']);
    const hasty = { verb: 'abandon', fields: ['case', 'v'], asksFirst: false };
    assert.deepEqual(misfits([...sentByCards, hasty]), ['abandon: does not ask first']);
    const stray = { verb: 'video-call', fields: ['case', 'v'], asksFirst: false };
    assert.deepEqual(misfits([...sentByCards, stray]), ['video-call: has no row']);
  });

  it('names only events that the procedure knows: each has a row in some state', () => {
    const known = new Set(Object.values(PROCEDURE).flatMap((rows) => Object.keys(rows)));
    const events = VERBS.map((verb) => rowOf(verb).event).filter((event) => event !== null);
    assert.deepEqual(
      events.filter((event) => !known.has(event)),
      [],
    );
  });

  it('writes each step that a button causes under a code of its own', () => {
    const steps = VERBS.flatMap((verb) => (rowOf(verb).event === null ? [] : [rowOf(verb).audit]));
    assert.ok(!steps.includes(null));
    assert.equal(new Set(steps).size, steps.length);
  });

  it('confirms to everybody outside the case what became of their click, and to nobody else', () => {
    for (const verb of VERBS) {
      const outside = ['manager', 'approver', 'account-owner'].includes(rowOf(verb).actor);
      assert.equal(rowOf(verb).confirmation !== null, outside, verb);
    }
  });
});

describe('Who causes an event', () => {
  it('is said for every event of the procedure', () => {
    const events = new Set(Object.values(PROCEDURE).flatMap((rows) => Object.keys(rows)));
    assert.ok(events.size > 20);
    for (const event of events) assert.notEqual(actorOf(event as never), undefined, event);
  });

  it('is looked at before the table: everybody else is refused by name of the rule they broke', () => {
    const at = caseIn(CHOOSING);
    const asked = [
      [{ kind: 'went-back', by: COLLEAGUE }, 'not-your-case'],
      [{ kind: 'went-back', by: TECHNICIAN }, null],
      [{ ...managerSays(at, true), by: COLLEAGUE }, 'not-the-manager'],
      [managerSays(at, true), null],
      [{ kind: 'caller-objected', by: TECHNICIAN, managerNow: NOBODY_ASKED }, 'not-the-owner'],
      [{ kind: 'caller-objected', by: CALLER, managerNow: NOBODY_ASKED }, null],
      [{ kind: 'caller-objected', by: MANAGER, managerNow: NOBODY_ASKED }, null],
      [{ kind: 'approval-decided', by: TECHNICIAN, roles: ['approver'], ...YES }, 'approver-is-the-requester'],
      [{ kind: 'approval-decided', by: CALLER, roles: ['approver'], ...YES }, 'approver-is-the-caller'],
      [{ kind: 'approval-decided', by: APPROVER, roles: ['approver'], ...YES }, null],
      [{ kind: 'time-passed' }, null],
    ] as const;
    for (const [event, refusal] of asked) assert.equal(refusalOfActor(at, event), refusal, JSON.stringify(event));
  });

  it('is nobody at all for an event that does not say who, and everybody for a request that is refused anyway', () => {
    const at = caseIn(CHOOSING);
    assert.equal(refusalOfActor(at, { kind: 'went-back' } as never), 'not-your-case');
    assert.equal(refusalOfActor(at, { kind: 'manual-reset-asked', by: COLLEAGUE }), null);
  });

  it('does not matter for a report that comes late: it changes nothing; a late answer about a pass is refused', () => {
    const at = caseIn(CHOOSING);
    const progress = { step: 'verifying', reason: null, at: NOW } as const;
    const reports = [
      { kind: 'self-service-progressed', progress },
      { kind: 'methods-seen', methods: [] },
      { kind: 'no-pass-found' },
      { kind: 'pass-deleted' },
    ] as const;
    for (const report of reports) assert.equal(step(at, report, POLICY, NOW).kind, 'unchanged', report.kind);
    const answers = [
      { kind: 'pass-created', orderId: 'o1', pass: PASS },
      { kind: 'pass-refused', orderId: 'o1' },
      { kind: 'pass-unanswered', orderId: 'o1' },
      { kind: 'pass-found', pass: PASS },
    ] as const;
    const refusal = { kind: 'refused', refusal: { code: 'not-in-this-state' }, keep: null };
    for (const answer of answers) assert.deepEqual(step(at, answer, POLICY, NOW), refusal, answer.kind);
    assert.deepEqual(step(at, { kind: 'done-pressed', by: TECHNICIAN }, POLICY, NOW), refusal);
  });
});

const YES = { approved: true, subject: 's', reasonGiven: true } as const;

/**
 * A random world around one case, for property tests: events drawn at random, and Graph's side of the truth kept apart
 * from the procedure: which passes exist, who proved what, who objected.
 */
import fc from 'fast-check';
import type { Case, CaseState } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CallerFacts, Instant } from '../../src/procedure/facts.ts';
import { managerQuestion } from '../../src/procedure/decide-proof.ts';
import { isAt } from '../../src/procedure/lockout.ts';
import { facts, METHODS } from './random-facts.ts';
import { APPROVER, CALLER, COLLEAGUE, FACTS, LEAD, MANAGER, MINUTE, NOW } from './people.ts';
import { read, STILL_MAY, TECHNICIAN, unread } from './people.ts';

const people = fc.constantFrom(TECHNICIAN, TECHNICIAN, TECHNICIAN, COLLEAGUE, APPROVER, LEAD, CALLER, MANAGER);
const refs = fc.subarray(METHODS.map((method) => method.ref));

const managerNow = fc.constantFrom<CallerFacts['manager']>(unread, read(MANAGER), read(COLLEAGUE), read(null));
const pass = fc.constantFrom('p1', 'p2', 'p3').map((passId) => ({ passId, oneTime: false }));
/** One thing that happens in a random run; `natural` replaces it by what usually happens where the case stands. */
export type WorldEvent = { readonly event: CaseEvent; readonly natural: boolean; readonly waitMinutes: number };

const orderId = fc.constant('current');
const stillMay = fc.constantFrom(STILL_MAY, STILL_MAY, STILL_MAY, read([]), unread);
const timeLeft = fc.constantFrom('enough' as const, 'enough' as const, 'enough' as const, 'too-little' as const);
const issue = { kind: fc.constant('issue-pressed' as const), facts, stillMay, orderId, timeLeft };
const anyEvent: fc.Arbitrary<CaseEvent> = fc.oneof(
  fc.record({ kind: fc.constant('manual-reset-asked' as const), by: people }),
  fc.record({ kind: fc.constant('snapshot-read-again' as const), by: people, facts }),
  fc.record({ kind: fc.constant('snapshot-read-again' as const), by: fc.constant('hardline' as const), facts }),
  fc.record({ kind: fc.constant('methods-ticked' as const), by: people, atHand: refs }),
  fc.record({ kind: fc.constant('methods-ticked' as const), by: fc.constant(TECHNICIAN), atHand: fc.constant([]) }),
  fc.record({
    kind: fc.constant('self-service-progressed' as const),
    progress: fc.record({
      step: fc.constantFrom(
        'id-entered' as const,
        'verifying' as const,
        'failed' as const,
        'password-set' as const,
        'succeeded' as const,
      ),
      reason: fc.constant(null),
      at: fc.integer({ min: 0, max: 300 }).map((minutes) => (NOW + minutes * MINUTE) as Instant),
    }),
  }),
  fc.record({ kind: fc.constant('went-back' as const), by: people }),
  fc.record({
    kind: fc.constant('callback-chosen' as const),
    by: people,
    numberRef: fc.constantFrom('office', 'office', 'new', 'unknown', 'x'),
  }),
  fc.record({
    kind: fc.constant('callback-recorded' as const),
    by: people,
    outcome: fc.constantFrom(
      'answered-by-caller' as const,
      'answered-by-caller' as const,
      'answered-by-someone-else' as const,
      'voicemail' as const,
    ),
  }),
  fc.record({
    kind: fc.constant('seen-in-person' as const),
    by: people,
    place: fc.constantFrom('Reception', 'elsewhere'),
  }),
  fc.record({ kind: fc.constant('manager-asked' as const), by: people, facts }),
  fc.record({
    kind: fc.constant('manager-answered' as const),
    by: people,
    speakingNow: fc.boolean(),
    question: fc.constantFrom('current', 'current', 'old'),
    facts,
  }),
  fc.record({
    kind: fc.constant('approval-decided' as const),
    by: people,
    roles: fc.constantFrom(
      ['approver'] as const,
      ['approver'] as const,
      ['lead'] as const,
      ['approver', 'lead'] as const,
    ),
    approved: fc.boolean(),
    subject: fc.constantFrom('current', 'current', 'old'),
    reasonGiven: fc.boolean(),
  }),
  fc.record({ ...issue, by: people }),
  fc.record({ ...issue, by: fc.constant(TECHNICIAN) }),
  fc.record({
    kind: fc.constant('pass-created' as const),
    orderId,
    pass: pass.map((one) => ({ ...one, usableFrom: NOW, usableUntil: NOW })),
  }),
  fc.record({
    kind: fc.constant('pass-unseen' as const),
    orderId,
    pass: pass.map((one) => ({ ...one, usableFrom: NOW, usableUntil: NOW })),
  }),
  fc.record({ kind: fc.constant('pass-refused' as const), orderId }),
  fc.record({ kind: fc.constant('pass-unanswered' as const), orderId }),
  fc.record({
    kind: fc.constant('pass-found' as const),
    pass: pass.map((one) => ({ ...one, usableFrom: NOW, usableUntil: NOW })),
  }),
  fc.constant({ kind: 'no-pass-found', at: NOW } as const),
  fc.record({ kind: fc.constant('methods-seen' as const), methods: fc.subarray([...METHODS]) }),
  fc.record({ kind: fc.constant('withdraw-pressed' as const), by: people }),
  fc.constant({ kind: 'pass-deleted', at: NOW } as const),
  fc.constant({ kind: 'pass-still-there' } as const),
  fc.record({ kind: fc.constant('pass-taken-back' as const), by: people }),
  fc.constant({ kind: 'new-methods-read', methods: { kind: 'unread', why: 'timeout' } } as const),
  fc.record({
    kind: fc.constant('new-methods-read' as const),
    methods: fc.subarray([...METHODS]).map((value) => ({ kind: 'read', value }) as const),
  }),
  fc.record({ kind: fc.constant('caller-objected' as const), by: people, managerNow }),
  fc.record({
    kind: fc.constant('escalated' as const),
    by: people,
    because: fc.constant('technician-unsure' as const),
  }),
  fc.record({
    kind: fc.constant('abandoned' as const),
    by: people,
    because: fc.constant('caller-hung-up' as const),
  }),
  fc.record({ kind: fc.constant('done-pressed' as const), by: people }),
  fc.constant({ kind: 'time-passed' } as const),
);

/** Random runs: events with some minutes between them. */
function runs(natural: fc.Arbitrary<boolean>, waitMinutes: fc.Arbitrary<number>) {
  const one = fc.record({ event: anyEvent, natural, waitMinutes });
  return fc.array(one, { minLength: 1, maxLength: 40, size: 'max' });
}

/** Where half of what happens is unusual. */
export const randomRun: fc.Arbitrary<readonly WorldEvent[]> = runs(
  fc.boolean(),
  fc.constantFrom(0, 0, 0, 0, 1, 3, 12, 70),
);
/** Where most cases get to a pass. */
export const usualRun: fc.Arbitrary<readonly WorldEvent[]> = runs(
  fc.constantFrom(true, true, true, false),
  fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 3, 12),
);

/** Fills the placeholders of a random event with what the case really holds, so that runs get far. */
export function fitTo(at: Case, event: CaseEvent, now: Instant): CaseEvent {
  const { state } = at;
  switch (event.kind) {
    case 'approval-decided':
      return event.subject === 'current' && state.kind === 'awaiting-approval'
        ? { ...event, subject: state.subject }
        : event;
    case 'manager-answered':
      return event.question === 'current' && isAt(at, 'awaiting-manager')
        ? { ...event, question: managerQuestion(at) }
        : event;
    case 'pass-unseen':
      // After the pass was created, the report is about that pass.
      if ('pass' in state && state.pass !== null) return { ...event, pass: state.pass };
      return { ...event, pass: { ...event.pass, usableFrom: now, usableUntil: (now + 60 * MINUTE) as Instant } };
    case 'pass-created':
    case 'pass-found':
      return { ...event, pass: { ...event.pass, usableFrom: now, usableUntil: (now + 60 * MINUTE) as Instant } };
    case 'pass-deleted':
    case 'no-pass-found':
      return { ...event, at: now };
    default:
      return event;
  }
}

/** What usually happens next in a state, so that runs get far. */
export function natural(at: Case, event: CaseEvent): CaseEvent {
  const by = at.technician;
  switch (at.state.kind) {
    case 'asking-methods':
      return { kind: 'methods-ticked', by, atHand: [] };
    case 'choosing-proof':
      return 'numberRef' in event || 'waitMinutes' in event
        ? { kind: 'seen-in-person', by, place: 'Reception' }
        : { kind: 'callback-chosen', by, numberRef: 'office' };
    case 'awaiting-callback':
      return { kind: 'callback-recorded', by, outcome: 'answered-by-caller' };
    case 'awaiting-approval':
      return {
        kind: 'approval-decided',
        ...secondPerson(at.state),
        approved: true,
        subject: 'current',
        reasonGiven: true,
      };
    case 'ready-to-issue':
      return {
        kind: 'issue-pressed',
        by,
        facts: 'facts' in event ? event.facts : at.facts,
        stillMay: STILL_MAY,
        orderId: 'current',
        timeLeft: 'enough',
      };
    case 'withdrawing-pass':
      return { kind: 'pass-deleted', at: NOW };
    default:
      return event;
  }
}

/** Whoever usually answers: an approver, and a lead where one is needed. */
function secondPerson({ needs, approvals }: Extract<CaseState, { kind: 'awaiting-approval' }>) {
  const lead = needs === 'lead' || (needs === 'lead-and-another' && approvals.length > 0);
  return lead ? ({ by: LEAD, roles: ['approver', 'lead'] } as const) : ({ by: APPROVER, roles: ['approver'] } as const);
}

/** Every state a run can start from, with the calm facts. */
export function start(state: CaseState): Case {
  return {
    id: 1 as Case['id'],
    technician: TECHNICIAN,
    caller: CALLER,
    openedAt: NOW,
    movedAt: NOW,
    facts: FACTS,
    atHand: [],
    issued: null,
    leftBehind: null,
    reasonsFound: [],
    managersAsked: [],
    state,
  };
}

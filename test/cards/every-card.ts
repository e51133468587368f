/**
 * Every card of the product, drawn from the example views.
 * The one rule kept here: a template that no entry draws fails a test, so nothing is left unlooked at.
 */
import type { Cards } from '../../src/cards/card-for.ts';
import type { AdaptiveCard } from '../../src/casework/ports.ts';
import { Secret } from '../../src/casework/secret.ts';
import type { RefusalCode } from '../../src/procedure/refusals.ts';
import type { TemplateName } from '../../src/cards/templates.ts';
import { everyState, troubledViews } from './example-states.ts';
import { ago, NOW, ordinary, person, stored, TECHNICIAN, viewOf, type Texts } from './example-views.ts';

/** One drawn card. `name` is unique; `template` says what it was drawn from. */
export interface Drawn {
  readonly name: string;
  readonly template: TemplateName;
  readonly card: AdaptiveCard;
  readonly summary: string;
}

/** The pass the examples show. */
export const EXAMPLE_PASS = 'W+d9K0xO';

/** Draws everything. */
export function everyCard(cards: Cards, texts: Texts = ordinary): readonly Drawn[] {
  const at = stored({ name: 'awaiting-callback', numberRef: 'business-phone', since: ago(1) });
  const issued = { name: 'awaiting-backup-method', ...passState() } as const;
  const notice = {
    stored: at,
    technicianName: texts('technicianName', 'Tess Lindqvist'),
    callerName: texts('displayName', 'Lena Hartmann'),
    usableUntil: ago(-59),
    now: NOW,
    timeZone: 'UTC',
  };
  const stop = { code: 'privileged-role', reach: 'pass', detail: texts('role', 'Global Administrator') } as const;
  const about = { stored: at, person: person(texts), technicianName: notice.technicianName, now: NOW, timeZone: 'UTC' };
  const letters = {
    refused: cards.refused({ query: texts('query', 'Lena Hartmann'), at: null }),
    'refused.nobody-named': cards.refused({ query: '', at: null }),
    'refused.in-a-case': cards.refused({ query: '', at }),
    refusal: cards.refusal({ refusal: { code: 'callback-is-stale' as RefusalCode, stops: [] }, at }),
    'refusal.stopped': cards.refusal({ refusal: { code: 'stopped', stops: [stop] }, at }),
    'refusal.door': cards.refusal({ refusal: { code: 'not-understood' }, at: null }),
    'pick-caller': cards.pickCaller({
      query: texts('query', 'Alex Morgan'),
      people: ['21', '22', '10', '23', '24', '25'].map((nn) => person(texts, nn)),
      more: false,
    }),
    'caller-not-found': cards.callerNotFound(texts('query', 'Lena Hartman')),
    help: cards.help(['technician', 'approver', 'auditor', 'lead']),
    welcome: cards.welcome(),
    cases: cards.cases({
      cases: Object.values(everyState(texts)).map((state, index) => ({
        stored: stored(state, undefined, index + 1),
        callerName: texts('displayName', 'Lena Hartmann'),
      })),
      now: NOW,
      timeZone: 'UTC',
    }),
    'cases.none': cards.cases({ cases: [], now: NOW, timeZone: 'UTC' }),
    log: cards.log({
      entries: entries(texts),
      nameOf: () => texts('displayName', 'Tess Lindqvist'),
      now: NOW,
      timeZone: 'UTC',
    }),
    guidance: cards.guidance(),
    'self-service-link': cards.selfServiceLink(at),
    'self-service-link.no-case': cards.selfServiceLink(null),
    'notice-recovery-started': cards.notice('recovery-started', { ...notice, reader: 'caller', usableUntil: null }),
    'notice-pass-issued': cards.notice('pass-issued', { ...notice, reader: 'caller' }),
    'notice-pass-issued.manager': cards.notice('pass-issued', { ...notice, reader: 'manager' }),
    'manager-question': cards.managerQuestion({ ...notice, expiresAt: ago(-10) }),
    'approval-request': cards.approvalRequest({
      ...about,
      proofBy: 'in-person',
      reasons: ['proof-not-by-callback', 'vip'],
      subject: 'subject',
      expiresAt: ago(-15),
    }),
    'alarm.someone-else': cards.alarm({ ...about, alarm: 'someone-else-answered' }),
    'alarm.objected': cards.alarm({ ...about, alarm: 'caller-objected' }),
    told: cards.told({ code: 'link-to-read-out', at: null }),
    'told.objection': cards.told({ code: 'objection-taken', at: null }),
    fault: cards.fault({ said: 'Microsoft Entra did not answer. Nothing was changed.', reference: 'ref-1234', at }),
    'fault.bug': cards.fault({ said: null, reference: 'ref-1234', at: null }),
  };
  const pass = cards.pass(viewOf(issued, texts), new Secret(EXAMPLE_PASS)).passCard as AdaptiveCard;
  const troubled = Object.entries(troubledViews(texts)).map(([name, view]) => drawn(name, cards.caseCard(view)));
  return [
    ...troubled,
    ...Object.entries(everyState(texts)).map(([name, state]) => drawn(name, cards.caseCard(viewOf(state, texts)))),
    ...Object.entries(letters).map(([name, letter]) => drawn(name, letter)),
    drawn('pass', { card: pass, summary: '' }),
  ];
}

function drawn(name: string, letter: { readonly card: AdaptiveCard; readonly summary: string }): Drawn {
  return { name, template: name.split('.')[0] as TemplateName, ...letter };
}

function passState() {
  return {
    pass: { passId: 'pass-1', usableFrom: NOW, usableUntil: ago(-60), oneTime: true },
    since: NOW,
    methodsBefore: [],
    newMethods: [],
  };
}

function entries(texts: Texts) {
  const codes = ['case.picture-read', 'case.methods-ticked', 'case.callback-recorded', 'request.refused', 'x.unknown'];
  return Array.from({ length: 30 }, (_, seq) => ({
    seq,
    at: ago(seq * 20),
    code: codes[seq % codes.length] ?? 'x',
    actor: seq % 3 === 0 ? ('hardline' as const) : TECHNICIAN,
    about: null,
    caseId: stored({ name: 'choosing-proof', lastAttempt: null }).case.id,
    intentId: null,
    detail: { outcome: texts('outcome', 'answered-by-caller') },
  }));
}

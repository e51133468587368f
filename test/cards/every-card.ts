/**
 * Every card of the product, drawn from the example views.
 * A template that no entry draws fails a test, so every card is looked at.
 */
import type { Cards } from '../../src/casework/ports/cards.ts';
import type { StoredCase } from '../../src/casework/ports/ledger.ts';
import type { AdaptiveCard, CardMessage } from '../../src/casework/ports/messenger.ts';
import { Secret } from '../../src/casework/ports/secret.ts';
import type { MethodKind } from '../../src/procedure/facts.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import type { TemplateName } from '../../src/cards/templates.ts';
import { reachViews } from './example-reach.ts';
import { everyState, troubledViews } from './example-states.ts';
import { passOutOfOrder } from './example-passes.ts';
import { ago, NOW, ordinary, person, stored, TECHNICIAN, viewOf, type Texts } from './example-views.ts';
import { modeCards } from './mode-cards.ts';
import { viewsAfterNoes } from './second-person-states.ts';

/** One drawn card. `name` is unique; `template` says what it was drawn from. */
export interface Drawn {
  readonly name: string;
  readonly template: TemplateName;
  readonly card: AdaptiveCard;
  readonly summary: string;
}

/** The pass the examples show. */
export const EXAMPLE_PASS = 'W+d9K0xO';

const WORDS = ['river', 'lemon'] as const;

/** Draws everything. */
export function everyCard(cards: Cards, texts: Texts = ordinary): readonly Drawn[] {
  const at = stored({
    kind: 'awaiting-callback',
    numberRef: 'business-phone',
    numberDigest: 'digest-office',
    since: ago(1),
  });
  const issued = { kind: 'awaiting-backup-method', ...passState() } as const;
  const notice = {
    stored: at,
    matchingWords: WORDS,
    technicianName: texts('technicianName', 'Tess Lindqvist'),
    callerName: texts('displayName', 'Lena Hartmann'),
    usableUntil: ago(-59),
    now: NOW,
    timeZone: 'UTC',
  };
  const about = {
    stored: at,
    matchingWords: WORDS,
    person: person(texts),
    technicianName: notice.technicianName,
    now: NOW,
    timeZone: 'UTC',
  };
  const cardMessages = {
    refused: cards.refused({ query: texts('query', 'Lena Hartmann'), at: null, recorded: true }),
    'refused.nobody-named': cards.refused({ query: '', at: null, recorded: true }),
    'refused.in-a-case': cards.refused({ query: '', at, recorded: true }),
    'refused.not-recorded': cards.refused({ query: '', at: null, recorded: false }),
    refusal: cards.refusal({ refusal: { code: 'callback-is-stale' }, at }),
    'refusal.facts-unread': cards.refusal({
      refusal: {
        code: 'facts-unread',
        missing: [
          { part: 'risk', why: 'throttled' },
          { part: 'number-age:directory-office', why: 'not-confirmed' },
        ],
      },
      at,
      nextRead: { at: (NOW + 5000) as Instant, now: NOW, timeZone: 'UTC' },
    }),
    'refusal.not-understood': cards.refusal({ refusal: { code: 'not-understood' }, at: null }),
    'pick-caller': cards.pickCaller({
      query: texts('query', 'Alex Morgan'),
      people: ['21', '22', '10', '23', '24', '25'].map((nn) => ({
        ...person(texts, nn),
        match: 'as-written' as const,
      })),
      more: false,
    }),
    'pick-caller.similar': cards.pickCaller({
      query: texts('query', 'Lena Hartman'),
      people: [{ ...person(texts, '10'), match: 'similar' as const }],
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
    guidance: cards.guidance(null),
    ...Object.fromEntries(ownCards(cards, texts)),
    ...Object.fromEntries(closedRequests(cards, texts, at)),
    ...Object.fromEntries(modeCards(cards, texts)),
    ...Object.fromEntries(portalErrors(cards, texts)),
    'self-service-link': cards.selfServiceLink(at),
    'self-service-link.no-case': cards.selfServiceLink(null),
    'self-service-link.methods': cards.selfServiceLink(at, ['authenticator-app', 'mobile-phone', 'mobile-phone']),
    'notice-recovery-started': cards.notice('recovery-started', { ...notice, reader: 'caller', usableUntil: null }),
    'notice-pass-issued': cards.notice('pass-issued', { ...notice, reader: 'caller' }),
    'notice-pass-issued.manager': cards.notice('pass-issued', { ...notice, reader: 'manager' }),
    'manager-question': cards.managerQuestion({ ...notice, question: 'question', expiresAt: ago(-10) }),
    'approval-request': cards.approvalRequest({
      ...about,
      proofBy: 'in-person',
      vouchedBy: null,
      stillNeeded: ['approver'],
      noes: [],
      reasons: ['proof-not-by-callback', 'vip'],
      subject: 'subject',
      askedAt: ago(2),
      expiresAt: ago(-13),
    }),
    'alarm.someone-else': cards.alarm({ ...about, leftBehind: null, alarm: 'someone-else-answered' }),
    'alarm.manager': cards.alarm({ ...about, leftBehind: null, alarm: 'manager-declined' }),
    'alarm.objected': cards.alarm({ ...about, leftBehind: null, alarm: 'caller-objected' }),
    ...passOutOfOrder(cards, about, texts),
    'approval-request.no': cards.approvalRequest({
      ...about,
      proofBy: 'manager',
      vouchedBy: texts('managerName', 'Mara Jensen'),
      stillNeeded: ['lead', 'anybody'],
      noes: [{ kind: 'approval-denied', at: ago(90) }],
      reasons: ['earlier-no', 'helpdesk-account', 'proof-not-by-callback'],
      subject: 'subject',
      askedAt: ago(2),
      expiresAt: ago(-8),
    }),
    'alarm.helpdesk': cards.alarm({ ...about, leftBehind: null, alarm: 'helpdesk-account' }),
    confirmation: cards.confirmation({ code: 'link-to-read-out', at: null }),
    'confirmation.link-not-sent': cards.confirmation({ code: 'link-not-sent', at: null }),
    'confirmation.outage': cards.ledgerOutage({ kind: 'began' }),
    'confirmation.outage-over': cards.ledgerOutage({ kind: 'over', seconds: 431, unrecorded: 3 }),
    'refusal.unrecorded': cards.refusal({ refusal: { code: 'no-such-case' }, at: null, recorded: false }),
    'confirmation.objection': cards.confirmation({ code: 'objection-taken', at: null }),
    fault: cards.fault({ code: 'directory-timeout', reference: 'ref-1234', at }),
    'fault.bug': cards.fault({ code: null, reference: 'ref-1234', at: null }),
  };
  const pass = cards.pass(viewOf(issued, texts), new Secret(EXAMPLE_PASS)).passCard as AdaptiveCard;
  const troubledOnes = { ...troubledViews(texts), ...reachViews(texts), ...viewsAfterNoes(texts) };
  const troubled = Object.entries(troubledOnes).map(([name, view]) => drawn(name, cards.caseCard(view)));
  return [
    ...troubled,
    ...Object.entries(everyState(texts)).map(([name, state]) => drawn(name, cards.caseCard(viewOf(state, texts)))),
    ...Object.entries(cardMessages).map(([name, cardMessage]) => drawn(name, cardMessage)),
    drawn('pass', { card: pass, summary: '' }),
  ];
}

type Named = readonly (readonly [string, CardMessage])[];

/** Guidance for somebody who wrote, in each of its variants. */
function ownCards(cards: Cards, texts: Texts): Named {
  const method = (kind: MethodKind, counts: boolean) => ({ kind, masked: texts('masked', '•••• •142'), counts });
  const two = [method('authenticator-app', true), method('mobile-phone', true), method('windows-hello', false)];
  const own = (methods: typeof two, enough: boolean, unread = false) =>
    cards.guidance({ methods, required: 2, enough, unread });
  return [
    ['guidance.enough', own(two, true)],
    ['guidance.too-few', own(two.slice(1), false)],
    ['guidance.none', own([], false)],
    ['guidance.unread', own([], false, true)],
  ];
}

/** What replaces the cards of a request, for every outcome. */
function closedRequests(cards: Cards, texts: Texts, stored: StoredCase): Named {
  const outcomes = ['approved', 'denied', 'confirmed', 'declined', 'expired', 'withdrawn', 'moved'] as const;
  return outcomes.map((outcome) => {
    const purpose = outcome === 'confirmed' || outcome === 'declined' ? 'manager-question' : 'approval';
    const decided = outcome !== 'expired' && outcome !== 'withdrawn' && outcome !== 'moved';
    const byName = decided ? texts('approverName', 'Ada Moreau') : null;
    const view = { stored, purpose, outcome, byName, at: ago(1), now: NOW, timeZone: 'UTC' } as const;
    return [`request-closed.${outcome}`, cards.requestClosed(view)];
  });
}

/** A page's words, with somebody named and without. */
function portalErrors(cards: Cards, texts: Texts): Named {
  return [
    ['portal-error', cards.portalError({ error: 'SSPR_0014', query: texts('query', 'Lena Hartmann') })],
    ['portal-error.nobody-named', cards.portalError({ error: 'SSPR_0030', query: null })],
    ['portal-error.for-the-tenant', cards.portalError({ error: 'menu-not-found', query: null })],
  ];
}

function drawn(name: string, cardMessage: { readonly card: AdaptiveCard; readonly summary: string }): Drawn {
  return { name, template: name.split('.')[0] as TemplateName, ...cardMessage };
}

function passState() {
  return {
    pass: { passId: 'pass-1', usableFrom: NOW, usableUntil: ago(-60), oneTime: true },
    issuedOn: null,
    since: NOW,
    methodsBefore: [],
    newMethods: [],
  };
}

function entries(texts: Texts) {
  const codes = ['case.opened', 'case.methods-ticked', 'case.callback-recorded', 'request.refused', 'x.unknown'];
  return Array.from({ length: 30 }, (_, seq) => ({
    seq,
    at: ago(seq * 20),
    code: codes[seq % codes.length] ?? 'x',
    actor: seq % 3 === 0 ? ('hardline' as const) : TECHNICIAN,
    about: null,
    caseId: stored({ kind: 'choosing-proof', lastAttempt: null }).case.id,
    intentId: null,
    detail: { outcome: texts('outcome', 'answered-by-caller') },
  }));
}

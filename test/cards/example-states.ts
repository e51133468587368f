/**
 * Every state a case can be in, and views in which much is wrong.
 * The key is the name of the golden file, and begins with the name of the template.
 */
import type { CaseState } from '../../src/procedure/case.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { readinessOf } from '../../src/procedure/readiness.ts';
import type { CaseView } from '../../src/casework/ports/card-views.ts';
import {
  ago,
  APPROVER,
  facts,
  slowFacts,
  MANAGER,
  noFacts,
  NOW,
  ordinary,
  PASS,
  PROOF,
  stored,
  viewOf,
  type Texts,
} from './example-views.ts';
import { waitingForSecondPersons } from './second-person-states.ts';

const ORDER = { orderId: 'order-1', lifetimeMinutes: 60, oneTime: true, orderedAt: ago(0), passBefore: null };

/** Every state, in the variants whose cards differ. The key is the name of the golden file. */
export function everyState(texts: Texts = ordinary): Readonly<Record<string, CaseState>> {
  const failed = { step: 'failed', reason: texts('reason', 'User cancelled before passing'), at: ago(2) } as const;
  return {
    'asking-methods': { kind: 'asking-methods', selfServiceFailure: null },
    'asking-methods.after-failure': { kind: 'asking-methods', selfServiceFailure: failed },
    'awaiting-self-service': {
      kind: 'awaiting-self-service',
      since: ago(3),
      progress: { step: 'link-sent', reason: null, at: ago(3) },
      pass: null,
    },
    'awaiting-self-service.with-pass': {
      kind: 'awaiting-self-service',
      since: ago(3),
      progress: failed,
      pass: PASS,
    },
    'choosing-proof': { kind: 'choosing-proof', lastAttempt: null },
    'choosing-proof.again': { kind: 'choosing-proof', lastAttempt: 'voicemail' },
    'awaiting-callback': {
      kind: 'awaiting-callback',
      numberRef: 'business-phone',
      numberDigest: 'digest-office',
      since: ago(1),
    },
    'awaiting-manager': { kind: 'awaiting-manager', manager: MANAGER, since: ago(2) },
    ...waitingForSecondPersons(texts),
    'ready-to-issue': { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null },
    'ready-to-issue.approved': {
      kind: 'ready-to-issue',
      proof: { kind: 'manager', manager: MANAGER, at: ago(4) },
      approvals: [{ by: APPROVER, as: 'approver', at: ago(1), subject: 'subject' }],
      lastAttempt: null,
    },
    'ready-to-issue.never-shown': {
      kind: 'ready-to-issue',
      proof: PROOF,
      approvals: [],
      lastAttempt: 'pass-never-shown',
    },
    issuing: { kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then: null },
    'uncertain-pass': { kind: 'uncertain-pass', order: ORDER, then: 'choosing-proof', firstNotFoundAt: null },
    'awaiting-backup-method': {
      kind: 'awaiting-backup-method',
      pass: PASS,
      issuedOn: null,
      since: ago(1),
      methodsBefore: [],
      newMethods: [],
    },
    'awaiting-backup-method.registered': {
      kind: 'awaiting-backup-method',
      pass: { ...PASS, oneTime: false },
      issuedOn: null,
      since: ago(5),
      methodsBefore: [],
      newMethods: [
        {
          ref: 'new',
          kind: 'mobile-phone',
          masked: texts('masked', '+44 •••• •••199'),
          digest: 'digest-new',
          registeredAt: ago(1),
        },
      ],
    },
    'withdrawing-pass': {
      kind: 'withdrawing-pass',
      pass: PASS,
      since: ago(0),
      then: 'choosing-proof',
      firstGoneAt: null,
    },
    'closed.resolved': {
      kind: 'closed',
      at: NOW,
      closing: { outcome: 'resolved', because: 'self-service-succeeded' },
    },
    'closed.password-set': {
      kind: 'closed',
      at: NOW,
      closing: { outcome: 'resolved', because: 'password-set', setAt: ago(1) },
    },
    'closed.escalated': {
      kind: 'closed',
      at: NOW,
      closing: {
        outcome: 'escalated',
        because: 'stopped',
        stops: [
          { code: 'privileged-role', reach: 'pass', detail: texts('role', 'Global Administrator') },
          { code: 'risk-unread', reach: 'pass', detail: 'timeout' },
        ],
      },
    },
    'closed.abandoned': { kind: 'closed', at: NOW, closing: { outcome: 'abandoned', because: 'caller-hung-up' } },
    'closed.expired': { kind: 'closed', at: NOW, closing: { outcome: 'expired', because: 'pass-expired' } },
  };
}

/** Views with much going on: stops, risks, notices, nothing read, several numbers. */
export function troubledViews(texts: Texts = ordinary): Readonly<Record<string, CaseView>> {
  const states = everyState(texts);
  const asking = states['asking-methods'] as CaseState;
  const choosing = states['choosing-proof'] as CaseState;
  const ready = states['ready-to-issue'] as CaseState;
  const callback = states['awaiting-callback'] as CaseState;
  const unreadable = { profile: null, methods: [], numbers: [], plannedPass: null, technicianName: null } as const;
  const withNumbers = viewOf(choosing, texts);
  return {
    'asking-methods.no-pass': viewOf(asking, texts, {
      stops: [{ code: 'privileged-role', reach: 'pass', detail: texts('role', 'Global Administrator') }],
      risks: ['medium-risk', 'third-contact-in-a-day'],
      recommendation: { route: 'escalate', because: 'stopped' },
      threatMode: 'elevated',
      modeLine: { since: ago(40), byName: texts('leadName', 'Ada Moreau'), spike: false },
      slowFacts: null,
      notices: ['caller-not-reachable-in-teams'],
    }),
    'asking-methods.stopped': viewOf(asking, texts, {
      stops: [{ code: 'account-disabled', reach: 'case', detail: '' }],
      recommendation: { route: 'escalate', because: 'stopped' },
    }),
    'asking-methods.unknown-code': viewOf(asking, texts, {
      slowFacts: slowFacts('unknown-code', texts, 'perhaps'),
    }),
    'asking-methods.lockdown': viewOf(asking, texts, {
      slowFacts: { diagnosis: { kind: 'read', value: null }, license: { kind: 'unread', why: 'denied' } },
      readiness: readinessOf(facts(texts), { kind: 'unread', why: 'denied' }, DEFAULT_POLICY, NOW),
      stops: [{ code: 'lockdown', reach: 'pass', detail: '' }],
      threatMode: 'lockdown',
      modeLine: { since: ago(2000), byName: texts('leadName', 'Ada Moreau'), spike: false },
    }),
    'choosing-proof.pass-will-not-help': viewOf(choosing, texts, {
      slowFacts: slowFacts('conditional-access', texts, 'no'),
      risks: ['close-to-technician'],
    }),
    'ready-to-issue.spike': viewOf(ready, texts, {
      threatMode: 'elevated',
      modeLine: { since: ago(10), byName: null, spike: true },
      notices: ['caller-notified-in-teams'],
    }),
    'awaiting-callback.caller-not-reached': viewOf(callback, texts, { notices: ['caller-not-reachable-in-teams'] }),
    'asking-methods.nothing-read': {
      ...viewOf(asking, texts, unreadable),
      slowFacts: { diagnosis: { kind: 'unread', why: 'timeout' }, license: { kind: 'unread', why: 'timeout' } },
      readiness: readinessOf(noFacts(), { kind: 'unread', why: 'timeout' }, DEFAULT_POLICY, NOW),
      stored: stored(asking, noFacts()),
      recommendation: { route: 'wait', because: 'unread' },
      notices: ['names-not-read'],
      missing: [
        { part: 'account', why: 'timeout' },
        { part: 'activeRoles', why: 'timeout' },
      ],
      nextReadAt: (NOW + 20_000) as Instant,
    },
    'choosing-proof.several-numbers': {
      ...withNumbers,
      numbers: withNumbers.numbers.map((number) => ({ ...number, usable: true, whyNot: null })),
      risks: ['vip'],
    },
    'choosing-proof.no-number': {
      ...viewOf(choosing, texts, unreadable),
      stored: stored(choosing, noFacts()),
      managerCanVouch: false,
      missing: [{ part: 'numbers', why: 'timeout' }],
      nextReadAt: (NOW + 2000) as Instant,
    },
    'choosing-proof.being-confirmed': {
      ...withNumbers,
      numbers: withNumbers.numbers.map((number) => ({
        ...number,
        number: { ...number.number, age: { kind: 'unread', why: 'not-confirmed' } },
        usable: false,
        whyNot: 'age-unread',
      })),
      missing: [
        { part: 'number-age:directory-office', why: 'not-confirmed' },
        { part: 'number-age:directory-mobile', why: 'not-confirmed' },
      ],
      nextReadAt: (NOW + 20_000) as Instant,
    },
    'ready-to-issue.facts-unread': viewOf(ready, texts, {
      missing: [
        { part: 'risk', why: 'throttled' },
        { part: 'number-age:directory-office', why: 'stale' },
      ],
      nextReadAt: (NOW + 5000) as Instant,
    }),
    'ready-to-issue.no-license': viewOf(ready, texts, { missing: [{ part: 'risk', why: 'not-licensed' }] }),
    'awaiting-callback.facts-unread': viewOf(callback, texts, { missing: [{ part: 'risk', why: 'timeout' }] }),
    'awaiting-callback.number-gone': viewOf(callback, texts, unreadable),
  };
}

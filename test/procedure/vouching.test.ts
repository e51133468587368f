/** Who may confirm a caller as their manager, looked at when they are asked, when they answer, and at Issue. */
import assert from 'node:assert/strict';
import type { LastAttempt } from '../../src/procedure/case.ts';
import type { CallerFacts, Instant } from '../../src/procedure/facts.ts';
import { step } from '../../src/procedure/lockout.ts';
import { leadsTo, take } from './exactly.ts';
import { after, CALLER, caseIn, COLLEAGUE, DAY, FACTS, MANAGER, managerSays, NOW, POLICY, read } from './people.ts';
import { STILL_MAY, TECHNICIAN, unread } from './people.ts';

const by = TECHNICIAN;
const choosing = { kind: 'choosing-proof', lastAttempt: null } as const;
const asked = { kind: 'awaiting-manager', manager: MANAGER, since: NOW } as const;
const vouched = { kind: 'manager', manager: MANAGER, at: NOW } as const;

const YESTERDAY = (NOW - DAY) as Instant;
/** What the facts say about the manager, the refusal when they are to be asked, and what the card says afterwards. */
const UNFIT: readonly (readonly [string, Partial<CallerFacts>, string, LastAttempt])[] = [
  ['the caller', { manager: read(CALLER) }, 'manager-is-the-caller', 'manager-changed'],
  ['the technician', { manager: read(TECHNICIAN) }, 'manager-is-the-technician', 'manager-changed'],
  ['nobody any more', { manager: read(null), managerAge: read(null) }, 'no-manager-on-record', 'manager-changed'],
  [
    'disabled',
    { managerAccount: read({ enabled: false, kind: 'member' }) },
    'manager-is-disabled',
    'manager-may-not-confirm',
  ],
  [
    'a guest of another company',
    { managerAccount: read({ enabled: true, kind: 'external-guest' }) },
    'manager-is-a-guest',
    'manager-may-not-confirm',
  ],
  [
    'a guest with an account of ours',
    { managerAccount: read({ enabled: true, kind: 'internal-guest' }) },
    'manager-is-a-guest',
    'manager-may-not-confirm',
  ],
  [
    'on record since yesterday',
    { managerAge: read({ since: YESTERDAY, changed: true }) },
    'manager-changed-lately',
    'manager-changed',
  ],
  [
    'known since yesterday',
    { managerAge: read({ since: YESTERDAY, changed: false }) },
    'manager-not-known-long-enough',
    'manager-not-known-long-enough',
  ],
];

describe('A manager who may not confirm the caller', () => {
  for (const [who, change, refusal, lastAttempt] of UNFIT) {
    const facts = { ...FACTS, ...change };
    const back = leadsTo({ kind: 'choosing-proof', lastAttempt });

    it(`is not asked, not believed, and no proof at Issue: ${who}`, () => {
      const ask = step(caseIn(choosing), { kind: 'manager-asked', by, facts }, POLICY, NOW);
      assert.deepEqual(ask, { kind: 'refused', refusal: { code: refusal }, keep: caseIn(choosing, change) });
      assert.deepEqual(take(asked, managerSays(caseIn(asked), true, facts)), back);
      const ready = { kind: 'ready-to-issue', proof: vouched, approvals: [], lastAttempt: null } as const;
      const press = {
        kind: 'issue-pressed',
        stillMay: STILL_MAY,
        by,
        facts,
        orderId: 'o1',
        timeLeft: 'enough',
      } as const;
      assert.deepEqual(take(ready, press, { policy: { secondPersonFor: [] } }), back);
    });
  }

  it('may be the caller all the same when the word was given before: Issue does not take it', () => {
    const ownManager = { kind: 'ready-to-issue', proof: { ...vouched, manager: CALLER }, approvals: [] } as const;
    const facts = { ...FACTS, manager: read(CALLER) };
    const press = { kind: 'issue-pressed', stillMay: STILL_MAY, by, facts, orderId: 'o1', timeLeft: 'enough' } as const;
    const back = leadsTo({ kind: 'choosing-proof', lastAttempt: 'manager-may-not-confirm' });
    assert.deepEqual(take({ ...ownManager, lastAttempt: null }, press), back);
  });

  it('is not taken for one when the account could not be read: the press waits, and the case stays', () => {
    const facts = { ...FACTS, managerAccount: unread };
    const missing = [{ part: 'manager-account', why: 'timeout' }];
    const kept = { managerAccount: unread };
    const refused = { kind: 'refused', refusal: { code: 'facts-unread', missing } } as const;
    const ask = { kind: 'manager-asked', by, facts } as const;
    assert.deepEqual(step(caseIn(choosing), ask, POLICY, NOW), { ...refused, keep: caseIn(choosing, kept) });
    const yes = managerSays(caseIn(asked), true, facts);
    assert.deepEqual(step(caseIn(asked), yes, POLICY, NOW), { ...refused, keep: caseIn(asked, kept) });
    assert.deepEqual(take(asked, managerSays(caseIn(asked), true, { ...FACTS, managerAccount: read(null) })), {
      refused: 'facts-unread',
    });
  });

  it('is not accused by what was read of somebody when nobody knows who the manager is', () => {
    const lacking = (change: Partial<CallerFacts>) => {
      const ask = step(caseIn(choosing), { kind: 'manager-asked', by, facts: { ...FACTS, ...change } }, POLICY, NOW);
      assert.ok(ask.kind === 'refused' && ask.refusal.code === 'facts-unread', JSON.stringify(ask));
      return ask.refusal.missing.map(({ part, why }) => `${part}: ${why}`);
    };
    const young = { managerAge: read({ since: YESTERDAY, changed: true }) };
    assert.deepEqual(lacking({ manager: unread, ...young }), ['manager: timeout']);
    assert.deepEqual(lacking({ managerAge: unread }), ['manager-age: timeout']);
    assert.deepEqual(lacking({ managerAge: read(null) }), ['manager-age: missing']);
    assert.deepEqual(lacking({ managerAccount: read(null) }), ['manager-account: missing']);
  });

  it('is not asked about a caller whom a stop keeps from a pass: the case ends instead', () => {
    const facts = { ...FACTS, risk: read({ level: 'high', confirmedCompromised: false } as const) };
    const result = take(choosing, { kind: 'manager-asked', by, facts });
    assert.ok('to' in result && result.to.kind === 'closed');
  });
});

describe("A manager's answer", () => {
  it('counts only for the question that was asked: an old yes never answers a newer question', () => {
    const before = managerSays(caseIn({ ...asked, since: after(-20) }), true, FACTS);
    assert.deepEqual(take(asked, before), { refused: 'manager-question-is-over' });
    assert.deepEqual(take(asked, { ...before, question: '' }), { refused: 'manager-question-is-over' });
    const now = take(asked, managerSays(caseIn(asked), true, FACTS));
    assert.ok('to' in now && now.to.kind === 'awaiting-approval');
  });

  it('that they are not speaking with the caller alarms the leads, also on the card of an earlier question', () => {
    const no = managerSays(caseIn(asked), false);
    const declined = take(asked, no);
    assert.ok('to' in declined && declined.to.kind === 'choosing-proof');
    assert.deepEqual(declined.effects, [{ kind: 'alarm-leads', alarm: 'manager-declined' }]);
    assert.deepEqual(take(asked, { ...no, question: 'an older one' }), declined);
  });

  it('may also be "this was not them", while the directory does not say who the manager is', () => {
    const objects = { kind: 'caller-objected', by: MANAGER, managerNow: unread } as const;
    const ended = take(asked, objects, { facts: { manager: unread } });
    assert.ok('to' in ended && ended.to.kind === 'closed' && ended.to.closing.because === 'caller-objected');
    const other = take(asked, { ...objects, by: COLLEAGUE }, { facts: { manager: unread } });
    assert.deepEqual(other, { refused: 'not-the-owner' });
  });

  it('is taken from whoever was asked, and not from whoever is the manager by now', () => {
    const facts = { ...FACTS, manager: read(COLLEAGUE) };
    const answer = managerSays(caseIn(asked), true, facts);
    assert.deepEqual(take(asked, { ...answer, by: COLLEAGUE }, { facts }), { refused: 'not-the-manager' });
    const back = leadsTo({ kind: 'choosing-proof', lastAttempt: 'manager-changed' });
    assert.deepEqual(take(asked, answer, { facts }), back);
  });
});

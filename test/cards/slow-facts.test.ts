import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import type { CaseView } from '../../src/casework/ports/card-views.ts';
import { english } from '../../src/cards/locales/en/strings.ts';
import type { CaseState, StateName } from '../../src/procedure/case.ts';
import type { Diagnosis, LockoutReason } from '../../src/procedure/diagnosis.ts';
import type { CallerFacts, UnreadReason } from '../../src/procedure/facts.ts';
import type { Readiness, ReadinessRow, ReadinessVerdict, RowState } from '../../src/procedure/readiness.ts';
import { everyState } from './example-states.ts';
import { ago, daysAgo, facts, slowFacts, stored, viewOf } from './example-views.ts';
import { lint } from './lint.ts';
import { seen } from './reading.ts';

const cards = loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en');
const states = everyState();
const ASKING = states['asking-methods'] as CaseState;
const REASONS = Object.keys(english.diagnosis.reasons) as LockoutReason[];
const HELPS = Object.keys(english.diagnosis.passHelps) as Diagnosis['passHelps'][];
const draw = (change: Partial<CaseView>, state: CaseState = ASKING) => cards.caseCard(viewOf(state, undefined, change));

describe('Why the caller is locked out', () => {
  it('is right under the headline, with what it means for a pass, for every reason', () => {
    for (const reason of REASONS)
      for (const helps of HELPS) {
        const cardMessage = draw({ slowFacts: slowFacts(reason, undefined, helps) });
        const { what, pass, complete } = english.diagnosis.reasons[reason];
        const [headline, , , , ...rest] = seen(cardMessage).split('\n');
        assert.equal(headline, english.cards['asking-methods'].headline);
        assert.equal(rest[0], what, reason);
        const sentence = complete === true ? pass : `${english.diagnosis.passHelps[helps]} ${pass}`;
        assert.equal(rest[2], ` ${sentence}`, reason);
        assert.deepEqual(lint(cardMessage.card), [], reason);
      }
  });

  it('is given in Microsoft’s own words when the code is not known', () => {
    assert.match(
      seen(draw({ slowFacts: slowFacts('unknown-code') })),
      /does not know\.\n Code 50126: Sneeze of the network\./,
    );
    assert.doesNotMatch(seen(draw({ slowFacts: slowFacts('wrong-password') })), /50126/);
  });

  it('is being read, could not be read, or cannot be seen: three different sentences', () => {
    const license = { kind: 'read', value: { selfServiceReset: true, plans: [] } } as const;
    assert.match(seen(draw({ slowFacts: null })), /Reading the sign-in log…/);
    assert.match(
      seen(draw({ slowFacts: { diagnosis: { kind: 'unread', why: 'throttled' }, license } })),
      /The sign-in log could not be read: Microsoft is busy\./,
    );
    assert.match(
      seen(draw({ slowFacts: { diagnosis: { kind: 'read', value: null }, license } })),
      /shows no failed sign-in that explains the lockout/,
    );
    for (const why of Object.keys(english.labels.unread) as UnreadReason[])
      assert.deepEqual(lint(draw({ slowFacts: { diagnosis: { kind: 'unread', why }, license } }).card), []);
  });

  it('says nothing in favor of a pass where no pass can be given', () => {
    const stops = [{ code: 'privileged-role', reach: 'pass', detail: '' }] as const;
    assert.doesNotMatch(seen(draw({ slowFacts: slowFacts('wrong-password'), stops })), /A pass would help/);
    assert.match(
      seen(draw({ slowFacts: slowFacts('conditional-access', undefined, 'no'), stops })),
      /A pass will not help/,
    );
  });

  it('warns on the way to a pass when a pass will not help, and only then', () => {
    const warned: readonly StateName[] = [
      'choosing-proof',
      'awaiting-callback',
      'awaiting-manager',
      'awaiting-approval',
      'ready-to-issue',
    ];
    for (const state of Object.values(states)) {
      const text = seen(draw({ slowFacts: slowFacts('device-required', undefined, 'no') }, state));
      const wanted = warned.includes(state.kind) || state.kind === 'asking-methods';
      assert.equal(text.includes('A pass will not help:'), wanted, state.kind);
      const silent = seen(draw({ slowFacts: slowFacts('wrong-password') }, state));
      assert.equal(silent.includes('A pass will not help:'), false, state.kind);
    }
  });
});

describe('Can they reset the password themselves', () => {
  const readiness = (rows: readonly ReadinessRow[], verdict: ReadinessVerdict = 'unknown'): Partial<CaseView> => ({
    readiness: { rows, verdict, route: 'pass' } satisfies Readiness,
  });

  it('is answered by the heading of the checklist, for every verdict', () => {
    for (const [verdict, sentence] of Object.entries(english.readiness.verdicts))
      assert.ok(seen(draw(readiness([], verdict as ReadinessVerdict))).includes(`\n${sentence}\n`), verdict);
  });

  it('takes one line for what is in order, and a row for everything that is not', () => {
    const yes = (code: 'licensed' | 'enabled' | 'registered' | 'capable', state: RowState = 'yes'): ReadinessRow =>
      code === 'licensed' ? { code, state, plans: [] } : { code, state };
    const fine = seen(draw(readiness([yes('licensed'), yes('enabled'), yes('registered'), yes('capable')])));
    assert.match(fine, /Checks passed\n✓ licensed, allowed, registered, ready/);
    const half = seen(draw(readiness([yes('licensed'), yes('enabled', 'no'), yes('registered', 'caution')])));
    assert.match(half, /Checks passed\n✓ licensed\nSelf-service allowed\n✗ no\nRegistered for self-service\nwith care/);
  });

  it('shows every kind of row in every state it can have', () => {
    const all: readonly RowState[] = ['yes', 'no', 'unknown', 'caution'];
    const rows: readonly ReadinessRow[] = all.flatMap((state) => [
      { code: 'licensed', state, plans: ['ENTERPRISEPREMIUM'] },
      { code: 'enabled', state },
      { code: 'registered', state },
      { code: 'capable', state },
      { code: 'methods-counted', state, counted: 3, required: 2, administrator: true },
      { code: 'writeback', state },
      { code: 'report-age', state, hours: state === 'unknown' ? null : 3 },
      { code: 'security-questions', state: 'caution', retires: '2027-03-31' },
      { code: 'weak-only', state: 'caution' },
    ]);
    for (const row of rows) assert.deepEqual(lint(draw(readiness([row])).card), [], row.code);
    assert.match(seen(draw(readiness(rows.slice(4, 5)))), /3, 2 needed \(administrator\)/);
  });

  it('says nothing about the license before it is read', () => {
    const row: ReadinessRow = { code: 'licensed', state: 'unknown', plans: [] };
    assert.doesNotMatch(seen(draw({ ...readiness([row]), slowFacts: null })), /License/);
    const denied = { diagnosis: { kind: 'read', value: null }, license: { kind: 'unread', why: 'denied' } } as const;
    assert.match(
      seen(draw({ ...readiness([row]), slowFacts: denied })),
      /License\ncould not be read: no permission to read it/,
    );
  });
});

describe('The mode', () => {
  it('is on every case card when it is not normal, with since when and by whom', () => {
    const modeLine = { since: ago(40), byName: 'Ada Moreau', spike: false };
    for (const state of Object.values(states)) {
      const elevated = seen(draw({ threatMode: 'elevated', modeLine }, state));
      assert.match(elevated, /Elevated mode is on\..*\n Since 02:24 UTC, by Ada Moreau/, state.kind);
      assert.match(seen(draw({ threatMode: 'lockdown', modeLine: null }, state)), /Lockdown is on\./, state.kind);
      assert.doesNotMatch(seen(draw({}, state)), /mode is on|Lockdown/, state.kind);
    }
  });

  it('that the bot raised by itself says so', () => {
    const text = seen(draw({ threatMode: 'elevated', modeLine: { since: ago(1), byName: null, spike: true } }));
    assert.match(text, /far more recoveries than usual.*\n Since 03:03 UTC, by Hardline/);
  });

  it('is not repeated among the reasons for a second person', () => {
    const text = seen(draw({ threatMode: 'elevated', risks: ['elevated-mode', 'spike-mode', 'vip'] }));
    assert.equal(text.match(/Elevated mode/g)?.length, 1);
    assert.match(text, /• This person is on the VIP list\./);
    assert.doesNotMatch(seen(draw({ threatMode: 'elevated', risks: ['elevated-mode'] })), /second person must approve/);
  });
});

describe('The two words', () => {
  const WITH: readonly StateName[] = [
    'choosing-proof',
    'awaiting-callback',
    'awaiting-manager',
    'awaiting-approval',
    'ready-to-issue',
    'issuing',
    'uncertain-pass',
    'awaiting-backup-method',
    'withdrawing-pass',
  ];

  it('are on the card from the choice of a proof on', () => {
    for (const state of Object.values(states)) {
      const text = seen(draw({ notices: ['caller-notified-in-teams'] }, state));
      const shown = /Matching words: \nriver · lemon\n — sent to the caller in Teams, too/.test(text);
      assert.equal(shown, WITH.includes(state.kind), state.kind);
    }
  });

  it('promise nothing about a message that may not have arrived', () => {
    const state = states['choosing-proof'] as CaseState;
    assert.match(seen(draw({}, state)), /river · lemon\n — also in our Teams message, if the caller got it/);
    assert.doesNotMatch(seen(draw({ notices: ['caller-not-reachable-in-teams'] }, state)), /river/);
  });
});

describe('The age of what is on record', () => {
  it('of a number is a date only where the log saw the change', () => {
    const changed = (exact: boolean, days: number): string => {
      const view = viewOf(states['choosing-proof'] as CaseState);
      const [first] = view.numbers;
      assert.ok(first !== undefined);
      const age = { kind: 'read', value: { since: daysAgo(days), changed: exact } } as const;
      const number = { ...first.number, age };
      return seen(cards.caseCard({ ...view, numbers: [{ ...first, number }] }));
    };
    assert.match(changed(true, 1100), /\nchanged 3 years ago/);
    assert.match(changed(false, 30), /\nno change seen since Oct 21/);
  });

  it('of a method draws the eye when it was registered lately', () => {
    const view = viewOf(ASKING);
    const lately = (registeredLately: boolean) =>
      JSON.stringify(draw({ methods: view.methods.map((method) => ({ ...method, registeredLately })) }).card);
    assert.match(lately(true), /"text":"22 months ago","color":"warning"/);
    assert.match(lately(false), /"text":"22 months ago","color":"default"/);
  });

  it('of earlier contacts covers a day and a month', () => {
    const history = { contactsLastDay: 2, contactsLastMonth: 5, objectedAt: null, noes: [] };
    const before: CallerFacts = { ...facts(), history: { kind: 'read', value: history } };
    assert.match(seen(draw({ stored: stored(ASKING, before) })), /Earlier contacts\n2 in 24 hours, 5 in 30 days/);
  });
});

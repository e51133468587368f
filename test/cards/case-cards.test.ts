import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import type { CaseView } from '../../src/casework/ports/card-views.ts';
import type { CardMessage } from '../../src/casework/ports/messenger.ts';
import type { CaseState } from '../../src/procedure/case.ts';
import { everyState, troubledViews } from './example-states.ts';
import { ago, noFacts, stored, viewOf } from './example-views.ts';
import { buttons, seen } from './reading.ts';

const cards = loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en');
const state = (name: string): CaseState => everyState()[name] as CaseState;
const draw = (name: string, change: Partial<CaseView> = {}): CardMessage =>
  cards.caseCard(viewOf(state(name), undefined, change));

describe('The caller snapshot', () => {
  it('offers to tick only what the reset page accepts, and shows the rest', () => {
    const cardMessage = draw('asking-methods');
    const json = JSON.stringify(cardMessage.card);
    assert.match(
      json,
      /"choices":\[\{"title":"Authenticator app","value":"app-1"\},\{"title":"Mobile phone, ends in 42","value":"mob-1"\}\]/,
    );
    assert.match(seen(cardMessage), /Windows Hello\nFH-LAPTOP-042\n40 days ago\nnot for self-service/);
  });

  it('tells two apps apart without repeating what their owner called them', () => {
    const twin = (ref: string) => ({
      ref,
      kind: 'authenticator-app' as const,
      masked: '[x](y)',
      registeredAt: null,
      registeredLately: false,
      countsForSelfService: true,
      strength: 'strong' as const,
      retires: null,
    });
    const json = JSON.stringify(draw('asking-methods', { methods: [twin('a'), twin('b')] }).card);
    assert.match(json, /\{"title":"Authenticator app 1","value":"a"\},\{"title":"Authenticator app 2","value":"b"\}/);
  });

  it('never calls unread methods "none": it asks to read again', () => {
    const cardMessage = cards.caseCard(troubledViews()['asking-methods.nothing-read'] as CaseView);
    assert.match(seen(cardMessage), /Read again: the sign-in methods could not be read/);
    assert.equal(buttons(cardMessage, 'tick-methods').length, 0);
    assert.equal(buttons(cardMessage, 'read-again').length, 1);
  });

  it('offers no way on when a rule ends the case, and names whom to call', () => {
    const cardMessage = cards.caseCard(troubledViews()['asking-methods.stopped'] as CaseView);
    assert.equal(buttons(cardMessage, 'tick-methods').length, 0);
    assert.match(seen(cardMessage), /The account is disabled.*\n.*\n.*manager or HR/);
  });

  it('does not speak of a second person where no pass is possible', () => {
    const cardMessage = cards.caseCard(troubledViews()['asking-methods.no-pass'] as CaseView);
    assert.doesNotMatch(seen(cardMessage), /second person must approve/);
    assert.match(seen(cardMessage), /Global Administrator/);
  });

  it('explains a failure of the reset page in plain words, and says what is allowed', () => {
    assert.match(seen(draw('asking-methods.after-failure')), /They canceled\.\n.*\nAsk why/);
    const blocked = { step: 'blocked', reason: null, at: ago(1) } as const;
    const cardMessage = cards.caseCard(viewOf({ kind: 'asking-methods', selfServiceFailure: blocked }));
    assert.match(seen(cardMessage), /Microsoft blocked them/);
  });

  it('shows a reason of Microsoft it does not know as it is', () => {
    const failure = { step: 'failed', reason: 'User sneezed', at: ago(1) } as const;
    const cardMessage = cards.caseCard(viewOf({ kind: 'asking-methods', selfServiceFailure: failure }));
    assert.match(seen(cardMessage), /does not know:\n User sneezed/);
  });
});

describe('The choice of a proof', () => {
  it('lets only usable numbers be called, and shows why the others are not', () => {
    const cardMessage = draw('choosing-proof');
    assert.deepEqual(
      buttons(cardMessage, 'choose-callback').map((data) => data['number']),
      ['business-phone'],
    );
    assert.match(seen(cardMessage), /changed recently: do not call\nchanged yesterday/);
  });

  it('says "changed" only of a change that was seen', () => {
    const view = viewOf(state('choosing-proof'));
    const unseen = view.numbers.map((one) => {
      assert.ok(one.number.age.kind === 'read');
      const age = { kind: 'read', value: { ...one.number.age.value, changed: false } } as const;
      return { ...one, number: { ...one.number, age }, whyNot: one.usable ? null : ('not-known-long-enough' as const) };
    });
    const text = seen(cards.caseCard({ ...view, numbers: unseen }));
    assert.match(text, /not known for long enough: do not call\nno change seen since Nov 19/);
    assert.doesNotMatch(text, /(?<!not )changed/);
  });

  it('offers no callback when no number can be used', () => {
    const cardMessage = cards.caseCard(troubledViews()['choosing-proof.no-number'] as CaseView);
    assert.equal(buttons(cardMessage, 'choose-callback').length, 0);
    assert.equal(buttons(cardMessage, 'ask-manager').length, 0);
  });

  it('offers no meeting without places, and no manager who cannot vouch', () => {
    const cardMessage = draw('choosing-proof', { places: [], managerCanVouch: false });
    assert.equal(buttons(cardMessage, 'seen-in-person').length, 0);
    assert.equal(buttons(cardMessage, 'ask-manager').length, 0);
  });
});

describe('The callback', () => {
  it('shows the number to dial as text, with source and age', () => {
    assert.match(
      seen(draw('awaiting-callback')),
      /\+44 20 7946 0321\n.*\nOffice number, directory\n.*\nno change seen since Apr 30, 2023/,
    );
  });

  it('shows no number that has taken the place of the one that was chosen', () => {
    const view = viewOf(state('awaiting-callback'));
    const numbers = view.numbers.map((one) => ({ ...one, number: { ...one.number, digest: 'another' } }));
    const cardMessage = cards.caseCard({ ...view, numbers });
    assert.doesNotMatch(seen(cardMessage), /7946/);
    assert.equal(buttons(cardMessage, 'record-callback').length, 0);
  });

  it('takes no outcome for a number it could not show', () => {
    const cardMessage = cards.caseCard(troubledViews()['awaiting-callback.number-gone'] as CaseView);
    assert.equal(buttons(cardMessage, 'record-callback').length, 0);
    assert.equal(buttons(cardMessage, 'go-back').length, 1);
  });
});

describe('Every button of a case', () => {
  it('carries the case and its version as numbers, and never a decision, a target or a name', () => {
    const cardMessage = draw('ready-to-issue');
    assert.deepEqual(buttons(cardMessage, 'issue-pass'), [{ verb: 'issue-pass', case: 12, v: 4 }]);
  });

  it('is gone while a pass is being created: only a look is possible', () => {
    for (const name of ['issuing', 'uncertain-pass', 'withdrawing-pass'])
      assert.match(JSON.stringify(draw(name).card), /"actions":\[\{[^[\]]*"show-case"[^[\]]*\}\]/);
  });

  it('is gone when the case is closed', () => {
    for (const name of ['closed.resolved', 'closed.escalated'])
      assert.doesNotMatch(JSON.stringify(draw(name).card), /"Action\./);
  });
});

describe('A name', () => {
  it('that could not be read is replaced by the tail of the object id', () => {
    assert.match(seen(draw('choosing-proof', { profile: null })), /Name could not be read …000010/);
  });

  it('that mixes alphabets is warned about', () => {
    const view = viewOf(state('choosing-proof'), (field, text) => (field === 'displayName' ? 'Lеna Hartmann' : text));
    assert.match(seen(cards.caseCard(view)), /mixes alphabets/);
  });
});

describe('An address', () => {
  it('off the list never leaves on a card', () => {
    assert.throws(() => draw('awaiting-self-service', { selfServiceUrl: 'https://evil.example' }), /not on the list/);
  });
});

describe('A part that could not be read', () => {
  it('says so with its reason', () => {
    const view = viewOf(state('asking-methods'));
    const cardMessage = cards.caseCard({ ...view, stored: stored(state('asking-methods'), noFacts('not-licensed')) });
    assert.match(seen(cardMessage), /could not be read: the tenant has no license for it/);
  });
});

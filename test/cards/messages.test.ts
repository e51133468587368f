import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import type { OwnReadiness, RequestOutcome } from '../../src/casework/ports/message-views.ts';
import type { ThreatMode } from '../../src/casework/ports/card-views.ts';
import { english } from '../../src/cards/locales/en/strings.ts';
import { recognize } from '../../src/intents/recognize.ts';
import { PORTAL_ERROR_CODES } from '../../src/procedure/portal-errors.ts';
import { ago, NOW, person, stored } from './example-views.ts';
import { lint } from './lint.ts';
import { buttons, seen } from './reading.ts';

const cards = loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en');
const at = stored({ kind: 'choosing-proof', lastAttempt: null });
const base = { stored: at, matchingWords: ['river', 'lemon'], now: NOW, timeZone: 'UTC' } as const;
const names = { technicianName: 'Tess Lindqvist', callerName: 'Lena Hartmann' } as const;

describe('The two words', () => {
  it('are in every message about the case: to the caller, their manager, an approver and the leads', () => {
    const cardMessages = [
      cards.notice('recovery-started', { ...base, ...names, reader: 'caller', usableUntil: null }),
      cards.notice('pass-issued', { ...base, ...names, reader: 'caller', usableUntil: ago(-60) }),
      cards.notice('pass-issued', { ...base, ...names, reader: 'manager', usableUntil: ago(-60) }),
      cards.managerQuestion({ ...base, ...names, question: 'digest', expiresAt: ago(-10) }),
      cards.alarm({ ...base, ...names, person: person(), leftBehind: null, alarm: 'caller-objected' }),
    ];
    for (const cardMessage of cardMessages) assert.match(seen(cardMessage), /Matching words\nriver · lemon/);
  });
});

describe('A request for approval', () => {
  const cardMessage = cards.approvalRequest({
    ...base,
    ...names,
    person: person(),
    proofBy: 'in-person',
    vouchedBy: null,
    stillNeeded: ['approver'],
    noes: [],
    reasons: ['proof-not-by-callback', 'close-to-technician'],
    subject: 'digest',
    askedAt: ago(2),
    expiresAt: ago(-13),
  });

  it('says who, by whom, on what proof, why, how long ago and until when', () => {
    const text = seen(cardMessage);
    for (const part of ['Lena Hartmann', 'Tess Lindqvist', 'Seen in person', '2 minutes ago, expires 03:17 UTC'])
      assert.ok(text.includes(part), part);
    assert.match(text, /Of the caller and the technician, one manages the other/);
  });

  it('wants a reason for either answer', () => {
    assert.match(JSON.stringify(cardMessage.card), /"id":"reason"[^}]*"isRequired":true/);
    assert.deepEqual(
      buttons(cardMessage, 'decide-approval').map((data) => data['decision']),
      ['approve', 'deny'],
    );
  });
});

describe('A request that is over', () => {
  it('says how it ended and who answered, and asks for nothing any more', () => {
    for (const outcome of Object.keys(english.requests) as RequestOutcome[]) {
      const byName = ['expired', 'withdrawn', 'moved'].includes(outcome) ? null : 'Ada Moreau';
      const cardMessage = cards.requestClosed({ ...base, purpose: 'approval', outcome, byName, at: ago(1) });
      assert.deepEqual(lint(cardMessage.card), [], outcome);
      assert.doesNotMatch(JSON.stringify(cardMessage.card), /"(Action|Input)\./, outcome);
      assert.equal(seen(cardMessage).includes('Answer from\nAda Moreau'), byName !== null, outcome);
    }
  });
});

describe('What a page of Microsoft says', () => {
  it('is decoded for every error there is: a cause, a next step, a fix', () => {
    for (const error of PORTAL_ERROR_CODES)
      for (const query of [null, 'Lena Hartmann']) {
        const cardMessage = cards.portalError({ error, query });
        assert.deepEqual(lint(cardMessage.card), [], error);
        assert.ok(
          seen(cardMessage)
            .split('\n')
            .every((line) => line.trim() !== ''),
          error,
        );
        assert.equal(buttons(cardMessage, 'open-lockout').length === 0 && query !== null, false, error);
      }
  });

  it('leads into the procedure with one press when somebody was named, and asks who it is otherwise', () => {
    const named = cards.portalError({ error: 'SSPR_0014', query: 'Lena Hartmann' });
    assert.deepEqual(buttons(named, 'open-lockout'), [{ verb: 'open-lockout', query: 'Lena Hartmann' }]);
    const nobody = cards.portalError({ error: 'SSPR_0014', query: null });
    assert.match(JSON.stringify(nobody.card), /"id":"query"/);
  });

  it('never leads to a manual reset or to a method added by hand', () => {
    const { causes, fixes, nextSteps } = english.portalErrors;
    for (const text of [causes, fixes, nextSteps].flatMap((list) => Object.values(list)))
      assert.doesNotMatch(text, /\b(reset|set) (it|their|the) password for\b|add (a|the) (method|phone|number)/i);
  });
});

describe('The card of the mode', () => {
  const view = {
    since: ago(40),
    byName: 'Ada Moreau',
    reason: 'strange calls',
    spike: false,
    passes: null,
    takenBack: null,
    notice: null,
    now: NOW,
    timeZone: 'UTC',
  };

  it('tells since when, by whom and why', () => {
    const text = seen(cards.mode({ ...view, mode: 'lockdown', mayChange: true }));
    assert.match(text, /Start\n02:24 UTC\nSet by\nAda Moreau\nReason\nstrange calls/);
  });

  it('tells a lead only commands that are understood and change the mode', () => {
    for (const [mode, commands] of Object.entries(english.modes.commands))
      for (const { write } of commands) {
        const intent = recognize(write.replace('REASON', 'strange calls'));
        assert.ok(intent.kind === 'set-mode' && intent.mode !== (mode as ThreatMode), write);
      }
  });

  it('tells nobody else how to change it', () => {
    assert.doesNotMatch(seen(cards.mode({ ...view, mode: 'lockdown', mayChange: false })), /lockdown off/);
  });
});

describe('What the help card says one can write', () => {
  it('is understood, every line of it', () => {
    for (const { write } of Object.values(english.commands).flat())
      assert.notEqual(recognize(write.replace('REASON', 'strange calls')).kind, 'unknown', write);
    const { error, who } = recognize('Lena Hartmann sees "contact your administrator"') as Record<string, unknown>;
    assert.deepEqual([error, who], ['contact-your-administrator', 'Lena Hartmann']);
  });
});

describe('Guidance for somebody who is not helpdesk', () => {
  const own = (change: Partial<OwnReadiness>): string =>
    seen(cards.guidance({ methods: [], required: 2, enough: false, unread: false, ...change }));

  it('is the same for everybody when nothing was read about them', () => {
    assert.deepEqual(cards.guidance(null), cards.guidance(null));
    assert.doesNotMatch(seen(cards.guidance(null)), /could not be read|for self-service/);
  });

  it('says what they can do now, and never sends them to a reset that cannot work', () => {
    const app = { kind: 'authenticator-app', masked: 'Pixel 8', counts: true } as const;
    assert.match(own({ methods: [app], enough: true }), /You can reset your password yourself now/);
    assert.match(own({ methods: [app] }), /You need 2 methods that work for a password reset/);
    for (const text of [own({ methods: [app] }), own({})]) assert.doesNotMatch(text, /Open aka\.ms\/sspr/);
    assert.match(own({ unread: true }), /could not be read just now/);
  });
});

describe('The link the caller gets', () => {
  it('names what they can use there, once each', () => {
    const cardMessage = cards.selfServiceLink(at, ['authenticator-app', 'mobile-phone', 'mobile-phone']);
    assert.match(seen(cardMessage), /You can use: Authenticator app, mobile phone\n/);
    assert.doesNotMatch(seen(cards.selfServiceLink(at)), /You can use/);
  });
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadCards } from '../../src/cards/load-cards.ts';
import type { AccessDenial, ConfirmationCode } from '../../src/casework/ports/card-views.ts';
import { english } from '../../src/cards/locales/en/strings.ts';
import type { PlainRefusalCode } from '../../src/procedure/refusals.ts';
import type { StopCode } from '../../src/procedure/stops.ts';
import { NOW, stored, viewOf } from './example-views.ts';
import { lint } from './lint.ts';

const cards = loadCards(join(import.meta.dirname, '../../adaptive-cards')).in('en');
const at = stored({ kind: 'choosing-proof', lastAttempt: null });

/** Every sentence of the language, with the path to it. */
function sentences(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => sentences(one, `${path}.${key}`));
}

describe('The texts', () => {
  const all = sentences(english);

  it('say they of any person', () => {
    for (const [path, text] of all) assert.doesNotMatch(text, /\b(he|she|his|her|hers|him|himself|herself)\b/i, path);
  });

  it('blame nobody and shout at nobody', () => {
    for (const [path, text] of all)
      assert.doesNotMatch(text, /\b(fault|failed to|wrongly|illegal|invalid|!{2,})\b/i, path);
  });

  it('never ask for a password or a code, and offer no knowledge question', () => {
    for (const [path, text] of all)
      assert.doesNotMatch(text, /(tell|give|send) (me|us) (your|the) (password|code)|date of birth|maiden name/i, path);
  });

  it('are short enough to read at a glance', () => {
    for (const [path, text] of all) assert.ok(text.length <= 130, `${path}: ${text.length} characters`);
  });

  it('hold no markdown, no macro and no address with a scheme', () => {
    for (const [path, text] of all.filter(([where]) => !where.startsWith('.spelling')))
      assert.doesNotMatch(text, /[*_`~]|\]\(|\{\{|\$\{|https?:/, path);
  });
});

describe('Every no', () => {
  it('of the procedure can be shown, says what happened, and what to do next', () => {
    for (const [code, { what, next }] of Object.entries(english.refusals.refusals)) {
      const refusal = code === 'facts-unread' ? ({ code, missing: [] } as const) : { code: code as PlainRefusalCode };
      const { card } = cards.refusal({ refusal, at });
      assert.deepEqual(lint(card), [], code);
      assert.ok(JSON.stringify(card).includes(JSON.stringify(what)), code);
      assert.ok(JSON.stringify(card).includes(JSON.stringify(next)), code);
    }
  });

  it('before the procedure is asked can be shown', () => {
    for (const code of Object.keys(english.refusals.accessDenials) as AccessDenial[])
      assert.deepEqual(lint(cards.refusal({ refusal: { code }, at: null }).card), [], code);
  });

  it('of a guard names whom to call', () => {
    for (const code of Object.keys(english.stops) as StopCode[]) {
      const closing = {
        outcome: 'escalated',
        because: 'stopped',
        stops: [{ code, reach: 'pass', detail: '' }],
      } as const;
      const { card } = cards.caseCard(viewOf({ kind: 'closed', at: NOW, closing }));
      assert.deepEqual(lint(card), [], code);
      assert.ok(JSON.stringify(card).includes(JSON.stringify(english.stops[code].call)), code);
      assert.match(english.stops[code].call, /call|Ask|Send/i, code);
    }
  });
});

describe('Every yes', () => {
  it('can be shown', () => {
    for (const code of Object.keys(english.refusals.confirmations) as ConfirmationCode[])
      assert.deepEqual(lint(cards.confirmation({ code, at: null }).card), [], code);
  });
});

describe('The refusal of a manual reset', () => {
  const text = JSON.stringify(cards.refused({ query: 'Lena Hartmann', at: null, recorded: true }).card);

  it('can be read out, and hold an answer for rank, hurry and threats', () => {
    assert.match(text, /Nobody at the helpdesk can, for anyone/);
    assert.match(text, /I am the CFO, I have a board meeting/);
    assert.match(text, /I will report you/);
  });

  it('lead into the procedure with one press, with the caller who was named', () => {
    assert.match(text, /"data":\{"verb":"open-lockout","query":"Lena Hartmann"\}/);
  });

  it('ask who it is when nobody was named, and lead back when a case is open', () => {
    assert.match(JSON.stringify(cards.refused({ query: '', at: null, recorded: true }).card), /"id":"query"/);
    assert.match(JSON.stringify(cards.refused({ query: 'x', at, recorded: true }).card), /"verb":"show-case"/);
  });
});

describe('The codes of the ledger', () => {
  it('are shown in words where there are some, and as they are where there are none', () => {
    const entry = {
      seq: 1,
      at: NOW,
      actor: 'hardline',
      about: null,
      caseId: null,
      intentId: null,
      detail: {},
    } as const;
    const entries = [
      { ...entry, code: 'request.refused' },
      { ...entry, code: 'future.code' },
    ];
    const text = JSON.stringify(cards.log({ entries, nameOf: () => null, now: NOW, timeZone: 'UTC' }).card);
    assert.match(text, /Manual reset refused/);
    assert.match(text, /future\.code/);
  });

  it('say how many people matched a search, and how many refusals were only counted', () => {
    const entry = { ...{ seq: 1, at: NOW, actor: 'x', about: null, caseId: null, intentId: null } } as const;
    const entries = [
      { ...entry, code: 'people.searched', detail: { asked: 'open-case', hits: 3 } },
      { ...entry, code: 'people.searched', detail: { asked: 'open-case', hits: null } },
      { ...entry, code: 'refusals.counted', detail: { count: 470, seconds: 60 } },
      { ...entry, code: 'access.refused', detail: { asked: 'show-case', because: 'no-such-case' } },
      { ...entry, code: 'channel.refused', detail: { refusal: 'token-time', count: 4711, seconds: 60 } },
    ] as unknown as Parameters<typeof cards.log>[0]['entries'];
    const text = JSON.stringify(cards.log({ entries, nameOf: () => null, now: NOW, timeZone: 'UTC' }).card);
    for (const words of [
      /3 people match/,
      /Search for a person/,
      /More refusals within a minute/,
      /470 more/,
      /Requests refused before a turn began/,
      /4711 requests/,
      /no such case/,
    ]) {
      assert.match(text, words);
    }
  });
});

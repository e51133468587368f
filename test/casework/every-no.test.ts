/**
 * Every button and every command, from everybody, in every kind of chat. Whatever is answered with a "no" leaves exactly one entry,
 * and whatever is not leaves none. A question back is no "no": nothing was asked that could be denied.
 */
import assert from 'node:assert/strict';
import { readCard, type SeenCard } from '../../demo/stories/card-reading.ts';
import type { Cards, CardsByLanguage } from '../../src/casework/ports/cards.ts';
import type { CardMessage } from '../../src/casework/ports/messenger.ts';
import { ACTIONS, rowOf, type Verb } from '../../src/procedure/actions.ts';
import type { Field } from '../../src/procedure/action-fields.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { rounds, rowsOf } from '../lane.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { tally } from '../security/tally.ts';
import { UNHURRIED } from '../unhurried.ts';
import { ABEL, ADA, GRACE, LENA, MARA, NAMES, SOFIA, STRANGER, TESS, TOM } from './fixtures.ts';
import { CARDS, meetEverybody, openHarness, type Harness } from './harness.ts';

const AUDITOR = 'a0000000-0000-4000-8000-000000000005' as PersonId;
const PEOPLE: readonly (readonly [string, PersonId])[] = [
  ['the technician of the cases', TESS],
  ['another technician, who also approves', TOM],
  ['an approver', ABEL],
  ['a lead', ADA],
  ['an auditor', AUDITOR],
  ['a caller', LENA],
  ["a caller's manager", MARA],
  ['somebody with a privileged role', GRACE],
  ['somebody else', STRANGER],
];
const CHATS = ['group', 'channel', 'personal'] as const;
/** A channel is a group chat by another name, and an outdated button is refused for the same reasons: only the full lane plays all. */
const CHATS_PLAYED = rowsOf(CHATS, (chat) => chat !== 'channel');
/** The technician, a caller, and somebody with no part in it where only a sample runs. */
const PLAYED = rowsOf(PEOPLE, (_one, n) => [0, 5, 8].includes(n));
const VERSIONS = rowsOf([-1, 0], (offset) => offset === 0);
const NOES_AT_LEAST = rounds({ quick: 480, full: 4500 });
const OTHERS_AT_LEAST = rounds({ quick: 30, full: 100 });
type Chat = (typeof CHATS)[number];

const TEXTS = [
  'hello',
  'help',
  'cases',
  'mode',
  'log',
  ...[1, 2, 3, 99].flatMap((id) => [`case ${id}`, `log ${id}`]),
  'Lena Hartmann is locked out',
  'Zyx Nobody is locked out',
  'Tess Lindqvist is locked out',
  'the user is locked out',
  'send the link to Sofia Rossi',
  "reset Lena Hartmann's password",
  'just reset the password',
  'Lena Hartmann sees SSPR_0014',
  'blue green yellow',
  'lockdown because of an attack',
  'lockdown off',
] as const;
const CASES = [1, 2, 3, 99] as const;
const MALFORMED: readonly (readonly [string, unknown])[] = [
  ['', {}],
  ['set-password', { case: 1, v: 1 }],
  ['issue-pass', null],
  ['issue-pass', { case: 1, v: 1, lifetimeMinutes: 4800 }],
  ['show-case', { case: '1; drop table cases' }],
  ['pick-caller', { caller: 'Lena Hartmann' }],
  ['open-lockout', { query: 7 }],
];

/** What asks back, or says what it looked for: nothing was denied. */
const QUESTIONS_BACK = ['not-understood', 'nobody-named', 'several-match'];
const NO_CODES = ['access.refused', 'request.refused', 'case.refused'];

const SAMPLE: Readonly<Record<string, string>> = {
  query: 'Lena Hartmann',
  person: LENA,
  refs: '',
  ref: 'office',
  place: 'Reception',
  remark: 'I know the voice',
  digest: 'of something else',
};

function sampleOf(field: Field): string {
  if (field.kind === 'choice') return field.of[0] ?? '';
  return field.kind === 'flag' ? field.no : (SAMPLE[field.kind] ?? '');
}

function dataOf(verb: Verb, caseId: number, version: number): Record<string, unknown> {
  const { names, fields } = rowOf(verb);
  const filled = Object.entries(fields).map(([name, field]) => [name, sampleOf(field)] as const);
  return {
    ...(names !== 'nothing' && { case: caseId }),
    ...(names === 'a-version' && { v: version }),
    ...Object.fromEntries(filled),
  };
}

/** The real cards; which of them said "no" is noted. */
function watchedCards(noes: WeakSet<CardMessage>, faults: string[]): CardsByLanguage {
  const watch = (cards: Cards): Cards => ({
    ...cards,
    refused: (view) => noted(cards.refused(view)),
    guidance: (view) => noted(cards.guidance(view)),
    requestClosed: (view) => noted(cards.requestClosed(view)),
    refusal: (view) => (QUESTIONS_BACK.includes(view.refusal.code) ? cards.refusal(view) : noted(cards.refusal(view))),
    fault: (view) => {
      faults.push(view.code ?? 'bug');
      return cards.fault(view);
    },
  });
  const noted = (message: CardMessage): CardMessage => {
    noes.add(message);
    return message;
  };
  return { in: (language) => watch(CARDS.in(language)) };
}

interface Played {
  readonly what: string;
  readonly answers: readonly CardMessage[];
  readonly entries: number;
}

async function casesOfTess(harness: Harness): Promise<void> {
  for (const [caller, verbs] of [
    [LENA, ['tick-methods']],
    [SOFIA, ['tick-methods', 'seen-in-person']],
    [GRACE, []],
  ] as const) {
    await harness.says(TESS, `${NAMES.get(caller) ?? ''} is locked out`);
    for (const verb of verbs) {
      await harness.whenIdle();
      await harness.presses(TESS, verb);
    }
    await harness.whenIdle();
  }
}

/** Everything one person can do in one kind of chat, one after the other. */
async function play(harness: Harness, person: PersonId, chat: Chat): Promise<readonly Played[]> {
  const { casework } = harness.built();
  const played: Played[] = [];
  const turn = () => ({
    ...{ activityId: `${chat} ${person} ${played.length}`, person, language: 'en', deadline: UNHURRIED },
    where: { chat, conversation: { person, reference: `${chat} of ${person}`, language: 'en' } } as const,
  });
  const watch = async (what: string, act: () => Promise<readonly CardMessage[]>): Promise<void> => {
    const before = harness.auditLog.kept.length;
    const answers = await act();
    await harness.whenIdle();
    const entries = harness.auditLog.kept.slice(before);
    const noes = entries.filter(({ code, actor }) => actor === person && NO_CODES.includes(code));
    played.push({ what: `${chat}: ${what}`, answers, entries: noes.length });
  };
  const press = async (verb: string, data: unknown): Promise<readonly CardMessage[]> => {
    const click = { ...turn(), kind: 'action', verb, data, card: null, canShowPass: true } as const;
    const answer = await casework.onAction(click);
    return answer.kind === 'show-pass' ? [] : [answer.cardMessage];
  };
  for (const text of TEXTS) {
    await watch(`"${text}"`, async () => {
      const replies = await casework.onMessage({ ...turn(), kind: 'message', text });
      return (replies ?? []).map(({ cardMessage }) => cardMessage);
    });
  }
  for (const [verb, data] of MALFORMED) {
    await watch(`malformed ${verb} ${JSON.stringify(data)}`, () => press(verb, data));
  }
  for (const verb of Object.keys(ACTIONS) as Verb[]) {
    for (const caseId of CASES) {
      const stored = await harness.ledger().load(caseId as never);
      const version = stored?.version ?? 1;
      for (const offset of VERSIONS) {
        const what = `${verb} on case ${caseId}, version ${offset}`;
        await watch(what, () => press(verb, dataOf(verb, caseId, version + offset)));
      }
    }
  }
  return played;
}

describe('Every "no"', () => {
  let folder: ReturnType<typeof scratchFolder>;
  let figures = '';
  before(() => {
    folder = scratchFolder('every-no');
  });
  after(() => folder.clean());

  it('leaves exactly one entry and an answer in words, whoever asked, by whatever button or command, in whatever chat', async () => {
    const noes = new WeakSet<CardMessage>();
    const faults: string[] = [];
    const wrong: string[] = [];
    let all = 0;
    let recorded = 0;
    let others = 0;
    for (const [index, [who, person]] of PLAYED.entries()) {
      let ids = 0;
      const harness = await openHarness({
        file: `${folder.dir}/${index}.sqlite`,
        newId: () => `id-${(ids += 1)}`,
        cards: watchedCards(noes, faults),
      });
      harness.fixtures.roles.set(AUDITOR, new Set(['auditor']));
      await meetEverybody(harness);
      await casesOfTess(harness);
      for (const chat of CHATS_PLAYED) {
        for (const { what, answers, entries } of await play(harness, person, chat)) {
          const isNo = answers.some((answer) => noes.has(answer));
          const inWords = answers.every(({ card }) => readCard(card as SeenCard).headline !== '');
          if (!inWords) wrong.push(`${who}, ${what}: no words`);
          if (!isNo) {
            others += 1;
            if (entries > 0) wrong.push(`${who}, ${what}: ${entries} entries for what was no "no"`);
            continue;
          }
          all += 1;
          if (entries === 1) recorded += 1;
          else wrong.push(`${who}, ${what}: ${entries} entries`);
          const shown = JSON.stringify(answers.map(({ card }) => card));
          if (chat !== 'personal' && /Hartmann|Rossi|Adeyemi|Lindqvist/u.test(shown))
            wrong.push(`${who}, ${what}: names somebody`);
        }
      }
      assert.deepEqual(harness.violations, []);
      await harness.close();
    }
    assert.deepEqual(faults, []);
    assert.ok(all > NOES_AT_LEAST && others > OTHERS_AT_LEAST, `${all} and ${others} were played`);
    assert.deepEqual(wrong.slice(0, 40), [], `${recorded} of ${all} "no"s left their one entry`);
    assert.equal(recorded, all, `${recorded} of ${all} "no"s left their one entry`);
    tally({ section: 'Refusals that left their one entry', held: recorded, of: all });
    figures = `${recorded} of ${all}`;
  }).timeout(300_000);

  it('is counted', function () {
    assert.notEqual(figures, '');
    if (this.test !== undefined) this.test.title = `had its entry: ${figures}`;
  });
});

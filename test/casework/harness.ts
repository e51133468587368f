/**
 * A helpdesk for tests: casework as app.ts builds it, over the real ledger, with the directory and the chats in memory.
 * People act through the cards they really got. Time stands still until a test moves it.
 */
import { fileURLToPath } from 'node:url';
import { dataOf, readCard, type Button } from '../../demo/stories/card-reading.ts';
import { loadCards } from '../../src/cards/load-cards.ts';
import type { CardsByLanguage } from '../../src/casework/ports/cards.ts';
import type { Company } from '../../src/casework/background/duty.ts';
import type { BuiltCasework } from '../../src/casework/casework-parts.ts';
import type { ConversationKey } from '../../src/casework/ports/ledger.ts';
import type { LogFields } from '../../src/casework/ports/log.ts';
import type { Deadline, Timing } from '../../src/casework/ports/runtime.ts';
import type { SenderLimitFigures } from '../../src/casework/steps/sender-limits.ts';
import type { ClickAnswer } from '../../src/casework/ports/turn.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { openLedger, type OpenedLedger } from '../../src/ledger/open.ts';
import { assertListed, openAuditLog, watched, type AuditLog } from './audit-log.ts';
import { CANARY, connectFixtures, type Connection } from './directory-in-memory.ts';
import { WITH_PLANTED } from '../cards/planted-language.ts';
import { createChats, type Chats, type Message } from './chats-in-memory.ts';
import { UNHURRIED } from '../unhurried.ts';
import { startCasework } from './start-casework.ts';
import { ABEL, ADA, createFixtures, LENA, MARA, ourTime, TESS, TOM, type LivePass, type Fixtures } from './fixtures.ts';

export const CARDS = loadCards(fileURLToPath(new URL('../../adaptive-cards', import.meta.url)), WITH_PLANTED);
const START = Date.parse('2026-11-20T10:00:00Z') as Instant;

const nothing = { card: { type: 'AdaptiveCard' }, summary: '' } as const;
const plain = new Proxy(CARDS.in('en'), { get: () => () => nothing });
const PLAIN = { in: () => plain };

/** A button somebody could press, and the message it stands on. */
interface Pressable {
  readonly message: Message;
  readonly button: Button;
}

export interface Harness {
  readonly fixtures: Fixtures;
  readonly chats: Chats;
  readonly auditLog: AuditLog;
  readonly file: string;
  /** What must never be: filled while it happens. */
  readonly violations: string[];
  readonly logLines: string[];
  /** Codes that were shown, each with who saw it. */
  readonly shown: { readonly code: string; readonly to: PersonId }[];
  ledger(): OpenedLedger;
  built(): BuiltCasework;
  says(person: PersonId, text: string): Promise<void>;
  /** Presses with exactly this verb and data, as `person`, on a message. */
  sends(person: PersonId, verb: string, data: unknown, on: Message | null): Promise<ClickAnswer>;
  /** The newest button with a verb that a person holds. */
  find(person: PersonId, verb: string, match?: (button: Button) => boolean): Pressable | null;
  /** Presses the newest button with a verb; throws when there is none. */
  presses(
    person: PersonId,
    verb: string,
    fill?: Record<string, string>,
    match?: (b: Button) => boolean,
  ): Promise<ClickAnswer>;
  passes(minutes: number): void;
  /** The deadline of the turns from now on. */
  hurry(deadline: Deadline): void;
  /** From now on the directory and the ledger wait for this before they answer. */
  rateLimit(pause: () => Promise<void>): void;
  tick(): Promise<void>;
  whenIdle(): Promise<void>;
  /** The process ends, in order or not, and another one starts on the same file. */
  restart(how: 'in-order' | 'crash'): Promise<void>;
  close(): Promise<void>;
}

export interface HarnessOptions {
  /** What one person may ask of the bot; without limits otherwise. */
  readonly senderLimits?: SenderLimitFigures;
  /** How turns measure their time; real time otherwise. */
  readonly timing?: Timing;
  /** Another process on the same ledger, in the same company and the same chats. */
  readonly beside?: Harness;
  /** Whether there is or will be one. */
  readonly company?: Company;
  readonly file: string;
  readonly now?: Instant;
  readonly newId: () => string;
  /** `plain`: cards that say nothing, for acts that do not go through cards. A test can bring cards of its own, to watch them. */
  readonly cards?: 'real' | 'plain' | CardsByLanguage;
}

export async function openHarness(options: HarnessOptions): Promise<Harness> {
  const { file, newId } = options;
  const { cards: wanted = 'real' } = options;
  const cards = wanted === 'plain' ? PLAIN : wanted === 'real' ? CARDS : wanted;
  const { beside, company } = options;
  const fixtures = beside?.fixtures ?? createFixtures(options.now ?? START);
  const auditLog = openAuditLog();
  const violations: string[] = [];
  const logLines: string[] = [];
  const shown: { code: string; to: PersonId }[] = [];
  const lookForCanary = (where: string, what: unknown): void => {
    if (JSON.stringify(what).includes(CANARY)) violations.push(`a pass in ${where}`);
  };
  const chats = beside?.chats ?? createChats(fixtures.away, (card) => lookForCanary('a message', card));
  let ledger: OpenedLedger;
  let connection: Connection;
  let services: BuiltCasework;
  let turns = 0;
  let deadline = UNHURRIED;

  const turnOf = (person: PersonId) => ({
    activityId: `activity-${beside === undefined ? '' : 'beside-'}${(turns += 1)}`,
    person,
    where: { chat: 'personal', conversation: chatOf(person, fixtures) } as const,
    language: languageOf(person, fixtures),
    deadline,
  });
  const installed = (person: PersonId): void => {
    void services.casework.onInstall({ kind: 'install', ...turnOf(person) }).catch(() => undefined);
  };
  const start = async (): Promise<void> => {
    const now = (): Instant => ourTime(fixtures);
    ledger = watched(await openLedger({ file, now, newId }), auditLog);
    connection = connectFixtures(fixtures, installed);
    const here = connection;
    const say = (fields: LogFields, message: string): void => {
      if (here.isCut()) return; // nobody reads what a dying process says
      logLines.push(`${message} ${JSON.stringify(fields)}`);
      lookForCanary('the log', [fields, message]);
      if (fields['code'] === 'bug') violations.push(`a bug: ${String(fields['internal'])}`);
    };
    const log = { info: say, warn: say, error: say };
    const { directory } = connection;
    services = await startCasework({
      ...{ ledger, directory, messenger: chats.messenger, cards, now, newId, log },
      ...{ senderLimits: options.senderLimits, timing: options.timing, company },
    });
  };
  await start();

  const seen = (to: PersonId, { code, orderId }: LivePass): void => {
    shown.push({ code, to });
    const written = auditLog.outcomes.has(orderId) && auditLog.kept.some((entry) => entry.code === 'case.pass-created');
    if (!written) violations.push('a pass was shown before its outcome was written');
  };
  const show = (person: PersonId, answer: ClickAnswer, on: Message | null): void => {
    if (answer.kind === 'keep-card') {
      lookForCanary('an answer', answer.cardMessage.card);
      return;
    }
    const card = answer.kind === 'show' ? answer.cardMessage.card : answer.passCard.passCard;
    if (answer.kind === 'show') lookForCanary('an answer', card);
    else for (const pass of fixtures.made.filter(({ code }) => mentions(card, code))) seen(person, pass);
    if (on !== null) chats.turnInto(on, card);
    else chats.put(person, card);
  };
  const harness: Harness = {
    ...{ fixtures, chats, auditLog, file, violations, logLines, shown },
    ledger: () => ledger,
    built: () => services,
    async says(person, text) {
      const now = services;
      const replies = await now.casework.onMessage({ kind: 'message', ...turnOf(person), text });
      for (const { cardMessage, cardOf, continueAt } of replies ?? []) {
        lookForCanary('a reply', cardMessage.card);
        const message = chats.put(person, cardMessage.card);
        if (cardOf !== null) await now.cardPlaced(cardOf, message.place).catch(() => undefined);
        continueAt?.(message.place);
      }
    },
    async sends(person, verb, data, on) {
      const turn = {
        kind: 'action',
        ...turnOf(person),
        verb,
        data,
        card: on?.place ?? null,
        canShowPass: true,
      } as const;
      const answer = await services.casework.onAction(turn);
      show(person, answer, on);
      return answer;
    },
    find(person, verb, match = () => true) {
      for (const message of chats.of(person).toReversed()) {
        const button = readCard(message.card).buttons.find((one) => one.verb === verb && match(one));
        if (button !== undefined) return { message, button };
      }
      return null;
    },
    async presses(person, verb, fill = {}, match) {
      const found = harness.find(person, verb, match);
      if (found === null) throw new Error(`no button ${verb}`);
      return harness.sends(person, verb, dataOf(found.button, filling(found.button, fill)), found.message);
    },
    passes(minutes) {
      fixtures.now = (fixtures.now + minutes * 60_000) as Instant;
    },
    hurry: (next) => void (deadline = next),
    rateLimit(pause) {
      fixtures.pause = pause;
      auditLog.pause = pause;
    },
    tick: () => services.tick(),
    whenIdle: () => services.whenIdle(),
    async restart(how) {
      if (how === 'in-order') await services.whenIdle();
      connection.cut();
      await ledger.close();
      await start();
    },
    async close() {
      connection.cut();
      await ledger.close();
      assertListed(auditLog.kept);
    },
  };
  return harness;
}

/** Everybody has written to the bot once, so that it can write to them. */
export async function meetEverybody(harness: Harness): Promise<void> {
  const { fixtures } = harness;
  const remember = (person: PersonId): Promise<void> =>
    harness
      .ledger()
      .rememberConversation(chatOf(person, fixtures), [...(fixtures.roles.get(person) ?? [])], ourTime(fixtures));
  await Promise.all([TESS, TOM, ADA, ABEL, LENA, MARA].map(remember));
}

function chatOf(person: PersonId, fixtures: Fixtures): ConversationKey {
  return { person, reference: `chat of ${person}`, language: languageOf(person, fixtures) };
}

function languageOf(person: PersonId, { languages }: Fixtures): string {
  return languages.get(person) ?? 'en';
}

/** The inputs of a button: what was given, the first choice where something is required. */
export function filling(button: Button, given: Readonly<Record<string, string>>): Record<string, string> {
  const wanted = button.inputs.filter((input) => input.id in given || (input.required && input.value === ''));
  return Object.fromEntries(
    wanted.map(({ id, choices }) => [id, given[id] ?? choices[0]?.value ?? 'seen and checked']),
  );
}

/** A code stands on its card once in full, and once more in groups to read out. */
function mentions(card: unknown, code: string): boolean {
  return JSON.stringify(card).includes(JSON.stringify(code));
}

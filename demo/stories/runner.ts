/**
 * What stories are written with: people write messages, press buttons and use Microsoft's pages, and the story checks
 * what came of it. A button is looked up on the newest card a person sees, and the press is sent as their client would
 * send it.
 */
import type { SeenMessage } from '../teams/chats.ts';
import type { Reach } from '../teams/reach.ts';
import type { FeedEntry } from '../teams/ledger-feed.ts';
import { type Button, codeOn, dataOf, readCard, type ReadCard, wordsOfFilled } from './card-reading.ts';
import type { DemoClient } from './demo-client.ts';
import type { Transcript } from './transcript.ts';
import { tenantLines, type TenantRequest } from './tenant-requests.ts';

/** Somebody in a story. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly upn: string;
}

/** Which of several buttons with the same verb is meant, and what is filled in. */
interface PressOptions {
  /** Fields the button's data must have. */
  readonly with?: Readonly<Record<string, string>>;
  /** Inputs by id. */
  readonly fill?: Readonly<Record<string, string>>;
  /** The channel delivers the same press twice at the same time. */
  readonly twice?: boolean;
}

/** What a story can do and see. */
export interface Runner {
  /** Explains what the bot cannot see: the phone call, who answers. */
  narrate(text: string): void;
  writes(who: Actor, text: string): Promise<void>;
  presses(who: Actor, verb: string, options?: PressOptions): Promise<void>;
  /** Does something on Microsoft's pages, through the tenant's control API; returns the result. */
  atMicrosoft(who: Actor, words: string, call: string, argument: object): Promise<Record<string, unknown>>;
  /** Changes the tenant; `words` explains it to the reader. */
  tenantIs(words: string, call: string, argument: object): Promise<void>;
  /** Changes somebody's Teams; `words` explains it to the reader. */
  teamsOf(who: Actor, words: string, reach: Reach): Promise<void>;
  /** Whether the bot can reach somebody in Teams now. */
  reachOf(who: Actor): Promise<Reach>;
  /** The newest card somebody sees. Fails when there is none. */
  card(who: Actor): Promise<ReadCard>;
  /** Every card somebody sees, oldest first. */
  cards(who: Actor): Promise<readonly ReadCard[]>;
  /** Whether the newest card of somebody has such a button now. */
  offers(who: Actor, verb: string): Promise<boolean>;
  /** The newest card with such a button, waiting as a person would. Fails the story when there is none. */
  cardWith(who: Actor, verb: string): Promise<ReadCard>;
  /** The one-time code on any card somebody sees now; `null` when there is none. */
  codeSeenBy(who: Actor): Promise<string | null>;
  /** Waits until somebody's newest card fits. */
  cardMoves(who: Actor, what: string, fits: (card: ReadCard) => boolean): Promise<ReadCard>;
  ledger(): Promise<readonly FeedEntry[]>;
  /** Waits until an entry with this code and these details is there. */
  ledgerGets(code: string, detail?: Readonly<Record<string, unknown>>): Promise<FeedEntry>;
  tenantState(): Promise<{ readonly passes: readonly PassSeen[]; readonly forbiddenAttempts: number }>;
  /** Every request the tenant received since the demo started. */
  journal(): Promise<readonly TenantRequest[]>;
  verifyLedger(): Promise<{ readonly intact: boolean; readonly says: string }>;
  /** An expectation. If it is not met, the story goes on and fails at the end. */
  expect(holds: boolean, sentence: string): void;
  readonly failures: readonly string[];
}

/** A pass as the tenant lists it, without its value. */
interface PassSeen {
  readonly user: string;
}

/** What the runner needs. The transcript shows the chats of `audience`. */
interface RunnerParts {
  readonly client: DemoClient;
  readonly transcript: Transcript;
  readonly audience: readonly Actor[];
}

/** How long a person looks for a button before they give up. */
const BUTTON_PATIENCE_MS = 10_000;

const newestWithCard = (messages: readonly SeenMessage[]): SeenMessage | undefined =>
  messages.filter((message) => message.card !== null && !message.deleted).at(-1);

/** An entry in a few words: what happened, and the new state. */
function entryWords({ seq, code, detail }: FeedEntry): string {
  const { from, to, outcome } = detail;
  const moved = typeof to === 'string' && to !== from ? ` → ${to}` : '';
  return `${seq} ${code}${moved}${typeof outcome === 'string' ? ` (${outcome})` : ''}`;
}

/** Creates the runner. Whatever happened before does not appear in the transcript. */
export async function createRunner({ client, transcript, audience }: RunnerParts): Promise<Runner> {
  const failures: string[] = [];
  const shown = new Map<string, number>();
  let ledgerSeen = (await client.ledger(0)).at(-1)?.seq ?? 0;
  let journalSeen = 0;
  const key = (who: Actor, message: SeenMessage): string => `${who.id}/${message.id}`;
  const journal = async (): Promise<TenantRequest[]> =>
    (await client.call('GET', '/_control/journal')) as TenantRequest[];

  for (const who of audience) {
    for (const message of await client.chat(who.id)) shown.set(key(who, message), message.revision);
  }
  journalSeen = (await journal()).length;

  let reported: Promise<void> = Promise.resolve();
  /** Adds everything new to the transcript, one report at a time, because two people may press at the same time. */
  const report = (): Promise<void> => {
    reported = reported.then(reportNow);
    return reported;
  };
  const reportNow = async (): Promise<void> => {
    for (const who of audience) {
      for (const message of await client.chat(who.id)) {
        const known = shown.get(key(who, message)) ?? 0;
        shown.set(key(who, message), message.revision);
        if (message.from === 'bot' && message.revision > known) transcript.shows(who.name, message);
      }
    }
    const requests = await journal();
    for (const text of tenantLines(requests.slice(journalSeen))) transcript.tenant(text);
    journalSeen = requests.length;
    const entries = await client.ledger(ledgerSeen);
    ledgerSeen = entries.at(-1)?.seq ?? ledgerSeen;
    if (entries.length > 0) transcript.ledger(entries.map(entryWords).join(' · '));
  };

  /** A card may arrive a moment after the answer to the last press, so this waits, as a person would. */
  const findButton = async (who: Actor, verb: string, wanted: PressOptions): Promise<[SeenMessage, Button]> => {
    const fits = (one: Button): boolean =>
      one.verb === verb && Object.entries(wanted.with ?? {}).every(([name, value]) => one.data[name] === value);
    let offered = 'no card';
    const look = async (): Promise<[SeenMessage, Button] | null> => {
      const messages = (await client.chat(who.id)).filter((message) => message.card !== null && !message.deleted);
      for (const message of messages.toReversed()) {
        const button = readCard(message.card ?? {}).buttons.find(fits);
        if (button !== undefined) return [message, button];
      }
      offered = readCard(messages.at(-1)?.card ?? {})
        .buttons.map((one) => one.verb)
        .join(', ');
      return null;
    };
    const what = (): string =>
      `${who.name} sees no button "${verb}" ${JSON.stringify(wanted.with ?? {})}; there is: ${offered}`;
    return client.until(what, look, BUTTON_PATIENCE_MS);
  };

  const card = async (who: Actor): Promise<ReadCard> => {
    const message = newestWithCard(await client.chat(who.id));
    if (message === undefined) throw new Error(`${who.name} sees no card.`);
    return readCard(message.card ?? {});
  };
  const control = async (call: string, argument: object): Promise<Record<string, unknown>> => {
    const answer = (await client.call('POST', `/_control/${call}`, argument)) as {
      result: Record<string, unknown> | null;
    };
    return answer.result ?? {};
  };

  return {
    failures,
    narrate: (text) => transcript.narrate(text),
    writes: async (who, text) => {
      transcript.does(who.name, `writes: ${text}`);
      const { httpStatus } = await client.say(who.id, text);
      if (httpStatus !== 200) throw new Error(`The bot answered ${httpStatus} to a message.`);
      await report();
    },
    presses: async (who, verb, options = {}) => {
      const [message, button] = await findButton(who, verb, options);
      const data = dataOf(button, options.fill ?? {});
      const filled = wordsOfFilled(button, options.fill ?? {});
      const times = options.twice === true ? ', and the channel delivers it twice' : '';
      transcript.does(
        who.name,
        `presses [${button.title}]${filled.length > 0 ? `: ${filled.join('; ')}` : ''}${times}`,
      );
      const { type, title, id } = button;
      const result = await client.press(who.id, {
        ...{ messageId: message.id, type, title, verb, id, data },
        ...(options.twice === true ? { twice: true } : {}),
      });
      await report();
      if (result.httpStatus !== 200) throw new Error(`The bot answered ${result.httpStatus} to [${button.title}].`);
    },
    atMicrosoft: async (who, words, call, argument) => {
      transcript.does(who.name, words);
      const result = await control(call, argument);
      await report();
      return result;
    },
    tenantIs: async (words, call, argument) => {
      transcript.narrate(words);
      await control(call, argument);
    },
    teamsOf: async (who, words, reach) => {
      transcript.narrate(words);
      await client.call('PUT', `/teams/chats/${who.id}/reach`, { reach });
    },
    reachOf: async (who) => ((await client.call('GET', `/teams/chats/${who.id}`)) as { reach: Reach }).reach,
    card,
    cards: async (who) =>
      (await client.chat(who.id)).flatMap(({ card: json, deleted }) =>
        json === null || deleted ? [] : [readCard(json)],
      ),
    cardWith: async (who, verb) => readCard((await findButton(who, verb, {}))[0].card ?? {}),
    offers: async (who, verb) => (await card(who)).buttons.some((button) => button.verb === verb),
    codeSeenBy: async (who) =>
      (await client.chat(who.id)).map((message) => codeOn(message.card)).find((code) => code !== null) ?? null,
    cardMoves: async (who, what, fits) => {
      transcript.narrate(`Waiting: ${what}.`);
      const look = async (): Promise<ReadCard | null> => {
        const now = await card(who);
        return fits(now) ? now : null;
      };
      return client.until(() => what, look).finally(report);
    },
    ledger: () => client.ledger(0),
    ledgerGets: async (code, detail = {}) => {
      const fits = (one: FeedEntry): boolean =>
        one.code === code && Object.entries(detail).every(([name, value]) => one.detail[name] === value);
      const look = async (): Promise<FeedEntry | null> => (await client.ledger(0)).findLast(fits) ?? null;
      return client.until(() => `an entry ${code} in the ledger`, look).finally(report);
    },
    tenantState: async () =>
      (await client.call('GET', '/_control/state')) as { passes: PassSeen[]; forbiddenAttempts: number },
    journal,
    verifyLedger: async () =>
      (await client.call('POST', '/teams/ledger/verify', {})) as { intact: boolean; says: string },
    expect: (holds, sentence) => {
      if (holds) transcript.passed(sentence);
      else {
        failures.push(sentence);
        transcript.failed(sentence);
      }
    },
  };
}

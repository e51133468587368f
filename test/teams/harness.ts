/** The channel under test with everything around it: a connector that listens, a casework that answers as the test says. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Registry } from 'prom-client';
import { createBackground } from '../../src/casework/ports/background.ts';
import type { CardPlace } from '../../src/casework/ports/ledger.ts';
import type { CardMessage, Messenger } from '../../src/casework/ports/messenger.ts';
import type {
  InstallTurn,
  Casework,
  ClickAnswer,
  PassCard,
  ActionTurn,
  MessageTurn,
  Turn,
} from '../../src/casework/ports/turn.ts';
import type { LogFields } from '../../src/casework/ports/log.ts';
import type { CaseId } from '../../src/procedure/case.ts';
import type { TeamsMode } from '../../src/teams/mode.ts';
import { startReceiver, type ReceiverOptions } from '../../src/teams/receiver.ts';
import { createSender, type SenderOptions } from '../../src/teams/sender.ts';
import type { FakeConnector } from './fake-connector.ts';
import { startFakeConnector } from './fake-connector.ts';

export const TESS = 'a0000000-0000-4000-8000-000000000001';
export const TENANT = 'c0000000-0000-4000-8000-000000000001';
export const CASE = 12 as CaseId;

export const cardMessage = (title: string, extra: Record<string, unknown> = {}): CardMessage => ({
  card: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: title }], ...extra },
  summary: title,
});

/** The answer of casework that shows a pass. */
export const passAnswer = (code: string, lost: () => void = () => undefined): ClickAnswer => {
  const passCard = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: code }] };
  return { kind: 'show-pass', passCard: { passCard } as unknown as PassCard, lost };
};

/** What casework answers, changeable in a test, and the turns it got. */
interface Scripted extends Casework {
  readonly turns: Turn[];
  onMessage: (turn: MessageTurn) => ReturnType<Casework['onMessage']>;
  onAction: (turn: ActionTurn) => ReturnType<Casework['onAction']>;
  onInstall: (turn: InstallTurn) => ReturnType<Casework['onInstall']>;
}

export interface Harness {
  readonly origin: string;
  readonly connector: FakeConnector;
  readonly casework: Scripted;
  readonly messenger: Messenger;
  readonly placed: { caseId: CaseId; place: CardPlace }[];
  readonly log: { level: string; fields: LogFields; message: string }[];
  readonly waits: number[];
  readonly registry: Registry;
  /** Runs every timer that was set through `after` and not canceled. */
  ringTimers(): void;
  /** Resolves when no reply is on its way any more. */
  whenIdle(): Promise<void>;
  post(activity: unknown, headers?: Record<string, string>): Promise<Posted>;
  close(): Promise<void>;
}

export async function openHarness(
  mode: TeamsMode = { kind: 'loopback-only' },
  overrides: Partial<SenderOptions & ReceiverOptions> = {},
): Promise<Harness> {
  const connector = await startFakeConnector();
  const placed: Harness['placed'] = [];
  const log: Harness['log'] = [];
  const waits: number[] = [];
  const timers = new Set<() => void>();
  const seen = new Set<string>();
  const registry = new Registry();
  const now = mode.kind === 'authenticated' ? Date.now : () => 0; // tokens are valid now, by the clock of the machine
  const turns: Turn[] = [];
  const noted = <R>(turn: Turn, answer: R): Promise<R> => {
    turns.push(turn);
    return Promise.resolve(answer);
  };
  const casework: Scripted = {
    turns,
    onMessage: (turn) => noted(turn, [{ cardMessage: cardMessage('heard'), cardOf: null }]),
    onAction: (turn) => noted(turn, { kind: 'show', cardMessage: cardMessage('pressed') }),
    onInstall: (turn) => noted(turn, [{ cardMessage: cardMessage('welcome'), cardOf: null }]),
  };
  const write = (level: string) => (fields: LogFields, message: string) => void log.push({ level, fields, message });
  let ids = 0;
  const sending: SenderOptions = {
    ...{ mode, host: '127.0.0.1', registry, now, clock: now, random: () => 0 },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
    ...overrides,
  };
  const sender = createSender(sending);
  const background = createBackground(sending.log);
  const receiver = await startReceiver(sender, {
    port: 0,
    casework,
    placed: (caseId, place) => Promise.resolve(void placed.push({ caseId, place })),
    firstSight: (key) => Promise.resolve(!seen.has(key) && seen.add(key) === seen),
    cards: {
      passCannotBeShownHere: () => cardMessage('cannot be shown here'),
      apology: (_language, reference) => cardMessage(`Sorry. Reference ${reference}`),
    },
    ready: () => Promise.resolve({ kind: 'ready' }),
    log: sending.log,
    newId: () => `ref-${(ids += 1)}`,
    background,
    now,
    after: (_milliseconds, run) => {
      timers.add(run);
      return () => void timers.delete(run);
    },
    ...overrides,
  });
  return {
    origin: receiver.origin,
    connector,
    casework,
    messenger: sender.messenger,
    placed,
    log,
    waits,
    registry,
    ringTimers: () => {
      for (const run of [...timers]) {
        timers.delete(run);
        run();
      }
    },
    whenIdle: () => background.whenIdle(),
    post: (activity, headers = {}) => post(receiver.origin, JSON.stringify(activity), headers),
    close: async () => {
      await receiver.close();
      await connector.close();
    },
  };
}

/** The answer of the bot to one POST. */
interface Posted {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly text: string;
}

/** One POST to the bot with the bytes as they are. */
export function post(origin: string, bytes: string | Buffer, headers: Record<string, string> = {}): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${origin}/api/messages`,
      {
        method: 'POST',
        agent: false,
        headers: {
          'content-type': 'application/json',
          ...(!('transfer-encoding' in headers) && { 'content-length': Buffer.byteLength(bytes) }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, body: text === '' ? undefined : JSON.parse(text), text });
        });
      },
    );
    request.on('error', reject);
    request.end(bytes);
  });
}

let activities = 0;

/** What Teams sends in a personal chat; `fields` replace or add. */
export function personal(
  harness: { readonly connector: { readonly serviceUrl: string } },
  fields: Record<string, unknown>,
): Record<string, unknown> {
  activities += 1;
  return {
    id: `activity-${activities}`,
    timestamp: '2026-11-20T09:00:00.000Z',
    channelId: 'msteams',
    serviceUrl: harness.connector.serviceUrl,
    from: { id: '29:tess', name: 'Tess Lindqvist', aadObjectId: TESS },
    recipient: { id: '28:bot', name: 'Hardline' },
    conversation: { id: 'a:chat-tess', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    locale: 'en-US',
    ...fields,
  };
}

export const messageActivity = (
  harness: { readonly connector: { readonly serviceUrl: string } },
  text: string,
  fields: Record<string, unknown> = {},
) => personal(harness, { type: 'message', text, textFormat: 'plain', ...fields });

export const actionActivity = (
  harness: { readonly connector: { readonly serviceUrl: string } },
  verb: string,
  data: unknown = {},
  fields: Record<string, unknown> = {},
) =>
  personal(harness, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: 'message-1',
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    ...fields,
  });

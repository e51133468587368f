/**
 * The emulated Teams with two people and the small fake bot, as the tests here use it.
 */
import { followLedger, type FeedEntry } from '../../demo/teams/ledger-feed.ts';
import type { SeenMessage } from '../../demo/teams/chats.ts';
import { startTeams, type Teams } from '../../demo/teams/start.ts';
import { type FakeBot, startFakeBot } from './fake-bot.ts';

export const TESS = 'a0000000-0000-4000-8000-000000000001';
export const LENA = 'a0000000-0000-4000-8000-000000000010';
export const TENANT = 'c0000000-0000-4000-8000-000000000001';

const person = (id: string, name: string) => ({
  ...{ id, name, jobTitle: null, department: null },
  userPrincipalName: `${name.toLowerCase().replace(' ', '.')}@fernhill.example`,
});

export interface Practice {
  readonly teams: Teams;
  readonly bot: FakeBot;
  readonly ledger: FeedEntry[];
  /** Calls the HTTP API. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  seenBy(id: string): Promise<readonly SeenMessage[]>;
  /** The bot writes to somebody through the connector. */
  connector(method: string, path: string, body?: unknown): Promise<Response>;
  close(): Promise<void>;
}

export async function startPractice(): Promise<Practice> {
  const bot = await startFakeBot();
  const ledger: FeedEntry[] = [];
  const reader = {
    entries: async (after: number) => ledger.filter((line) => line.seq > after),
    verify: async () => ({ intact: true, says: 'intact' }),
  };
  const teams = await startTeams({
    port: 0,
    tenantId: TENANT,
    members: [person(TESS, 'Tess Lindqvist'), person(LENA, 'Lena Hartmann')],
    botOrigin: () => bot.origin,
    tenantOrigin: () => bot.origin,
    ledger: followLedger(reader, (error) => {
      throw error;
    }),
  });
  const call: Practice['call'] = (method, path, body, headers = {}) =>
    fetch(`${teams.origin}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    teams,
    bot,
    ledger,
    call,
    seenBy: async (id) => {
      const response = await call('GET', `/teams/chats/${id}`);
      return ((await response.json()) as { messages: SeenMessage[] }).messages;
    },
    connector: (method, path, body) => call(method, `/connector/v3/conversations${path}`, body),
    close: async () => {
      await teams.close();
      await bot.close();
    },
  };
}

/**
 * Starts the emulated Teams: connector, clients and practice page, all on one loopback port. Everything is kept in
 * memory and is gone when it stops.
 */
import { createChats, type Chats } from './chats.ts';
import { CONNECTOR_PATH, connectorRoutes } from './connector.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { practiceRoutes } from './practice-routes.ts';
import { createFaults, type Faults } from './faults.ts';
import { fileRoutes } from './files.ts';
import { forwardRoutes } from './forward.ts';
import { listen } from './http.ts';
import { NO_LEDGER, type LedgerFeed } from './ledger-feed.ts';
import type { Member } from './members.ts';
import { createReachability, type Reachability } from './reach.ts';
import { noting, type SentRequest } from './sent-requests.ts';

/** What the emulated Teams needs. */
interface TeamsOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly tenantId: string;
  readonly members: readonly Member[];
  /** People without the app at the start. */
  readonly withoutApp?: readonly string[];
  /** Where the bot and the tenant listen. They are functions, because both may start later. */
  readonly botOrigin: () => string;
  readonly tenantOrigin: () => string;
  /** What the practice page shows; nothing otherwise. */
  readonly ledger?: LedgerFeed;
  /** More for the page to show: who appears where, names, guides. */
  readonly pageSetup?: () => Readonly<Record<string, unknown>>;
  readonly now?: () => number;
}

/** A running emulated Teams. Its parts are for tests in the same process; everything else uses HTTP. */
export interface Teams {
  readonly origin: string;
  readonly serviceUrl: string;
  readonly chats: Chats;
  readonly faults: Faults;
  readonly delivery: Delivery;
  readonly reach: Reachability;
  /** The requests of the bot so far, oldest first. */
  readonly sent: () => readonly SentRequest[];
  /** Sends the bot an installation for everybody who has the app, so that it knows where to write to them. */
  installForAll(): Promise<void>;
  /**
   * The tenant installed the app for somebody: they have it from now on, and the bot is told about the new chat.
   * Nothing happens for people who already have it or have blocked the bot.
   */
  appInstalled(person: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts it. Rejects with the system's error when the port is taken. */
export async function startTeams(options: TeamsOptions): Promise<Teams> {
  const { tenantId } = options;
  const { now = Date.now, ledger = NO_LEDGER } = options;
  const members = new Map(options.members.map((member) => [member.id, member]));
  const without = new Set(options.withoutApp ?? []);
  const reach = createReachability([...members.keys()].filter((id) => !without.has(id)));
  const chats = createChats(now);
  const faults = createFaults();
  const sent: SentRequest[] = [];
  let origin = '';
  const delivery = createDelivery({
    botEndpoint: () => `${options.botOrigin()}/api/messages`,
    serviceUrl: () => `${origin}${CONNECTOR_PATH}`,
    ...{ tenantId, chats, now },
  });
  const pageSetup = (): Readonly<Record<string, unknown>> => ({
    tenantId,
    people: [...members.values()],
    botEndpoint: `${options.botOrigin()}/api/messages`,
    tenantOrigin: options.tenantOrigin(),
    ...options.pageSetup?.(),
  });

  const server = await listen(
    [
      ...noting(connectorRoutes({ tenantId, members, chats, faults, reach }), sent),
      ...practiceRoutes({ members, chats, faults, delivery, reach, pageSetup, ledger }),
      ...forwardRoutes({ bot: options.botOrigin, tenant: options.tenantOrigin }),
      ...fileRoutes(),
    ],
    options.port,
  );
  origin = server.origin;

  return {
    origin,
    serviceUrl: `${origin}${CONNECTOR_PATH}`,
    ...{ chats, faults, delivery, reach },
    sent: () => [...sent],
    installForAll: async () => {
      for (const id of reach.withApp()) {
        const member = members.get(id);
        if (member !== undefined) await delivery.install(member, 'add');
      }
    },
    appInstalled: async (person) => {
      const member = members.get(person);
      if (member === undefined || reach.of(person) !== 'no-app') return;
      reach.set(person, 'has-app');
      await delivery.install(member, 'add');
    },
    close: async () => {
      ledger.close();
      await server.close();
    },
  };
}

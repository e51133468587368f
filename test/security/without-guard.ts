/**
 * The bot's endpoint without its first two checks: whatever comes in goes to Microsoft's SDK as it is. It exists to show what
 * those checks are for; nothing outside of this folder can build it.
 */
import { Registry } from 'prom-client';
import { createBackground } from '../../src/casework/ports/background.ts';
import { REAL_TIMING } from '../../src/casework/ports/runtime.ts';
import { createBot } from '../../src/teams/bot.ts';
import { createEndpoint } from '../../src/teams/endpoint.ts';
import type { InboundActivity } from '../../src/teams/inbound-activity.ts';
import { appIdOf, type TeamsMode } from '../../src/teams/mode.ts';
import type { RequestGuard } from '../../src/teams/request-guard.ts';
import { createSender } from '../../src/teams/sender.ts';
import { startServer } from '../../src/teams/server.ts';
import { cardMessage } from '../teams/harness.ts';

/** The endpoint without its guard. `turns` counts what reached casework. */
export interface OpenEndpoint {
  readonly origin: string;
  readonly turns: () => number;
  close(): Promise<void>;
}

const ADMITS_EVERYTHING: RequestGuard = {
  admitCaller: () => ({ kind: 'admitted', token: null }),
  admitActivity: (body) => ({ kind: 'admitted', activity: body as InboundActivity }),
};

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Opens it in a mode. */
export async function openWithoutGuard(mode: TeamsMode): Promise<OpenEndpoint> {
  const registry = new Registry();
  const background = createBackground(log);
  const now = Date.now;
  const sender = createSender({
    ...{ mode, host: '127.0.0.1', registry, now, log, random: () => 0, wait: () => Promise.resolve() },
  });
  await sender.keys?.read();
  let turns = 0;
  const reached = <R>(answer: R): Promise<R> => {
    turns += 1;
    return Promise.resolve(answer);
  };
  const run = createBot({
    unreadable: () => undefined,
    ...{ adapter: sender.channel.adapter, appId: appIdOf(mode), messenger: sender.messenger, background, now, log },
    casework: {
      onMessage: () => reached([]),
      onAction: () => reached({ kind: 'show', cardMessage: cardMessage('pressed') } as const),
      onInstall: () => reached([]),
    },
    placed: () => Promise.resolve(),
    firstSight: () => Promise.resolve(true),
    after: REAL_TIMING.after,
    passCannotBeShownHere: () => cardMessage('cannot be shown here'),
    metrics: sender.metrics,
  });
  const receive = createEndpoint({
    ...{ guard: ADMITS_EVERYTHING, tokens: null, channel: sender.channel, run, timing: REAL_TIMING, background },
    ...{ metrics: sender.metrics, noteRefusal: () => undefined, newId: () => 'turn', log },
  });
  const server = await startServer({
    ...{ port: 0, host: '127.0.0.1', registry, receive, ready: () => Promise.resolve({ kind: 'ready' }) },
    ...{ turnTime: { milliseconds: 8_000, timing: REAL_TIMING }, log, now },
  });
  return { origin: server.origin, turns: () => turns, close: () => server.close() };
}

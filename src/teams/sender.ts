/**
 * The sending half of the channel: Microsoft's adapter and the messenger that uses it. It is built before casework, which sends
 * messages through it. The receiving half (receiver.ts) is built after casework, because it passes messages and clicks on to it.
 * An unsafe mode fails here, before anything is sent and before a port is open.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Registry } from 'prom-client';
import type { Log } from '../casework/ports/log.ts';
import type { Messenger } from '../casework/ports/messenger.ts';
import { REAL_TIMING, type Timing } from '../casework/ports/runtime.ts';
import { createChannel, type Channel } from './adapter.ts';
import { createMessenger } from './messenger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import {
  appIdOf,
  assertSoundMode,
  serviceUrlRuleOf,
  signingKeysUrlOf,
  type AuthenticatedMode,
  type TeamsMode,
} from './mode.ts';
import { createRateLimit } from './rate-limit.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

/** What the sender needs. */
export interface SenderOptions {
  readonly mode: TeamsMode;
  /** The address on which the receiver will listen. Without authentication it has to be this machine's own. */
  readonly host: string;
  readonly log: Log;
  readonly registry: Registry;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A random number from 0 to 1, so that retries do not all come at the same time. */
  readonly random: () => number;
  /** How to pause before a retry; real time otherwise. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** How the time of a request is measured; real time otherwise. */
  readonly timing?: Timing;
  /**
   * The clock by which the limits of Teams are kept, in milliseconds; default: that of `timing`, which never jumps. With the clock of
   * the machine, nothing could be sent for an hour after it was set back an hour.
   */
  readonly clock?: () => number;
  readonly connectorTimeoutMilliseconds?: number;
  /** How long reading the signing keys of Teams may take. */
  readonly keyTimeoutMilliseconds?: number;
}

/** The sending half. The receiver is built on it. */
export interface Sender {
  readonly messenger: Messenger;
  readonly mode: TeamsMode;
  readonly host: string;
  readonly channel: Channel;
  /** The keys that sign the tokens of Teams; `null` when no tokens are checked. */
  readonly keys: SigningKeys | null;
  readonly metrics: Metrics;
  readonly registry: Registry;
}

/** Builds the sender. Opens no connection. Throws Fault `configuration` for an unsafe mode. */
export function createSender(options: SenderOptions): Sender {
  const { mode, host, log, random, registry } = options;
  assertSoundMode(mode, host);
  const keys = mode.kind === 'authenticated' ? signingKeysOf(mode, options) : null;
  const { connectorTimeoutMilliseconds: timeoutMilliseconds, timing } = options;
  const { clock = (timing ?? REAL_TIMING).clock } = options;
  const channel = createChannel(mode, { keys, timeoutMilliseconds, timing });
  const metrics = createMetrics(registry);
  const messenger = createMessenger({
    adapter: channel.adapter,
    appId: appIdOf(mode),
    serviceUrls: serviceUrlRuleOf(mode),
    rateLimit: createRateLimit(),
    now: clock,
    wait: options.wait ?? ((milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal })),
    random,
    metrics,
    log,
  });
  return { messenger, mode, host, channel, keys, metrics, registry };
}

function signingKeysOf(mode: AuthenticatedMode, { now, log, keyTimeoutMilliseconds }: SenderOptions): SigningKeys {
  return createSigningKeys({
    ...{ metadataUrl: signingKeysUrlOf(mode), now, log },
    ...(keyTimeoutMilliseconds !== undefined && { timeoutMilliseconds: keyTimeoutMilliseconds }),
  });
}

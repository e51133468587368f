/**
 * Starts the emulated tenant. It listens on 127.0.0.1 and nowhere else.
 */
import { randomInt, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createControl } from './control.ts';
import type { TenantControl } from './control.ts';
import { controlOverHttp } from './control-http.ts';
import type { Tenant } from './dispatch.ts';
import { createFaults } from './faults.ts';
import { createJournal } from './journal.ts';
import { setTiming } from './timing.ts';
import { movableClock } from './movable-clock.ts';
import { readSeed, readSeedFile } from './read-seed.ts';
import { allRoutes } from './routes.ts';
import { createTenantServer } from './serve.ts';
import { createThrottle } from './throttle.ts';
import { buildWorld } from './build-world.ts';
import type { Timing, World } from './world.ts';

/** The seed of the demo's company. */
export const FERNHILL = new URL('./fernhill.json', import.meta.url);

/** How to start a tenant. */
export interface TenantOptions {
  /** 0: any free port. */
  readonly port: number;
  /** A seed file (path or URL), or the seed itself as parsed JSON. */
  readonly seed: string | URL | Readonly<Record<string, unknown>>;
  /** The clock, milliseconds since 1970; default: the machine's. */
  readonly now?: () => number;
  /** Milliseconds every request takes; default 0. */
  readonly latencyMs?: number;
  /** How it waits, for latency and for faults; default: real time. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** Ids of requests, methods and entries; default: random GUIDs. */
  readonly newId?: () => string;
  /** Numbers from 0 up to 1 for the order of batch answers; default: `Math.random`. */
  readonly random?: () => number;
  /** How fast the tenant tells what happened; default `quick`, as the seed says. */
  readonly timing?: Timing;
  /** Called with the id of a person for whom the bot was just installed. */
  readonly onInstall?: (person: string) => void;
}

/** A running tenant. */
export interface RunningTenant {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The tenant's clock, which the control API can move. Give it to the bot, so that both see the same time. */
  readonly now: () => number;
  /** The same functions as the control API, without HTTP. */
  readonly control: TenantControl;
  close(): Promise<void>;
}

/** Starts a tenant. Throws BadSeed when the seed cannot be used, and the system's error when the port cannot be opened. */
export async function startTenant(options: TenantOptions): Promise<RunningTenant> {
  const seed =
    typeof options.seed === 'string' || options.seed instanceof URL
      ? readSeedFile(options.seed)
      : readSeed(options.seed);
  const clock = movableClock(options.now ?? Date.now);
  const nextPasses: string[] = [];
  const runtime = {
    now: clock.now,
    newId: options.newId ?? randomUUID,
    newPass: (length: number) => nextPasses.shift() ?? randomPass(length),
    random: options.random ?? Math.random,
    onInstall: options.onInstall ?? (() => undefined),
  };
  const rebuild = (): World => {
    const world = buildWorld(seed, runtime);
    setTiming(world, options.timing ?? 'quick', 1);
    return world;
  };
  const closing = new AbortController();
  const tenant: Tenant = {
    world: rebuild(),
    journal: createJournal(),
    faults: createFaults(),
    throttle: createThrottle(),
    routes: allRoutes,
    latencyMs: options.latencyMs ?? 0,
    wait: options.wait ?? ((ms) => waitUnless(closing.signal, ms)),
  };
  const control = createControl(tenant, { rebuild, nextPasses, initialLatencyMs: tenant.latencyMs, clock });
  const server = createTenantServer(tenant, controlOverHttp(control));
  server.keepAliveTimeout = 180_000; // Graph keeps connections for minutes; helpdesk traffic is sparse
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    now: clock.now,
    control,
    close: () => {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

const PASS_CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789+!%&@#$^*=';

/** A random pass like Microsoft's: upper and lower case, digits and signs. */
function randomPass(length: number): string {
  return Array.from({ length }, () => PASS_CHARACTERS[randomInt(PASS_CHARACTERS.length)]).join('');
}

function waitUnless(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

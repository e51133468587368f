/**
 * A proxy between bot and tenant, for looking at the traffic. The bot talks to the proxy only, so the demo waits until
 * the proxy reaches the tenant.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const ASK_EVERY_MS = 500;
/** Long enough to start a proxy by hand after the tenant's address was printed. */
const PATIENCE_MS = 5 * 60_000;
const ONE_TRY_MS = 5000;

const stateShape = z.looseObject({ timing: z.string() });

/** The origin of a proxy on this machine; null for any other address. */
export function proxyOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, origin } = new URL(text);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? origin : null;
}

/** Resolves when a tenant answers through the proxy. Throws when none has answered for five minutes. */
export async function untilItForwards(origin: string): Promise<void> {
  for (let tried = 0; tried < PATIENCE_MS / ASK_EVERY_MS; tried += 1) {
    if (await forwards(origin)) return;
    await pause(ASK_EVERY_MS);
  }
  throw new Error(`No tenant answers through ${origin}.`);
}

async function forwards(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/_control/state`, { signal: AbortSignal.timeout(ONE_TRY_MS) });
    return response.ok && stateShape.safeParse(await response.json()).success;
  } catch {
    return false; // not started yet, or not a proxy to the tenant
  }
}

/**
 * A running tenant for a test: the Fernhill seed, a clock that moves only when told, requests in one line.
 * Every tenant that was opened is closed, so that mocha can exit.
 */
import { readFileSync } from 'node:fs';
import { FERNHILL, startTenant } from '../../demo/tenant/start.ts';
import type { RunningTenant, TenantOptions } from '../../demo/tenant/start.ts';
import type { z } from 'zod';
import type { seedSchema } from '../../demo/tenant/seed-schema.ts';

export const START = Date.parse('2026-03-02T09:00:00Z');

/** Ids of the people, by their number. */
export const person = (n: number): string => `a0000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`;
export const group = (n: number): string => `b0000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`;

export const LENA = person(10);
export const LENA_UPN = 'lena.hartmann@fernhill.example';
export const NOAH = person(12);
export const SOFIA = person(13);

/** An entry of a list, with the properties that tests look at. */
interface Entry {
  readonly id: string;
  readonly displayName: string;
  readonly '@odata.type': string;
  readonly initiatedBy: { readonly user: { displayName: string } | null; readonly app: { displayName: string } | null };
  readonly [name: string]: unknown;
}

/** A body as the tests expect it; what is not there fails the test that looks for it. */
interface Body extends Entry {
  readonly value: readonly Entry[];
  readonly temporaryAccessPass: string;
  readonly error: { readonly code: string; readonly message: string; readonly innerError: Record<string, unknown> };
  readonly responses: readonly { readonly id: string; readonly status: number; readonly body: Body }[];
  readonly '@odata.nextLink': string | undefined;
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** A seed, to be changed before the tenant starts. */
export type SeedInput = z.input<typeof seedSchema>;

interface AskOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
  readonly signal?: AbortSignal;
}

export interface TestTenant extends RunningTenant {
  readonly clock: { now: number };
  /** Asks a path with version; the answer's body is parsed, and {} where there is none. */
  ask(path: string, options?: AskOptions): Promise<Got>;
  /** `$filter` and friends, encoded. */
  query(path: string, options: Readonly<Record<string, string>>, ask?: AskOptions): Promise<Got>;
}

export const EVENTUAL = { headers: { ConsistencyLevel: 'eventual' } } as const;

/** Leaves one plan in the tenant, with these service plans; who has another plan has none. */
export function onlyPlan(seed: SeedInput, ...servicePlans: string[]): void {
  seed.skus = [{ skuPartNumber: 'ENTERPRISEPREMIUM', servicePlans }];
  for (const one of seed.people) {
    one.licenses = one.licenses?.filter((name) => name === 'ENTERPRISEPREMIUM');
  }
}

const open: RunningTenant[] = [];

export async function openTenant(
  change: (seed: SeedInput) => unknown = () => null,
  more: Partial<TenantOptions> = {},
): Promise<TestTenant> {
  const seed = JSON.parse(readFileSync(FERNHILL, 'utf8')) as SeedInput;
  change(seed);
  const clock = { now: START };
  const running = await startTenant({ port: 0, seed, now: () => clock.now, random: () => 0.99, ...more });
  open.push(running);
  const ask = async (path: string, options: AskOptions = {}): Promise<Got> => {
    const token = options.token === undefined ? 'any' : options.token;
    const response = await fetch(running.origin + path, {
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ?? null,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text === '' ? '{}' : text) as Body };
  };
  const query = (path: string, options: Readonly<Record<string, string>>, more: AskOptions = {}): Promise<Got> =>
    ask(`${path}?${new URLSearchParams(options).toString()}`, more);
  return { ...running, clock, ask, query };
}

export async function closeTenants(): Promise<void> {
  await Promise.all(open.splice(0).map((tenant) => tenant.close()));
}

/** Where the passes of a person are. */
export const passes = (id: string): string => `/v1.0/users/${id}/authentication/temporaryAccessPassMethods`;
/** Registered methods; only beta says when a phone was registered. */
export const methods = (id: string, version = 'v1.0'): string => `/${version}/users/${id}/authentication/methods`;

/**
 * Measures how long a technician waits for the first card of a case, in round trips to Graph: the whole bot over HTTP,
 * with the emulated tenant 80 ms away. The result is a ratio to one round trip measured in the same run, so that a
 * slow machine does not look like a slow bot.
 *
 * `npm run bench`. Exits with 1 when a median is above the limit.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoConfig } from '../demo/demo-config.ts';
import type { Member } from '../demo/teams/members.ts';
import { startTeams, type Teams } from '../demo/teams/start.ts';
import { readSeedFile } from '../demo/tenant/read-seed.ts';
import type { Seed } from '../demo/tenant/seed-schema.ts';
import { FERNHILL, startTenant } from '../demo/tenant/start.ts';
import { startHardline, type Hardline } from '../src/app.ts';
import type { Instant } from '../src/procedure/facts.ts';

const ROUND_TRIP_MS = 80;
const LIMIT = 2.5;
const CASES = 9;
const MINUTE = 60_000;
const TECHNICIAN = 'a0000000-0000-4000-8000-000000000001';

/** How long nobody wrote before each case. There are minutes between two cases, because Teams throttles frequent messages. */
const SITUATIONS = [
  { name: 'the technician wrote ten seconds ago', pause: 10_000 },
  { name: 'the technician wrote two minutes ago', pause: 2 * MINUTE },
  { name: 'nobody wrote for an hour', pause: 60 * MINUTE },
] as const;

const upn = (n: number): string => `bench${n}@fernhill.example`;

/** The company with one more ordinary caller for each case. */
function seedWith(callers: number): Seed {
  const seed = readSeedFile(FERNHILL);
  const pattern = seed.people.find(({ displayName }) => displayName === 'Lena Hartmann');
  if (pattern === undefined) throw new Error('Lena Hartmann is not in the seed');
  const more = Array.from({ length: callers }, (_, n) => ({
    ...{ ...pattern, userPrincipalName: upn(n), mail: upn(n), displayName: `Bench ${n}`, employeeId: `B${n}` },
    id: `a2000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  }));
  return { ...seed, people: [...seed.people, ...more] };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

async function roundTrip(origin: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(`${origin}/v1.0/organization`, { headers: { Authorization: 'Bearer any' } });
  await answer.arrayBuffer();
  return performance.now() - began;
}

/** Writes who is locked out, and measures the time until their card is in the chat. */
async function firstCard(setup: Setup, technician: Member, n: number): Promise<number> {
  const { teams, bot } = setup;
  const before = teams.chats.seenBy(technician.id).length;
  const began = Date.now();
  await teams.delivery.say(technician, `${upn(n)} is locked out`);
  const cards = teams.chats.seenBy(technician.id).slice(before);
  const [card] = cards.filter(({ from, card: shown }) => from === 'bot' && shown !== null);
  await bot.whenIdle();
  if (card === undefined || !JSON.stringify(card.card).includes(`Bench ${n}`)) throw new Error('no card of the case');
  return card.at - began;
}

interface Setup {
  readonly teams: Teams;
  readonly bot: Hardline;
}

async function measure(seed: Seed, folder: string): Promise<boolean> {
  let offset = 0;
  const now = (): Instant => (Date.now() + offset) as Instant;
  const tenant = await startTenant({ port: 0, seed, now });
  tenant.control.settings({ throttling: false }); // cases are opened faster than people call
  const config = demoConfig(seed, { tenantOrigin: tenant.origin, dataFolder: folder });
  const bot = await startHardline(
    { ...config, logLevel: 'silent' },
    {
      now,
      onCheckpoint: () => undefined,
      withoutTimers: true,
      reportLimit: 1000,
    },
  );
  const found = seed.people.find(({ id }) => id === TECHNICIAN);
  if (found === undefined) throw new Error('the technician is not in the seed');
  const technician: Member = { ...found, name: found.displayName };
  const teams = await startTeams({
    ...{ port: 0, tenantId: seed.tenantId, members: [technician] },
    ...{ botOrigin: () => bot.origin, tenantOrigin: () => tenant.origin },
  });
  try {
    await teams.installForAll();
    tenant.control.latency({ ms: ROUND_TRIP_MS });
    for (let n = 0; n < 3; n += 1) await firstCard({ teams, bot }, technician, n); // connections, policy, compilation
    const trips = [];
    for (let n = 0; n < 15; n += 1) trips.push(await roundTrip(tenant.origin));
    const trip = median(trips);
    print(`one round trip to Graph: ${trip.toFixed(1)} ms (median of ${trips.length})`);

    let good = true;
    for (const [k, { name, pause }] of SITUATIONS.entries()) {
      const times = [];
      for (let n = 0; n < CASES; n += 1) {
        offset += 2 * MINUTE;
        await teams.delivery.say(technician, 'help');
        offset += pause;
        times.push(await firstCard({ teams, bot }, technician, 3 + k * CASES + n));
      }
      const ratio = median(times) / trip;
      const spread = `${Math.min(...times)} to ${Math.max(...times)} ms`;
      print(`${ratio.toFixed(2)} round trips to the first card, ${name} (median of ${CASES}; ${spread})`);
      if (ratio > LIMIT) good = false;
    }
    print(good ? `all within ${LIMIT}` : `above ${LIMIT}`);
    return good;
  } finally {
    await bot.close();
    await teams.close();
    await tenant.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'hardline-bench-'));
try {
  process.exitCode = (await measure(seedWith(3 + SITUATIONS.length * CASES), folder)) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

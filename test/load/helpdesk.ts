/**
 * Monday at nine: twenty technicians, twelve calls a minute, Microsoft's limits on, the audit log fifteen minutes late. The whole
 * bot over HTTP, between the emulated tenant and emulated Teams, on a clock that runs faster than real time.
 *
 * Prints what was measured and exits with 1 when anything was lost, wrong or too slow. Times are measured in
 * the clock's milliseconds, so the bot's own computing counts as `--scale` times what it is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { companyWith } from './company.ts';
import { mistakesIn, type Mistakes } from './findings.ts';
import type { MeasuredCase } from './measured-case.ts';
import { percentile } from './percentile.ts';
import { seededRandom } from '../../demo/tenant/seeded-random.ts';
import { startClock } from './scaled-clock.ts';
import { openFloor, type Floor } from './floor.ts';
import { workCall } from './technician.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    scale: { type: 'string', default: '5' },
    technicians: { type: 'string', default: '20' },
    'cases-a-minute': { type: 'string', default: '12' },
    'audit-delay-minutes': { type: 'string', default: '15' },
    'round-trip': { type: 'string', default: '80' },
    seed: { type: 'string', default: '1' },
  },
});
const MINUTE = 60_000;
const minutes = Number(values.minutes);
const perMinute = Number(values['cases-a-minute']);
const LIMITS = { firstCardP99Ms: 3000, completeMs: 10_000 } as const;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Calls arrive at random, on average `perMinute`; whoever is free takes the next one, and callers queue when nobody is. */
async function takeCalls(floor: Floor, technicians: number): Promise<readonly MeasuredCase[]> {
  const { clock, call, company } = floor;
  const until = clock.now() + minutes * MINUTE;
  const queue: (typeof company.callers)[number][] = [];
  const waiting: ((caller: (typeof company.callers)[number] | null) => void)[] = [];
  const done: MeasuredCase[] = [];

  const arrivals = async (): Promise<void> => {
    for (const caller of company.callers) {
      await clock.sleep((-Math.log(1 - call.random()) * MINUTE) / perMinute);
      if (clock.now() > until) break;
      const free = waiting.shift();
      if (free === undefined) queue.push(caller);
      else free(caller);
    }
    for (const free of waiting.splice(0)) free(null);
  };
  let over = false;
  const next = (): Promise<(typeof company.callers)[number] | null> => {
    const caller = queue.shift();
    if (caller !== undefined) return Promise.resolve(caller);
    if (over) return Promise.resolve(null);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const atWork = company.technicians.slice(0, technicians).map(async (technician) => {
    for (let caller = await next(); caller !== null; caller = await next()) {
      done.push(await workCall(call, technician, caller));
    }
  });
  await arrivals();
  over = true;
  for (const free of waiting.splice(0)) free(null);
  await Promise.all(atWork);
  await clock.sleep(6 * MINUTE); // the last callers sign in, register and reset
  return done;
}

function report(cases: readonly MeasuredCase[], mistakes: Mistakes, requests: number): boolean {
  const first = cases.flatMap(({ firstCardMs }) => (firstCardMs === null ? [] : [firstCardMs]));
  const complete = cases.flatMap(({ completeMs }) => (completeMs === null ? [] : [completeMs]));
  const count = (end: MeasuredCase['end']): number => cases.filter((one) => one.end === end).length;
  const stuck = cases.filter(({ end }) => end === 'stuck');
  const presses = cases.filter(({ end }) => end === 'pass-read-out').map(({ issuePresses }) => issuePresses);
  const unanswered = cases.flatMap((one) => one.unanswered);
  const slowest = Math.max(0, ...cases.map(({ slowestClickMs }) => slowestClickMs));
  const p99 = percentile(first, 0.99);
  const rows: readonly (readonly [string, string | number, boolean])[] = [
    ['cases', cases.length, cases.length > 0],
    ['ended with a pass read out', count('pass-read-out'), true],
    ['ended with the link to the reset page', count('link-pushed'), true],
    ['callers who hung up', count('hung-up'), true],
    ['technicians stuck', stuck.length, stuck.length === 0],
    ['proofs lost', mistakes.proofsLost, mistakes.proofsLost === 0],
    ['cases closed because of a stop', mistakes.closedForTransientReason, mistakes.closedForTransientReason === 0],
    ['wrong words on cards', mistakes.wrongWords.length, mistakes.wrongWords.length === 0],
    ['requests answered 429', mistakes.throttledByUs.length, mistakes.throttledByUs.length === 0],
    ['clicks without an answer', unanswered.length, unanswered.length === 0],
    ['slowest click, ms', slowest, slowest <= 8500],
    ['presses on Issue for a pass, at most', Math.max(0, ...presses), true],
    ['first card, median ms', Math.round(percentile(first, 0.5)), true],
    ['first card, p99 ms', Math.round(p99), p99 <= LIMITS.firstCardP99Ms],
    ['no first card', cases.length - first.length, cases.length === first.length],
    ['complete card, p99 ms', Math.round(percentile(complete, 0.99)), true],
    ['complete card, slowest ms', Math.max(0, ...complete), Math.max(0, ...complete) <= LIMITS.completeMs],
    ['never complete', cases.length - complete.length, cases.length === complete.length],
    ['requests to Graph', requests, true],
  ];
  for (const [name, figure, good] of rows) print(`${good ? '   ' : '!! '}${name.padEnd(42)} ${figure}`);
  for (const words of mistakes.wrongWords) print(`!! says: ${words}`);
  for (const where of new Set(stuck.map(({ stuckAt }) => stuckAt))) print(`!! stuck at: ${where ?? 'no card'}`);
  for (const path of new Set(mistakes.throttledByUs)) print(`!! 429: ${path}`);
  return rows.every(([, , good]) => good);
}

const folder = mkdtempSync(join(tmpdir(), 'hardline-load-'));
const clock = startClock(Date.parse('2026-03-02T08:30:00Z'), Number(values.scale));
try {
  const floor = await openFloor({
    ...{ folder, clock, random: seededRandom(Number(values.seed)) },
    company: companyWith(Number(values.technicians), Math.ceil(perMinute * minutes * 1.5)),
    auditDelayMinutes: Number(values['audit-delay-minutes']),
    roundTripMs: Number(values['round-trip']),
  });
  try {
    print(
      `${values.technicians} technicians, ${perMinute} calls a minute, ${minutes} minutes at ${values.scale} times real time`,
    );
    const began = clock.now();
    const cases = await takeCalls(floor, Number(values.technicians));
    const mistakes = mistakesIn(await floor.entries(), floor.call.chats.all(), floor.requests(), began);
    process.exitCode = report(cases, mistakes, floor.requests().length) ? 0 : 1;
  } finally {
    await floor.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

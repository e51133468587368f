import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { rounds, SAMPLE_SEED } from '../lane.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { playDays, type RunRequest, type RunResult } from './random-days.ts';

/** How many random days at the helpdesk are played. HARDLINE_RANDOM_DAYS names another number. */
const DAYS = Number(process.env['HARDLINE_RANDOM_DAYS'] ?? rounds({ quick: 50, full: 10_000 }));
/** One in ten goes the whole way, through messages, cards and buttons. The others call the steps behind them directly. */
const THROUGH_CARDS = 1 / 10;
/** The days are dealt out in the same way on every machine, however many cores it has. */
const SHARES = rounds({ quick: 1, full: 4 });
const CORES = Math.min(4, availableParallelism());
/** A few days are played right here: processes of their own would cost more than they save. */
const HERE = DAYS <= 100;
/** The same days every time, so that a red run is about the change at hand; HARDLINE_SEED plays other ones. */
const SEED = Number(process.env['HARDLINE_SEED'] ?? SAMPLE_SEED);

/** Random days must really get there, or they prove nothing: at least so many times in a thousand days. */
const IN_A_THOUSAND_DAYS: Readonly<Record<string, number>> = {
  'case.opened': 800,
  'pass shown': 60,
  'case.pass-created': 60,
  'case.pass-unanswered': 8,
  'case.pass-found': 2,
  'case.pass-refused': 8,
  'case.pass-deleted': 20,
  approved: 50,
  denied: 10,
  'case.manager-answered': 20,
  'case.caller-objected': 25,
  'mode.lockdown': 10,
  'mode.elevated': 8,
  'sessions.end.outcome': 25,
  'alarm.leads.outcome': 25,
  'case.self-service-succeeded': 20,
};

const WORKER = fileURLToPath(new URL('./random-run-worker.ts', import.meta.url));

function playInWorker(request: RunRequest, workers: Set<ChildProcess>): Promise<RunResult> {
  if (HERE) return playDays(request);
  return new Promise((resolve, reject) => {
    const worker = fork(WORKER, [], { serialization: 'advanced', execArgv: [] });
    workers.add(worker);
    worker.once('message', (result) => resolve(result as RunResult));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      workers.delete(worker);
      reject(new Error(`a random day ended its process with ${String(code)}`));
    });
    worker.send(request);
  });
}

/** When one worker fails, the others are still playing: they end before their folder is removed. */
async function stop(workers: ReadonlySet<ChildProcess>): Promise<void> {
  await Promise.all(
    [...workers].map(async (worker) => {
      const gone = once(worker, 'exit');
      worker.kill();
      await gone;
    }),
  );
}

function requestsIn(folder: string): RunRequest[] {
  return (['cards', 'events'] as const).flatMap((driver) => {
    const part = driver === 'cards' ? THROUGH_CARDS : 1 - THROUGH_CARDS;
    const days = Math.ceil((DAYS * part) / SHARES);
    return Array.from({ length: SHARES }, (_, share) => ({ driver, days, seed: SEED + share, folder }));
  });
}

describe('Random days at the helpdesk', function () {
  this.timeout(20 * 60_000);
  const results: RunResult[] = [];

  before(async () => {
    const folder = scratchFolder('random');
    const workers = new Set<ChildProcess>();
    const waiting = requestsIn(folder.dir);
    const playOneAfterAnother = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        results.push(await playInWorker(next, workers));
    };
    try {
      await Promise.all(Array.from({ length: CORES }, playOneAfterAnother));
    } finally {
      await stop(workers);
      folder.clean();
    }
  });

  it('never end with a pass nobody knows, a pass without its two people, or a step that is not written down', () => {
    assert.equal(results.length, 2 * SHARES);
    for (const one of results)
      assert.ok(one.kind === 'passed', `HARDLINE_SEED=${SEED}\n${one.kind === 'passed' ? '' : one.report}`);
  });

  it('really reach passes, approvals, denials, objections and lockdowns', function () {
    if (results.some((one) => one.kind !== 'passed')) this.skip(); // a day that broke a rule ended its process early
    const reached = (what: string): number =>
      results.reduce((sum, one) => sum + (one.kind === 'passed' ? (one.reached.get(what) ?? 0) : 0), 0);
    for (const [what, least] of Object.entries(IN_A_THOUSAND_DAYS)) {
      // What happens about once in a sample can be missing from it by chance.
      const average = (least * DAYS) / 1000;
      const expected = average < 2 ? 0 : Math.floor(average);
      assert.ok(reached(what) >= expected, `${what}: only ${reached(what)} times in ${DAYS} days`);
    }
  });
});

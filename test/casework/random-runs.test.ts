import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from './harness.ts';
import type { RunRequest, RunResult } from './random-run-worker.ts';

/** Random days at the helpdesk: all of them in CI, a sample elsewhere. HARDLINE_WALKS names another number. */
const DAYS = Number(process.env['HARDLINE_WALKS'] ?? (process.env['CI'] === undefined ? 1500 : 10_000));
/** One in ten goes the whole way: words, cards, buttons. The others go straight to the steps behind them. */
const THROUGH_CARDS = 1 / 10;
const CORES = Math.min(4, availableParallelism());

/** Walks must really get there, or they prove nothing: at least so many in a thousand days. */
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

const PLAYER = fileURLToPath(new URL('./random-run-worker.ts', import.meta.url));

function sendOut(shift: RunRequest, players: Set<ChildProcess>): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const player = fork(PLAYER, [], { serialization: 'advanced', execArgv: [] });
    players.add(player);
    player.once('message', (worked) => resolve(worked as RunResult));
    player.once('error', reject);
    player.once('exit', (code) => {
      players.delete(player);
      reject(new Error(`a walk ended the process with ${String(code)}`));
    });
    player.send(shift);
  });
}

/** One that broke down leaves the others at work: they end before their folder goes. */
async function sendHome(players: ReadonlySet<ChildProcess>): Promise<void> {
  await Promise.all(
    [...players].map(async (player) => {
      const gone = once(player, 'exit');
      player.kill();
      await gone;
    }),
  );
}

describe('Random days at the helpdesk', function () {
  this.timeout(10 * 60_000);
  let worked: readonly RunResult[] = [];
  // The same days every time, so that a red run is about the change at hand; HARDLINE_SEED takes other ones.
  const seed = Number(process.env['HARDLINE_SEED'] ?? 20_261_120);

  before(async () => {
    const folder = scratchFolder();
    const players = new Set<ChildProcess>();
    try {
      const shifts = Array.from({ length: CORES }, (_, core) =>
        (['cards', 'events'] as const).map((driver) => {
          const share = driver === 'cards' ? THROUGH_CARDS : 1 - THROUGH_CARDS;
          return { driver, days: Math.ceil((DAYS * share) / CORES), seed: seed + core, folder: folder.dir };
        }),
      );
      // One process a core at a time.
      const results = await Promise.all(
        shifts.map(async (ofCore) => {
          const done: RunResult[] = [];
          for (const shift of ofCore) done.push(await sendOut(shift, players));
          return done;
        }),
      );
      worked = results.flat();
    } finally {
      await sendHome(players);
      folder.clean();
    }
  });

  it('never end with a pass nobody knows, a pass without its two people, or a step that is not written down', () => {
    for (const one of worked)
      assert.ok(one.kind === 'passed', `HARDLINE_SEED=${seed}\n${one.kind === 'passed' ? '' : one.report}`);
  });

  it('really reach passes, approvals, denials, objections and lockdowns', function () {
    if (worked.some((one) => one.kind !== 'passed')) this.skip(); // a day that broke a rule ended its process early
    const reached = (what: string): number =>
      worked.reduce((sum, one) => sum + (one.kind === 'passed' ? (one.reached.get(what) ?? 0) : 0), 0);
    for (const [what, least] of Object.entries(IN_A_THOUSAND_DAYS)) {
      assert.ok(reached(what) >= (least * DAYS) / 1000, `${what}: only ${reached(what)} times in ${DAYS} days`);
    }
  });
});

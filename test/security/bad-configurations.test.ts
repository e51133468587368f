// Every configuration of the table, given to the real process. It has to end with exit code 78 and say what to mend, and
// must print neither a stack nor a value: a setting can be a secret.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FERNHILL, startTenant, type RunningTenant } from '../../demo/tenant/start.ts';
import { rowsOf } from '../lane.ts';
import { environmentFor } from '../scenarios/environment.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { BAD_CONFIGURATIONS } from './bad-configurations.ts';
import { tally } from './tally.ts';
import type { BadConfiguration, Change, Place } from './bad/configuration.ts';

/** Each is a start of the process: every twelfth where only a sample runs. */
const TRIED = rowsOf(BAD_CONFIGURATIONS, (_row, n) => n % 12 === 0);
const ENTRY = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
const CONFIGURATION = 78;
const AT_ONCE = 3;
/** What Node itself prints when it is told to open its inspector, before any code of ours runs. */
const NODES_OWN = /^(?:Debugger listening on|For help, see:)/;
/** Words that a setting accepts, so that a sentence may name them. */
const KEYWORDS = new Set(['authenticated', 'certificate', 'emulated', 'entra', 'loopback-only', 'managed-identity']);

interface Outcome {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly printed: string;
  readonly change: Change;
}

describe('A configuration that would weaken the bot', function () {
  this.timeout(300_000);
  const outcomes = new Map<string, Outcome>();
  let held = 0;
  const scratch = scratchFolder('bad-configurations');
  let tenant: RunningTenant;
  const taken = createServer();

  before(async () => {
    tenant = await startTenant({ port: 0, seed: FERNHILL });
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const takenPort = (taken.address() as AddressInfo).port;
    const waiting = [...TRIED.entries()];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [number, row] = next;
        const folder = join(scratch.dir, String(number));
        mkdirSync(folder, { mode: 0o700 });
        outcomes.set(row.title, await start(row, { folder, takenPort, tenantOrigin: tenant.origin }));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  });
  after(async () => {
    tally({ section: 'Configurations that would weaken the bot', held, of: TRIED.length });
    taken.close();
    await tenant.close();
    scratch.clean();
  });

  it('is one of at least forty', () => {
    assert.ok(BAD_CONFIGURATIONS.length >= 40);
    assert.equal(new Set(BAD_CONFIGURATIONS.map(({ title }) => title)).size, BAD_CONFIGURATIONS.length);
  });

  it('never starts, whichever it is', () => {
    const codes = [...outcomes].map(([title, { code }]) => [title, code]);
    assert.deepEqual(
      codes.filter(([, code]) => code !== CONFIGURATION),
      [],
    );
    assert.equal(codes.length, TRIED.length);
  });

  for (const { title, problems, says } of TRIED) {
    it(`does not start: ${title}`, () => {
      const outcome = outcomes.get(title);
      assert.ok(outcome);
      const { code, lines, printed } = outcome;
      assert.equal(code, CONFIGURATION, printed);
      assert.equal(lines.length, problems.length, printed);
      for (const problem of problems) {
        assert.equal(lines.filter((line) => line.startsWith(`Hardline cannot start: ${problem} `)).length, 1, printed);
      }
      if (says !== undefined) assert.match(lines.join('\n'), new RegExp(says.source, 'm'));
      assert.doesNotMatch(printed, /^\s+at |node:internal|Error:/m);
      for (const value of valuesOf(outcome.change)) assert.ok(!printed.includes(value), `it repeats ${value}`);
      held += 1;
    });
  }
});

/** The values that a message could repeat. */
function valuesOf(change: Change): readonly string[] {
  return Object.values(change).filter(
    (value) => value !== undefined && value.length > 3 && !KEYWORDS.has(value),
  ) as string[];
}

async function start(row: BadConfiguration, place: Place): Promise<Outcome> {
  const change = row.change(place);
  const settings = { ...environmentFor(place.tenantOrigin, join(place.folder, 'data')), ...change };
  const child = spawn(process.execPath, [...(row.node ?? []), ENTRY], {
    cwd: place.folder,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'hardline-compile-cache'),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000, // one that neither starts nor ends is a failure, too
    killSignal: 'SIGKILL',
  });
  let printed = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString('utf8');
    if (printed.includes('"listening"')) child.kill('SIGKILL'); // it did start: the test says so
  });
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  await once(child, 'close');
  const lines = errors.split('\n').filter((line) => line !== '' && !NODES_OWN.test(line));
  return { code: child.exitCode, lines, printed: printed + errors, change };
}

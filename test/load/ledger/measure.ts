/**
 * Measures what a large ledger costs, as ratios to a small one or to the bare database, each with its limit.
 *
 * Exits with 1 when a limit is missed. `LEDGER_CASES=4000` makes the large ledger smaller, for a quick look:
 * 25 entries a case, one million by default.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureAppends } from './appends.ts';
import { interleaved, median, print, type Figure, type Slice } from './figures.ts';
import { filledLedger, open, personNumber } from './filled.ts';
import { measureOpening } from './opening.ts';
import { takeSteps } from './steps.ts';
import type { Cost } from './whole-ledger.ts';

const CASES = Number(process.env['LEDGER_CASES'] ?? 40_000);
const WHOLE_LEDGER = fileURLToPath(new URL('whole-ledger.ts', import.meta.url));
const VERIFY_ROUNDS = 3;

/** Of two slices: the ratio of their times, and what it was made from. */
export function ratio(one: Slice, other: Slice, names: readonly [string, string]): Pick<Figure, 'value' | 'from'> {
  const each = ({ time, cpu }: Slice): string => `${time.toFixed(0)} µs, ${cpu.toFixed(0)} on the processor`;
  return { value: one.time / other.time, from: `${names[0]} ${each(one)}; ${names[1]} ${each(other)}` };
}

function costOf(what: 'verify' | 'thorough' | 'hash', file: string): Cost {
  return JSON.parse(execFileSync(process.execPath, [WHOLE_LEDGER, what, file], { encoding: 'utf8' })) as Cost;
}

function measureVerify(file: string): readonly Figure[] {
  const [verify, hash, thorough]: [Cost[], Cost[], Cost[]] = [[], [], []];
  for (let round = 0; round < VERIFY_ROUNDS; round += 1) {
    verify.push(costOf('verify', file));
    hash.push(costOf('hash', file));
    thorough.push(costOf('thorough', file));
  }
  const cpuOf = (costs: readonly Cost[]): number => median(costs.map(({ cpu }) => cpu));
  const memory = Math.max(...verify.map((cost) => cost.memory));
  const seconds = (costs: readonly Cost[]): string => `${(cpuOf(costs) / 1000).toFixed(2)} s`;
  const from = `${seconds(verify)} and ${seconds(hash)} on the processor`;
  return [
    {
      name: 'verify, to SHA-256 of the same bytes row by row',
      value: cpuOf(verify) / cpuOf(hash),
      limit: 3,
      is: 'at-most',
      unit: ' ×',
      from,
    },
    {
      name: 'memory of the process that verifies',
      value: memory,
      limit: 150,
      is: 'at-most',
      unit: ' MB',
      from: `the most of ${VERIFY_ROUNDS}`,
    },
    {
      name: 'verify with every index, for comparison',
      value: cpuOf(thorough) / cpuOf(hash),
      limit: Infinity,
      is: 'at-most',
      unit: ' ×',
      from: seconds(thorough),
    },
  ];
}

async function measureSteps(large: string, small: string): Promise<Figure> {
  const [inLarge, inSmall] = [await takeSteps(large), await takeSteps(small)];
  const slices = await interleaved({ large: inLarge.step, small: inSmall.step }, { rounds: 21, each: 15 });
  for (const { close } of [inLarge, inSmall]) await close();
  const name = `a step of a case beside ${CASES} cases, to one beside 40`;
  return { name, limit: 1.2, is: 'at-most', unit: ' ×', ...ratio(slices.large, slices.small, ['large', 'small']) };
}

/** The newest page about those who called most often. */
async function measureLog(file: string): Promise<Figure> {
  const ledger = await open(file);
  const times: number[] = [];
  for (let person = 0; person < 60; person += 1) {
    const began = performance.now();
    await ledger.entries({ caseId: null, about: personNumber('caller', person), limit: 50 });
    times.push(performance.now() - began);
  }
  const whole = performance.now();
  const all = await ledger.exportAbout(personNumber('caller', 0));
  const from = `50 entries, median of 60 people; all ${all.entries.length} entries about the one who called most: ${(performance.now() - whole).toFixed(0)} ms`;
  await ledger.close();
  return { name: 'the log of one person', value: median(times), limit: 20, is: 'at-most', unit: ' ms', from };
}

const within = mkdtempSync(join(tmpdir(), 'hardline-measured-'));
try {
  const said = (figures: readonly Figure[]): boolean => figures.map(print).every(Boolean);
  process.stdout.write(
    `load of the machine: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}\n`,
  );
  const small = await filledLedger({ cases: 40, open: 20, entriesPerCase: 25 }, within);
  const appends = said(await measureAppends(within));
  const opening = said([await measureOpening(within)]);
  const large = await filledLedger({ cases: CASES, open: 20, entriesPerCase: 25 }, within);
  const rest = [said([await measureSteps(large, small)]), said([await measureLog(large)]), said(measureVerify(large))];
  process.stdout.write(
    `load of the machine: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}\n`,
  );
  process.exitCode = [appends, opening, ...rest].every(Boolean) ? 0 : 1;
} finally {
  rmSync(within, { recursive: true, force: true });
}

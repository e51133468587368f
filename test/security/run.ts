/**
 * `npm run test:security`: runs the security tests at full size, and prints for each section how many cases were tried and how
 * many held, "N of N". It fails when a test fails, when a section is missing or too small, or when a way around the procedure
 * has no passing test.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POINTS, type Point } from './points.ts';
import { SECTIONS, type Section } from './sections.ts';
import type { Tally } from './tally.ts';

interface Passed {
  readonly file: string;
  readonly title: string;
}

/** The lines of a file, each parsed; none when the file was never written. */
function linesOf(file: string): readonly unknown[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as unknown);
}

function runTests(env: Readonly<Record<string, string>>): Promise<number> {
  const files = [
    ...SECTIONS.flatMap((one) => one.files),
    ...POINTS.flatMap(({ tests }) => tests.map(({ file }) => file)),
  ];
  const mocha = join(import.meta.dirname, '../../node_modules/mocha/bin/mocha.js');
  const options = ['--parallel', '--jobs', '2', '--reporter', 'test/security/reporter.cjs'];
  const child = spawn(process.execPath, [mocha, ...options, ...new Set(files)], {
    env: { ...process.env, ...env, HARDLINE_TEST_LANE: 'full' },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** One line of the table, and whether it holds. */
interface Line {
  readonly text: string;
  readonly holds: boolean;
}

function lineOfSection({ title, least }: Section, tallies: readonly Tally[]): readonly Line[] {
  const own = tallies.filter(({ section }) => section === title);
  const held = own.reduce((sum, one) => sum + one.held, 0);
  const of = own.reduce((sum, one) => sum + one.of, 0);
  const enough = of >= least;
  const text = `${title}: ${held} of ${of}${enough ? '' : `, but at least ${least} were expected`}`;
  const notes = own
    .filter(({ note }) => note !== undefined)
    .map(({ note, of: part, held: good }) => ({
      text: part === 0 ? `  ${note ?? ''}` : `  ${good} of ${part}: ${note ?? ''}`,
      holds: true,
    }));
  return [{ text, holds: enough && held === of }, ...notes];
}

function lineOfPoint({ number, was, tests }: Point, passed: readonly Passed[]): Line {
  const wanted = tests.flatMap(({ file, titles }) => titles.map((title) => ({ file, title })));
  const missing = wanted.filter((one) => !passed.some((test) => test.file === one.file && test.title === one.title));
  const text = `  ${number}. ${was}: ${wanted.length - missing.length} of ${wanted.length} tests`;
  const names = missing.map(({ file, title }) => `\n     missing: ${file}: ${title}`).join('');
  return { text: text + names, holds: wanted.length > 0 && missing.length === 0 };
}

const folder = mkdtempSync(join(tmpdir(), 'hardline-security-'));
const tallyFile = join(folder, 'tally.jsonl');
const passedFile = join(folder, 'passed.jsonl');
try {
  const code = await runTests({ HARDLINE_SECURITY_TALLY: tallyFile, HARDLINE_SECURITY_PASSED: passedFile });
  const tallies = linesOf(tallyFile) as readonly Tally[];
  const passed = linesOf(passedFile) as readonly Passed[];
  const sections = SECTIONS.flatMap((section) => lineOfSection(section, tallies));
  const points = POINTS.map((point) => lineOfPoint(point, passed));
  const closed = points.filter(({ holds }) => holds).length;
  const ways = { text: `Ways around the procedure: ${closed} of ${points.length}`, holds: closed === points.length };
  console.log('\nThe security run\n');
  for (const { text, holds } of [...sections, ways, ...points]) console.log(`${holds ? ' ' : '✘'} ${text}`);
  const allHold = code === 0 && [...sections, ways].every(({ holds }) => holds);
  console.log(allHold ? '\nEverything held.' : '\nNot everything held.');
  process.exitCode = allHold ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

// The threat model claims something in each row, and names the code that does it and the tests that would fail. A row without
// them is a claim that nobody can check.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { filesIn, ROOT } from './tree.ts';

const PAGE = 'docs/threat-model.md';
/** A table that has to name its evidence has these as its third and fourth column. */
const EVIDENCE = 'Where: code · test';
const REMAINS = 'What remains';

interface ThreatRow {
  readonly what: string;
  readonly code: readonly string[];
  readonly tests: readonly string[];
}

/** Everything in backquotes that is a path of a file. */
function pathsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/`([^`\s]+\.(?:ts|json))`/g), ([, path]) => path ?? '');
}

/** The rows of all tables of a page. Throws when a table has other columns. */
function rowsIn(page: string): readonly ThreatRow[] {
  const lines = page.split('\n').filter((line) => line.startsWith('|'));
  const cells = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const rows = cells.filter(([first = '']) => !/^-+$/.test(first));
  for (const head of rows.filter(([first]) => first === 'Attack' || first === 'Failure')) {
    assert.deepEqual(head.slice(2), [EVIDENCE, REMAINS]);
  }
  return rows
    .filter(([first]) => first !== 'Attack' && first !== 'Failure')
    .map(([what = '', , evidence = '']) => {
      const [code = '', tests = ''] = evidence.split(' · ');
      return { what, code: pathsIn(code), tests: pathsIn(tests) };
    });
}

const inTests = (path: string): string => join(ROOT, 'test', path);
/** Some names are those of folders of the code, others are at the top. */
const inCode = (path: string): boolean => ['src', '.'].some((place) => existsSync(join(ROOT, place, path)));
/** A contract runs in a test beside it that names it. */
function runsSomewhere(path: string): boolean {
  if (path.endsWith('.test.ts')) return true;
  const beside = filesIn([join('test', dirname(path))], /\.ts$/).filter((file) => !file.path.endsWith(path));
  return beside.some(({ text }) => text.includes(`./${basename(path)}`));
}
const hasTests = (text: string): boolean => /\b(?:it|itInFull)\(/.test(text);

/** What is wrong with the evidence of a row. */
function missingIn({ what, code, tests }: ThreatRow): readonly string[] {
  return [
    ...(code.length === 0 ? [`${what}: no code`] : []),
    ...(tests.some((path) => path.endsWith('.test.ts') || path.endsWith('.contract.ts')) ? [] : [`${what}: no test`]),
    ...code.filter((path) => !inCode(path)).map((path) => `${what}: there is no ${path}`),
    ...tests.filter((path) => !existsSync(inTests(path))).map((path) => `${what}: there is no test ${path}`),
    ...tests
      .filter((path) => /\.(?:test|contract)\.ts$/.test(path) && existsSync(inTests(path)))
      .filter((path) => !runsSomewhere(path) || !(hasTests(readFileSync(inTests(path), 'utf8')) || isContract(path)))
      .map((path) => `${what}: nothing runs in ${path}`),
  ];
}

/** A contract may be made of several files. */
const isContract = (path: string): boolean => path.endsWith('.contract.ts');

describe('The threat model', () => {
  const rows = rowsIn(readFileSync(join(ROOT, PAGE), 'utf8'));

  it('names for every row the code that does it and a test that would fail, and all of them are there', () => {
    assert.ok(rows.length > 55, `${rows.length} rows were found`);
    assert.deepEqual(rows.flatMap(missingIn), []);
  });

  it('has no row twice', () => {
    assert.equal(new Set(rows.map(({ what }) => what)).size, rows.length);
  });

  it('would be found out with a row without a test, or with one that is not there', () => {
    const planted = [
      `| Attack | What we do | ${EVIDENCE} | ${REMAINS} |`,
      '| --- | --- | --- | --- |',
      '| A | B | `procedure/lockout.ts` | |',
      '| C | D | `procedure/no-such-file.ts` · `procedure/no-such.test.ts` | |',
      '| E | F | `procedure/lockout.ts` · `procedure/lockout.test.ts` | |',
    ].join('\n');
    assert.deepEqual(rowsIn(planted).flatMap(missingIn), [
      'A: no test',
      'C: there is no procedure/no-such-file.ts',
      'C: there is no test procedure/no-such.test.ts',
    ]);
  });
});

describe('The packages that the bot is made of', () => {
  const [file] = filesIn(['package.json'], /./);
  const [lock] = filesIn(['package-lock.json'], /./);

  it('are named with one exact version each', () => {
    const { dependencies, devDependencies } = JSON.parse(file?.text ?? '{}') as Record<string, Record<string, string>>;
    const versions = Object.entries({ ...dependencies, ...devDependencies });
    assert.ok(versions.length > 30);
    assert.deepEqual(
      versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
      [],
    );
  });

  it('are installed only as they were when they were chosen: each has a hash of its content', () => {
    const { packages } = JSON.parse(lock?.text ?? '{}') as { packages: Record<string, { integrity?: string }> };
    const installed = Object.entries(packages).filter(([path]) => path !== '');
    assert.ok(installed.length > 300);
    assert.deepEqual(
      installed.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true).map(([path]) => path),
      [],
    );
  });
});

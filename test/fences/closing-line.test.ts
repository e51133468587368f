/** The line at the end of a test run is what people and CI read. It must count everything, once, in either lane. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { itInFull } from '../lane.ts';
import { scratchFolder } from '../scratch-folder.ts';

const MOCHA = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const REPORTER = join(import.meta.dirname, '..', 'reporter.cjs');
const ROOT = join(import.meta.dirname, '..', '..');
const CLOSING = /^\d+ passed, \d+ failed.*$/gm;

const FILES = {
  'one.test.cjs': `describe('one', () => { it('passes', () => {}); it('passes as well', () => {}); });`,
  'two.test.cjs': `describe('two', () => { it('fails', () => { throw new Error('on purpose'); }); it('passes', () => {}); });`,
  'three.test.cjs': `describe('three', () => { it('is skipped', function () { this.skip(); }); });`,
};

describe('The closing line of a test run', () => {
  const { dir, clean } = scratchFolder('closing-line');
  before(() => {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(dir, name), text);
  });
  after(clean);

  const run = (...options: readonly string[]) =>
    spawnSync(process.execPath, [MOCHA, '--no-config', '--reporter', REPORTER, ...options], {
      cwd: ROOT,
      encoding: 'utf8',
    });
  const closingLines = (output: string): readonly string[] => output.match(CLOSING) ?? [];

  for (const [lane, options] of [
    ['one process', []],
    ['two workers', ['--parallel', '--jobs', '2']],
  ] as const) {
    const inLane = lane === 'two workers' ? it : itInFull;
    inLane(`adds up all files in ${lane}, stands there once, and comes last`, () => {
      const { stdout, status } = run(...options, join(dir, '*.test.cjs'));
      assert.equal(status, 1, 'a failed test fails the run');
      assert.deepEqual(closingLines(stdout), ['3 passed, 1 failed, 1 skipped']);
      assert.match(stdout, /1 skipped\n$/);
    });

    itInFull(`says nothing of skipped tests in ${lane} when there are none`, () => {
      const { stdout, status } = run(...options, join(dir, 'one.test.cjs'));
      assert.equal(status, 0);
      assert.deepEqual(closingLines(stdout), ['2 passed, 0 failed']);
    });
  }
});

'use strict';
// What both lanes have in common. A single file runs with .mocharc.json alone: `npx mocha test/cards/plain-text.test.ts`.
const { availableParallelism, tmpdir } = require('node:os');
const { join } = require('node:path');
const base = require('../../.mocharc.json');

// The bot's packages are large and are loaded by every worker and by every process a test starts. With a compile cache that
// takes half the time. Coverage is less exact with it, so it stays off there.
if (process.env['NODE_V8_COVERAGE'] === undefined) {
  process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'hardline-compile-cache');
}

module.exports = {
  ...base,
  parallel: true,
  // What the bot makes in a turn lives briefly. With room for it, V8 cleans up less often.
  'node-option': ['max-semi-space-size=64', 'min-semi-space-size=32'],
  jobs: Math.max(2, availableParallelism()),
  // Files that wait a lot come first, so that no worker is left with one of them at the end. The random runs use every core
  // of the machine and come last.
  spec: ['faults', 'scenarios', '!(faults|scenarios|random)', 'random'].map((folder) => `test/${folder}/**/*.test.ts`),
};

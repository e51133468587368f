'use strict';
// `npm run test:full`: every test at its full size, as CI runs it. The random runs come last: they use every core.
process.env['HARDLINE_TEST_LANE'] = 'full';

module.exports = {
  ...require('./both.cjs'),
  spec: ['test/!(random)/**/*.test.ts', 'test/random/**/*.test.ts'],
};

'use strict';
// `npm run test:full`: every test at its full size, as CI runs it.
process.env['HARDLINE_TEST_LANE'] = 'full';

module.exports = require('./both.cjs');

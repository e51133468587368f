'use strict';
// `npm test`: what a developer runs all day. Sweeps and random runs take a fixed sample; the browser is left to the full lane.
module.exports = { ...require('./both.cjs'), ignore: ['test/browser/**'] };

'use strict';
// Mocha's spec reporter, closed by one plain line that people and CI read alike.
const Mocha = require('mocha');

class PlainClosingLine extends Mocha.reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
}

module.exports = PlainClosingLine;

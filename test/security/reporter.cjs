'use strict';
// The usual reporter, which also writes down which tests passed, for the table that the security run prints.
const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const PlainClosingLine = require('../reporter.cjs');

module.exports = class extends PlainClosingLine {
  constructor(runner, options) {
    super(runner, options);
    this.passed = [];
    runner.on('pass', ({ file, title }) => {
      this.passed.push(JSON.stringify({ file: relative(process.cwd(), file ?? ''), title }));
    });
  }

  epilogue() {
    super.epilogue();
    const file = process.env['HARDLINE_SECURITY_PASSED'];
    if (file !== undefined) writeFileSync(file, this.passed.map((line) => `${line}\n`).join(''));
  }
};

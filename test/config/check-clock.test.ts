// The clock of this machine against Microsoft's, at the start and later.
import assert from 'node:assert/strict';
import type { LogFields } from '../../src/casework/ports/log.ts';
import { checkClock, reportClock } from '../../src/config/check-clock.ts';
import { ConfigError } from '../../src/config/config.ts';

const ahead = (secondsAhead: number) => ({ kind: 'read', value: { secondsAhead } }) as const;

/** What stops the start, or nothing. */
function problemsOf(...clock: Parameters<typeof checkClock>): readonly string[] {
  try {
    checkClock(...clock);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
}

describe('The clock of this machine', () => {
  it('may be up to two minutes off in either direction', () => {
    for (const seconds of [0, 30, 120, -120]) assert.deepEqual(problemsOf(ahead(seconds)), []);
  });

  it('stops the start when it is further off, with the minutes and the direction', () => {
    const says = (where: string) => [`the clock of this machine is ${where} Microsoft's: set it and start again`];
    assert.deepEqual(problemsOf(ahead(121)), says('2 minutes ahead of'));
    assert.deepEqual(problemsOf(ahead(-150)), says('2.5 minutes behind'));
    assert.deepEqual(problemsOf(ahead(3600)), says('60 minutes ahead of'));
  });

  it('does not stop the start while Microsoft has not answered: nothing is known then', () => {
    assert.deepEqual(problemsOf({ kind: 'unread', why: 'not-asked' }), []);
  });

  it('is an error in the log when it begins to differ, and a line when it agrees again', () => {
    const lines: unknown[] = [];
    const note = (level: string) => (fields: LogFields, message: string) => void lines.push([level, fields, message]);
    const log = { info: note('info'), warn: note('warn'), error: note('error') };
    reportClock(log, { kind: 'differs', secondsAhead: -180 });
    reportClock(log, { kind: 'agrees', secondsAhead: 0 });
    assert.deepEqual(lines, [
      [
        'error',
        { secondsAhead: -180 },
        "the clock of this machine differs from Microsoft's: no pass is issued until it is set",
      ],
      ['info', { secondsAhead: 0 }, "the clock of this machine agrees with Microsoft's again"],
    ]);
  });
});

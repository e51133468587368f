// A name with a digit looks like a made-up password. Where somebody is said to be locked out, it is a name.
import assert from 'node:assert/strict';
import { recognize } from '../../src/intents/recognize.ts';

describe('A name with a digit in it', () => {
  for (const text of [
    'Sam Number7 is locked out',
    "Sam Number7 can't sign in",
    'Sam Number7 has lost the phone',
    'Sam Number7 forgot her password',
    'Hello. Sam Number7 is locked out.',
    'Sam Number7 ist gesperrt',
    'Sam Number7 hat sein Passwort vergessen',
    'Sam Number7 est bloqué',
  ]) {
    it(`opens a case about that person: "${text}"`, () =>
      assert.deepEqual(recognize(text), { kind: 'open-case', who: 'Sam Number7' }));
  }

  for (const text of [
    'set her up with something easy like Welcome1',
    'Sam Welcome1',
    'Sam Welcome1 is the new one',
    'Sam: Welcome1',
    'give Sam Welcome1 for today',
    'Welcome1 is locked out, use Summer22',
    'Sam Number7 is locked out, set it to Welcome1',
    'Sam Number7 is locked out, change her password',
  ]) {
    it(`is not looked for in a made-up password, which is refused: "${text}"`, () =>
      assert.equal(recognize(text).kind, 'manual-reset'));
  }
});

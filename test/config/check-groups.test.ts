// Whether the rule of a dynamic group takes in everybody.
import assert from 'node:assert/strict';
import { takesInEverybody } from '../../src/config/check-groups.ts';

describe('The rule of a dynamic group', () => {
  for (const [rule, everybody] of [
    ['user.objectId -ne null', true],
    ['(user.objectId -ne null) and (user.userType -eq "Member")', true],
    ['(user.accountEnabled -eq true) -and (user.userType -eq "Member")', true],
    ['user.department -eq "IT"', false],
    ['(user.objectId -ne null) -and (user.department -eq "IT")', false],
    ['(user.department -eq "IT") -or (user.objectId -ne null)', true],
    ['', false],
  ] as const) {
    it(`is known to take in ${everybody ? 'everybody' : 'some people'}: "${rule}"`, () => {
      assert.equal(takesInEverybody(rule), everybody);
    });
  }
});

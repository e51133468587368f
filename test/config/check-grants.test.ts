// What the bot was granted, as lines for whoever starts it.
import assert from 'node:assert/strict';
import type { LogFields } from '../../src/casework/ports/log.ts';
import { grantProblems, roleLine } from '../../src/config/check-grants.ts';
import { HARMLESS_READS } from '../../src/graph/other-permissions.ts';
import { PERMISSIONS } from '../../src/graph/permissions.ts';

const USER_ADMINISTRATOR = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const ALL = PERMISSIONS.map(({ name }) => name);
const required = PERMISSIONS.filter(({ need }) => need === 'required');
const optional = PERMISSIONS.filter(({ need }) => need === 'optional');

function check(roles: readonly string[], wids: readonly string[] = []) {
  const warnings: (readonly [LogFields, string])[] = [];
  const silent = () => assert.fail('only warnings');
  const warn = (fields: LogFields, message: string) => void warnings.push([fields, message]);
  return { problems: grantProblems({ roles, wids }, { info: silent, warn, error: silent }), warnings };
}

describe('What the bot was granted', () => {
  it('is nothing to talk about when it is exactly what the bot asks for', () => {
    assert.deepEqual(check(ALL), { problems: [], warnings: [] });
  });

  it('without an optional permission starts, and the log says which is missing and what the bot cannot do', () => {
    assert.ok(optional.length > 0);
    assert.deepEqual(check(required.map(({ name }) => name)), {
      problems: [],
      warnings: optional.map(({ name, without }) => [
        { permission: name },
        `an optional permission was not granted. ${without}`,
      ]),
    });
  });

  it('with a harmless permission that it does not use starts, and the log says that it can be removed', () => {
    const spare = HARMLESS_READS.find((name) => !ALL.includes(name)) ?? '';
    assert.notEqual(spare, '');
    assert.deepEqual(check([...ALL, spare]), {
      problems: [],
      warnings: [
        [
          { permission: spare },
          'a permission was granted that the bot does not use; it does no harm and can be removed',
        ],
      ],
    });
  });

  it('stops the start when a required permission is missing, with what to do and why', () => {
    const [first] = required;
    assert.ok(first);
    const { problems, warnings } = check(ALL.filter((name) => name !== first.name));
    assert.deepEqual(problems, [
      `The app registration for Graph lacks the permission ${first.name}. Grant it. ${first.without}`,
    ]);
    assert.deepEqual(warnings, []);
  });

  it('stops the start when it is a permission or a directory role too many, and tells the two apart', () => {
    const { problems } = check([...ALL, 'Group.ReadWrite.All'], [USER_ADMINISTRATOR]);
    assert.equal(problems.length, 2);
    assert.match(
      problems[0] ?? '',
      /^The app registration for Graph has the permission Group\.ReadWrite\.All, which .+\. Remove it: the bot must never have it\.$/,
    );
    assert.equal(problems[1], roleLine('User Administrator'));
    assert.equal(
      problems[1],
      'The service principal of the app for Graph holds the directory role User Administrator. Remove the assignment: the bot needs no role.',
    );
  });
});

// What an operator reads about a setting or a figure that cannot be used: what it must be, and never what it is.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { readConfig } from '../../src/config/config.ts';
import { environmentFor } from '../scenarios/environment.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { problemsWith } from './problems-with.ts';

describe('The line about a setting', () => {
  const scratch = scratchFolder('sentences');
  after(() => scratch.clean());
  const lines = (change: Readonly<Record<string, string>>) =>
    problemsWith(() => readConfig({ ...environmentFor('http://127.0.0.1:1', '.data'), ...change }));
  const policy = (content: object) => {
    const file = join(scratch.dir, 'policy.json');
    writeFileSync(file, JSON.stringify(content));
    return lines({ HARDLINE_POLICY_FILE: file });
  };

  it('says what a setting must be', () => {
    for (const [change, line] of [
      [{ PORT: '80.5' }, 'PORT: must be a whole number.'],
      [{ PORT: '65536' }, 'PORT: must be 65535 or less.'],
      [{ PORT: 'many' }, 'PORT: must be a number.'],
      [{ HARDLINE_TURN_SECONDS: '4' }, 'HARDLINE_TURN_SECONDS: must be 5 or more.'],
      [{ HARDLINE_CLOUD: 'mars' }, 'HARDLINE_CLOUD: must be one of global, us-gov-l4, us-gov-l5, china.'],
      [{ HARDLINE_TENANT_ID: 'contoso.com' }, 'HARDLINE_TENANT_ID: must be a GUID.'],
      [{ HARDLINE_GROUPS_PROTECTED: ',' }, 'HARDLINE_GROUPS_PROTECTED: is set, and names no group.'],
      [{ HARDLINE_GRAPH_ORIGIN: 'here' }, 'HARDLINE_GRAPH_ORIGIN: has another form than it must have.'],
    ] as const) {
      assert.equal(lines(change)[0], line);
    }
  });

  it('says what a figure of the policy must be, with its name in the file', () => {
    for (const [content, line] of [
      [{ requiredMethods: 3 }, 'policy file, requiredMethods: must be one of 1, 2.'],
      [{ oneTimePass: 'yes' }, 'policy file, oneTimePass: must be a boolean.'],
      [{ objectionDays: 1.5 }, 'policy file, objectionDays: must be a whole number.'],
      [{ places: ['x'.repeat(61)] }, 'policy file, places.0: is too long.'],
      [{ places: [' '] }, 'policy file, places.0: is too short.'],
      [{ places: 'Reception' }, 'policy file, places: must be an array.'],
      [{ harmlessRoles: ['printers'] }, 'policy file, harmlessRoles.0: has another form than it must have.'],
      [{ helpdeskAccounts: 'always' }, 'policy file, helpdeskAccounts: must be one of lead, never.'],
    ] as const) {
      assert.deepEqual(policy(content), [line]);
    }
  });

  it('takes an emergency contact of one line with a number of three digits or more, and nothing else', () => {
    const contact = (HARDLINE_EMERGENCY_CONTACT: string) => lines({ HARDLINE_EMERGENCY_CONTACT });
    for (const good of ['Reception 112', '911', ' Ada Moreau, +44 20 7946 0321 ', `${'x'.repeat(117)}112`]) {
      assert.deepEqual(contact(good), [], good);
    }
    const wrong = ['HARDLINE_EMERGENCY_CONTACT: must be one line with a number.'];
    for (const bad of ['Reception', 'extension 12', 'Reception\n112', '112\u0007', '\u0000112 phone', '12\t345']) {
      assert.deepEqual(contact(bad), wrong, JSON.stringify(bad));
    }
    assert.deepEqual(contact(`${'x'.repeat(118)}112`), ['HARDLINE_EMERGENCY_CONTACT: is too long.']);
    const config = readConfig({
      ...environmentFor('http://127.0.0.1:1', '.data'),
      HARDLINE_EMERGENCY_CONTACT: ' Reception 112 ',
    });
    assert.equal(config.emergencyContact, 'Reception 112');
  });
});

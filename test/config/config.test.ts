import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { FEED_SETTINGS } from '../../src/graph/feed/settings.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const GOOD: Readonly<Record<string, string>> = {
  HARDLINE_TENANT_ID: ID,
  HARDLINE_BOT_APP_ID: ID,
  HARDLINE_BOT_CREDENTIAL: 'secret',
  HARDLINE_BOT_SECRET: 's',
  HARDLINE_GRAPH_CLIENT_ID: ID,
  HARDLINE_GRAPH_CREDENTIAL: 'managed-identity',
  HARDLINE_GROUP_TECHNICIANS: '11111111-2222-4333-8444-666666666666',
  HARDLINE_GROUP_APPROVERS: ID,
  HARDLINE_GROUP_AUDITORS: ID,
  HARDLINE_GROUP_LEADS: ID,
};

function problemsOf(change: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig({ ...GOOD, ...change });
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
  return [];
}

describe('The configuration', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hardline-config-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const policyFile = (content: string): string => {
    const file = join(folder, 'policy.json');
    writeFileSync(file, content);
    return file;
  };

  it('is read when everything is there, with the policy of the guides', () => {
    const config = readConfig(GOOD);
    assert.deepEqual(config.policy, DEFAULT_POLICY);
    assert.equal(config.host, '0.0.0.0');
    assert.equal(config.channel.kind, 'authenticated');
    assert.deepEqual([config.turnSeconds, config.spikeCallers], [8, 10]);
  });

  for (const [what, change, names] of [
    ['no tenant', { HARDLINE_TENANT_ID: undefined }, 'HARDLINE_TENANT_ID'],
    ['a tenant that is no GUID', { HARDLINE_TENANT_ID: 'contoso.com' }, 'HARDLINE_TENANT_ID'],
    ['no bot app id, which would switch authentication off', { HARDLINE_BOT_APP_ID: '' }, 'HARDLINE_BOT_APP_ID'],
    ['no bot credential', { HARDLINE_BOT_CREDENTIAL: undefined }, 'HARDLINE_BOT_CREDENTIAL'],
    ['a mistyped kind of credential', { HARDLINE_BOT_CREDENTIAL: 'Secret' }, 'HARDLINE_BOT_CREDENTIAL'],
    ['a secret that is missing', { HARDLINE_BOT_SECRET: undefined }, 'HARDLINE_BOT_SECRET'],
    ['no app registration for Graph', { HARDLINE_GRAPH_CLIENT_ID: undefined }, 'HARDLINE_GRAPH_CLIENT_ID'],
    ['no technicians', { HARDLINE_GROUP_TECHNICIANS: undefined }, 'HARDLINE_GROUP_TECHNICIANS'],
    ['a protected group that is no GUID', { HARDLINE_GROUPS_PROTECTED: `${ID},admins` }, 'HARDLINE_GROUPS_PROTECTED'],
    ['an unknown time zone', { HARDLINE_TIME_ZONE: 'Mars/Olympus' }, 'HARDLINE_TIME_ZONE'],
    ['a port out of range', { PORT: '70000' }, 'PORT'],
    ['a turn longer than Teams waits', { HARDLINE_TURN_SECONDS: '12' }, 'HARDLINE_TURN_SECONDS'],
    ['a turn too short for a pass', { HARDLINE_TURN_SECONDS: '3' }, 'HARDLINE_TURN_SECONDS'],
    ['searches that a technician needs in one call', { HARDLINE_SEARCHES_PER_HOUR: '9' }, 'HARDLINE_SEARCHES_PER_HOUR'],
    ['a ledger that can be flooded', { HARDLINE_REFUSALS_PER_MINUTE: '1001' }, 'HARDLINE_REFUSALS_PER_MINUTE'],
    ['an alarm at every single caller', { HARDLINE_SPIKE_CALLERS: '1' }, 'HARDLINE_SPIKE_CALLERS'],
    ['no token and a real tenant', { HARDLINE_CHANNEL: 'loopback-only' }, 'HARDLINE_CHANNEL'],
    [
      'no token and a public address',
      {
        HARDLINE_CHANNEL: 'loopback-only',
        HARDLINE_GRAPH: 'emulated',
        HARDLINE_GRAPH_ORIGIN: 'http://127.0.0.1:1',
        HARDLINE_HOST: '0.0.0.0',
      },
      'HARDLINE_HOST',
    ],
    [
      'an emulated tenant on another machine',
      { HARDLINE_GRAPH: 'emulated', HARDLINE_GRAPH_ORIGIN: 'http://10.0.0.1:1' },
      'HARDLINE_GRAPH_ORIGIN',
    ],
    ['a policy file that is not there', { HARDLINE_POLICY_FILE: '/no/such/file' }, 'HARDLINE_POLICY_FILE'],
  ] as const) {
    it(`does not start: ${what}`, () => {
      const problems = problemsOf(change);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.ok(problems[0]?.startsWith(names), problems[0]);
    });
  }

  it('names every problem at once, and never a value', () => {
    const problems = problemsOf({ HARDLINE_TENANT_ID: 'x', HARDLINE_GROUP_LEADS: 'y', PORT: 'z-secret' });
    assert.equal(problems.length, 3);
    assert.ok(!problems.join().includes('z-secret'));
    assert.throws(
      () => readConfig({}),
      (error) =>
        error instanceof ConfigError &&
        error.problems.length === 9 &&
        error.problems.every((one) => / missing\./.test(one)),
    );
  });

  for (const [what, content] of [
    ['a typo in a name', '{"requireMethods": 1}'],
    ['a callback good for an hour', '{"proofValidMinutes": 60}'],
    ['a mode, which only a lead may switch', '{"mode": "normal"}'],
    ['no JSON', 'requiredMethods: 1'],
  ] as const) {
    it(`does not take a policy file with ${what}`, () => {
      assert.equal(problemsOf({ HARDLINE_POLICY_FILE: policyFile(content) }).length, 1);
    });
  }

  it('takes from a policy file what it names, and the rest from the defaults', () => {
    const config = readConfig({ ...GOOD, HARDLINE_POLICY_FILE: policyFile('{"requiredMethods": 1}') });
    assert.deepEqual(config.policy, { ...DEFAULT_POLICY, requiredMethods: 1 });
  });

  it('says how late the sources of the tenant may be, and keeps the defaults for what is not named', () => {
    const { feed, methodsAreReports } = readConfig(GOOD);
    assert.deepEqual([feed, methodsAreReports], [FEED_SETTINGS, false]);
    const own = readConfig({
      ...GOOD,
      HARDLINE_CHANGE_FEED_DELAY_SECONDS: '300',
      HARDLINE_AUDIT_LOG_DELAY_MINUTES: '45',
      HARDLINE_REGISTRATION_HOURS: '1.5',
      HARDLINE_METHODS_ARE_REPORTS: 'yes',
    });
    assert.deepEqual(own.feed.delays, { feedMs: 300_000, logMs: 2_700_000 });
    assert.deepEqual(own.feed.every, { ...FEED_SETTINGS.every, registration: 5_400_000 });
    assert.equal(own.methodsAreReports, true);
    assert.equal(problemsOf({ HARDLINE_CHANGE_FEED_DELAY_SECONDS: '-1' }).length, 1);
    assert.equal(problemsOf({ HARDLINE_METHODS_ARE_REPORTS: 'perhaps' }).length, 1);
  });
});

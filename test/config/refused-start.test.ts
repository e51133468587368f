// The start as an operator sees it: the process, its exit code, and the lines on the terminal.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { itInFull, rowsOf } from '../lane.ts';
import { environmentFor } from '../scenarios/environment.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { closeTenants, openTenant } from '../tenant/tenant.ts';
import type { SeedInput } from '../tenant/tenant.ts';

const ENTRY = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
const LISTENING = '"msg":"listening"';
const NOBODY = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

interface Ended {
  /** `listening`: it started, and was stopped by the test. */
  readonly how: number | 'listening' | null;
  readonly lines: readonly string[];
}

/** Starts the bot on a tenant and waits until it listens or ends. */
async function start(tenantOrigin: string, settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { dir, clean } = scratchFolder('start');
  const child = spawn(process.execPath, [ENTRY], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...environmentFor(tenantOrigin, dir),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    if (output.includes(LISTENING)) child.kill('SIGKILL');
  });
  await once(child, 'close');
  clean();
  const how = output.includes(LISTENING) ? 'listening' : child.exitCode;
  return { how, lines: errors.split('\n').filter((line) => line !== '') };
}

const bad: readonly (readonly [string, (seed: SeedInput) => void, Readonly<Record<string, string>>, RegExp])[] = [
  [
    'a permission that nobody thought of',
    (seed) => (seed.otherPermissions = ['UserAuthMethod-Passkey.ReadWrite.All']),
    {},
    /has the permission UserAuthMethod-Passkey\.ReadWrite\.All/,
  ],
  [
    'a directory role for a part of the tenant',
    (seed) => {
      const principal = 'd0000000-0000-4000-8000-000000000002';
      seed.roles?.push({ principal, role: 'User Administrator', scope: '/administrativeUnits/x' });
    },
    {},
    /holds the directory role User Administrator/,
  ],
  [
    'a required permission that was not granted',
    (seed) => (seed.permissions = seed.permissions?.filter((name) => name !== 'RoleManagement.Read.Directory')),
    {},
    /lacks the permission RoleManagement\.Read\.Directory/,
  ],
  [
    'technicians who do not exist',
    () => undefined,
    { HARDLINE_GROUP_TECHNICIANS: NOBODY },
    /HARDLINE_GROUP_TECHNICIANS: the tenant has no group with this id/,
  ],
  [
    'a protected group that does not exist',
    () => undefined,
    { HARDLINE_GROUPS_PROTECTED: NOBODY },
    /HARDLINE_GROUPS_PROTECTED, entry 1: the tenant has no group with this id/,
  ],
  [
    'technicians who are everybody',
    (seed) => seed.groups?.forEach((one, n) => n === 0 && (one.members = seed.people.map(({ id }) => id))),
    {},
    /HARDLINE_GROUP_TECHNICIANS: 32 people/,
  ],
];

/** A tenant whose clock is right: the process has the clock of this machine. */
async function tenantOfToday(seed?: Parameters<typeof openTenant>[0]) {
  const tenant = await openTenant(seed);
  tenant.clock.now = Date.now();
  return tenant;
}

describe('The process does not start', () => {
  afterEach(closeTenants);

  // Each start takes seconds: one in the quick lane. start-checks.test.ts has every check in both lanes, and
  // security/bot-memory.test.ts starts a bot with everything in order.
  itInFull('is the exception: with everything in order, it does', async function () {
    this.timeout(30_000);
    const { how, lines } = await start((await tenantOfToday()).origin);
    assert.deepEqual([how, lines], ['listening', []]);
  });

  for (const [what, seed, settings, line] of rowsOf(bad, (_row, n) => n === 0)) {
    it(`with ${what}: one line that names it, and exit code 78`, async () => {
      const { how, lines } = await start((await tenantOfToday(seed)).origin, settings);
      assert.equal(how, 78, lines.join('\n'));
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.match(lines[0] ?? '', /^Hardline cannot start: /);
      assert.match(lines[0] ?? '', line);
    }).timeout(30_000);
  }

  itInFull(
    'while Graph does not answer: it says so, and its exit code lets the supervisor try again',
    async function () {
      this.timeout(30_000);
      const tenant = await tenantOfToday();
      tenant.control.fault({ kind: 'status', status: 503, path: '/v1.0/groups/*' });
      const { how, lines } = await start(tenant.origin, { HARDLINE_START_PATIENCE_SECONDS: '0' });
      assert.deepEqual([how, lines.length], [75, 1], lines.join('\n'));
      assert.match(lines[0] ?? '', /^Hardline cannot start: the checks at the start: unreachable/);
    },
  );

  itInFull(
    'while nothing answers where Graph should be: its exit code lets the supervisor try again',
    async function () {
      this.timeout(30_000);
      const unreachable = await start('http://127.0.0.1:1', { HARDLINE_START_PATIENCE_SECONDS: '0' });
      assert.equal(unreachable.how, 75, unreachable.lines.join('\n'));
    },
  );
});

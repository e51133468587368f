// The parts of reading a configuration that the table of bad ones does not reach: what must not be refused.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIRECTORY_ROLES } from '../../demo/tenant/directory-roles.ts';
import { configOf } from '../../src/config/config.ts';
import { notHarmless } from '../../src/config/harmless-roles.ts';
import { unknownNames } from '../../src/config/names.ts';
import { openToOthers } from '../../src/ledger/key-file.ts';
import { HARMLESS_ROLES } from '../../src/procedure/policy.ts';
import { environmentFor } from '../scenarios/environment.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { selfSigned } from '../security/self-signed.ts';

const KNOWN = ['PORT', 'HARDLINE_HOST', 'HARDLINE_GROUPS_PROTECTED', 'HARDLINE_DATA'];
const ID = '11111111-2222-4333-8444-555555555555';

describe('The names of settings', () => {
  it('of other programs are left alone', () => {
    const others = { PATH: '/bin', HOST: 'x', PORTS: '1', SOMETHING_HARDLINE: '1', HARDEN_HOST: '1', LANG: 'C' };
    assert.deepEqual([...unknownNames({ ...others, PORT: '1', HARDLINE_HOST: 'x' }, KNOWN)], []);
  });

  it('that Kubernetes makes for a service called hardline are left alone there, and nowhere else', () => {
    const made = {
      HARDLINE_SERVICE_HOST: '10.0.0.1',
      HARDLINE_SERVICE_PORT: '3978',
      HARDLINE_SERVICE_PORT_HTTP: '3978',
      HARDLINE_BOT_SERVICE_HOST: '10.0.0.1',
      HARDLINE_PORT: 'tcp://10.0.0.1:3978',
      HARDLINE_PORT_3978_TCP: 'tcp://10.0.0.1:3978',
      HARDLINE_PORT_3978_TCP_PROTO: 'tcp',
    };
    assert.equal(unknownNames(made, KNOWN).size, 7);
    assert.equal(unknownNames({ ...made, KUBERNETES_SERVICE_HOST: '10.0.0.2' }, KNOWN).size, 0);
    const typo = { HARDLINE_GROUP_PROTECTED: ID, KUBERNETES_SERVICE_HOST: '10.0.0.2' };
    assert.deepEqual([...unknownNames(typo, KNOWN).keys()], ['HARDLINE_GROUP_PROTECTED']);
  });

  it('that are taken away are not set', () => {
    assert.equal(unknownNames({ HARDLINE_OLD: undefined }, KNOWN).size, 0);
  });

  it('are offered when they are close, the closest first, and only then', () => {
    const says = (name: string): string => [...unknownNames({ [name]: '1' }, KNOWN).values()].join();
    assert.match(says('HARDLINE_HOSTS'), /Did you mean HARDLINE_HOST\?$/);
    assert.match(says('HARDLINE_DTA'), /Did you mean HARDLINE_DATA\?$/);
    assert.match(says('Hardline_Data'), /Did you mean HARDLINE_DATA\?$/);
    assert.match(says('HARDLINE_WATCHING_SECONDS'), /\.env\.example/);
    assert.match(says('HARDLINES'), /\.env\.example|Did you mean/);
  });

  it('are printed in one line, whatever is in them', () => {
    const [name = ''] = unknownNames({ [`HARDLINE_\n\u001b[31m${'X'.repeat(500)}`]: '1' }, KNOWN).keys();
    assert.match(name, /^HARDLINE_\?\?\[31mX+$/);
    assert.equal(name.length, 60);
  });
});

describe('Harmless roles', () => {
  it('are those of the list, and no other built-in role that the emulated tenant knows', () => {
    for (const [name, role] of Object.entries(DIRECTORY_ROLES)) {
      const why = notHarmless(role);
      if (HARMLESS_ROLES.includes(role)) assert.equal(why, null, name);
      else assert.ok(why?.startsWith(`${name} can `), `${name}: ${why ?? 'allowed'}`);
    }
  });

  it('can be others that cannot touch an account, such as those for printers', () => {
    assert.equal(notHarmless('E8CEF6F1-E4BD-4EA8-BC07-4B8D950F4477'), null);
    assert.match(notHarmless(ID) ?? '', /own tenant/);
  });
});

describe('The files of a good configuration', () => {
  const scratch = scratchFolder('good-configuration');
  after(() => scratch.clean());
  const write = (name: string, content: string, mode = 0o600): string => {
    const path = join(scratch.dir, name);
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  };
  const read = (change: Readonly<Record<string, string | undefined>>) =>
    configOf({
      environment: { ...environmentFor('http://127.0.0.1:1', join(scratch.dir, 'data')), ...change },
      options: ['--max-old-space-size=512', '--inspect-port=0'],
      inspector: undefined,
    });

  it('may hold a certificate with its key, in either order, and its thumbprint in any common form', () => {
    const { certificate, privateKey, thumbprint } = selfSigned({ daysLeft: 2 });
    const colons = thumbprint.match(/../g)?.join(':').toLowerCase();
    for (const [text, print] of [
      [certificate + privateKey, thumbprint],
      [privateKey + certificate, colons],
    ] as const) {
      const config = read({
        HARDLINE_CHANNEL: 'authenticated',
        HARDLINE_BOT_APP_ID: ID,
        HARDLINE_BOT_CREDENTIAL: 'certificate',
        HARDLINE_BOT_CERTIFICATE_FILE: write('bot.pem', text),
        HARDLINE_BOT_CERTIFICATE_THUMBPRINT: print,
      });
      assert.equal(config.channel.kind, 'authenticated');
    }
  });

  it('may lie in a folder into which others can look, but the folder that is made is for its owner alone', () => {
    const folder = join(scratch.dir, 'open');
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    assert.equal(read({ HARDLINE_DATA: folder }).dataFolder, folder);
    const made = join(scratch.dir, 'new', 'within');
    read({ HARDLINE_DATA: made });
    if (process.platform !== 'win32') assert.equal(statSync(made).mode & 0o777, 0o700);
  });

  it('says when more certificate authorities are trusted', () => {
    assert.equal(read({ NODE_EXTRA_CA_CERTS: '/etc/ssl/own.pem' }).extraAuthorities, true);
    assert.equal(read({}).extraAuthorities, false);
  });

  it('may be mounted as files of root that the group can read, when the bot is not root', function () {
    if (process.platform === 'win32') this.skip();
    const of = (mode: number, uid: number) => ({ mode, uid, isFile: () => true });
    assert.equal(openToOthers(of(0o440, 0), 1000), false);
    assert.equal(openToOthers(of(0o440, 0), 0), true);
    assert.equal(openToOthers(of(0o440, 1000), 1000), true);
    for (const mode of [0o444, 0o460, 0o441]) assert.equal(openToOthers(of(mode, 0), 1000), true);
    assert.equal(openToOthers(of(0o600, 1000), 1000), false);
  });
});

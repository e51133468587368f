// How the process was started, and what it may still do once it runs.
import assert from 'node:assert/strict';
import { configFromProcess, configOf } from '../../src/config/config.ts';
import { giveUpStartRights, hasLimitedRights } from '../../src/config/node-rights.ts';
import { environmentFor } from '../scenarios/environment.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { problemsWith } from './problems-with.ts';

describe('The process', () => {
  const scratch = scratchFolder('process');
  const environment = environmentFor('http://127.0.0.1:1', scratch.dir);
  const before = { ...process.env };
  const options = [...process.execArgv];
  afterEach(() => {
    for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
    process.execArgv.splice(0, process.execArgv.length, ...options);
  });
  after(() => scratch.clean());

  it('is started with its own environment and options', () => {
    // The lane of the tests and the seed of random runs are no settings of the bot.
    for (const name of Object.keys(before)) if (name.startsWith('HARDLINE_')) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, environment);
    assert.equal(configFromProcess().dataFolder, scratch.dir);
    process.execArgv.push('--tls-keylog=keys.txt');
    assert.match(problemsWith(configFromProcess).join('\n'), /^--tls-keylog: it gives away the keys/);
  });

  it('does not start while its inspector is open, however that came about, and says so once', () => {
    const start = (more: readonly string[], inspector: string | undefined) =>
      problemsWith(() => configOf({ environment, options: more, inspector }));
    const open = 'ws://127.0.0.1:9229/x';
    assert.deepEqual(start([], undefined), []);
    assert.deepEqual(start([], open), [
      'The inspector of Node: is open: it lets others read the memory of the bot, and with it a pass. Start without it.',
    ]);
    for (const option of ['--inspect', '--inspect-brk=9229', '--inspect_wait']) {
      const lines = start([option], open);
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.match(lines[0] ?? '', /^--inspect/);
    }
    const other = start(['--tls-keylog=keys.txt'], open);
    assert.deepEqual(
      other.map((line) => line.slice(0, line.indexOf(':'))),
      ['--tls-keylog', 'The inspector of Node'],
    );
  });
});

describe('The rights of the process', () => {
  /** Node's permission model, which is there only when Node was started with it. */
  const withRights = (rights: unknown, look: () => void): void => {
    Object.defineProperty(process, 'permission', { value: rights, configurable: true });
    try {
      look();
    } finally {
      Reflect.deleteProperty(process, 'permission');
    }
  };

  it('are limited only when Node was started with --permission', () => {
    assert.equal(hasLimitedRights(), false);
    withRights({ has: () => true }, () => assert.equal(hasLimitedRights(), true));
  });

  it('to write files and to load SQLite are given up when the bot runs', () => {
    const given: string[] = [];
    withRights({ has: () => true, drop: (scope: string) => void given.push(scope) }, giveUpStartRights);
    assert.deepEqual(given, ['fs.write', 'addon']);
  });

  it('stay as the command line gave them where Node cannot give them up, and where there are no limits', () => {
    withRights({ has: () => true }, giveUpStartRights);
    giveUpStartRights();
  });
});

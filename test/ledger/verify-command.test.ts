import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/open.ts';
import { itInFull, rowsOf } from '../lane.ts';
import { counting, entry, morning, scratch } from './fixtures.ts';
import { fill, recomputeFrom, tamper } from './tampering.ts';

const SCRIPT = join(import.meta.dirname, '../../src/commands/verify.ts');

function verify(...args: readonly string[]): { code: number | null; line: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  assert.equal(stderr, '');
  assert.equal(stdout.split('\n').length, 2, 'one line');
  return { code: status, line: stdout.trimEnd() };
}

describe('npm run ledger:verify', function () {
  this.timeout(30_000);
  const { file, dir, clean } = scratch();
  const [since, key, strangersKey] = ['checkpoint', 'key.pem', 'strangers.pem'].map((name) => join(dir, name)) as [
    string,
    string,
    string,
  ];
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');

  before(async () => {
    await fill(file, 20);
    const ledger = await openLedger({ file, now: () => morning, newId: counting(), signingKey: privateKey });
    writeFileSync(since, await ledger.checkpoint());
    await ledger.record([entry('turn.after')], morning);
    await ledger.close();
    writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }));
    const strangers = generateKeyPairSync('ed25519').publicKey;
    writeFileSync(strangersKey, strangers.export({ type: 'spki', format: 'pem' }));
  });
  after(clean);

  it('says ok and ends with 0 when the ledger is what was written, also since a signed checkpoint', () => {
    const all = [
      ['--data', dir],
      ['--file', file],
      ['--file', file, '--since', since],
      ['--file', file, '--since', since, '--public-key', key],
    ];
    for (const args of rowsOf(all, (_args, n) => n === 3)) {
      const { code, line } = verify(...args);
      assert.equal(code, 0, line);
      assert.match(line, /^ledger ok: 21 entries, head [0-9a-f]{64}/);
    }
  });

  // Each is one more process or two. The quick lane has one of every exit code.
  itInFull('changes nothing in the folder it looks at', () => {
    const before = readFileSync(file);
    verify('--file', file);
    assert.deepEqual(readFileSync(file), before);
  });

  itInFull('may run beside the bot', async () => {
    const ledger = await openLedger({ file, now: () => morning, newId: counting() });
    assert.equal(verify('--file', file).code, 0);
    await ledger.close();
  });

  itInFull('says broken and ends with 1 when the checkpoint is signed by somebody else', () => {
    const { code, line } = verify('--file', file, '--since', since, '--public-key', strangersKey);
    assert.equal(code, 1);
    assert.match(line, /^ledger BROKEN: the checkpoint is not signed/);
  });

  it('says where the ledger is broken and ends with 1', () => {
    const copy = join(dir, 'edited.db');
    writeFileSync(copy, readFileSync(file));
    tamper(copy, (database) => database.exec("update entries set actor = 'hardline' where seq = 7"));
    assert.deepEqual(verify('--file', copy), { code: 1, line: 'ledger BROKEN: a record was altered (entry 7)' });
  });

  itInFull('finds a ledger that was written anew, but only with the checkpoint', () => {
    const copy = join(dir, 'anew.db');
    writeFileSync(copy, readFileSync(file));
    tamper(copy, (database) => {
      database.exec("update entries set actor = 'hardline' where seq = 7");
      recomputeFrom(database, 7);
    });
    assert.equal(verify('--file', copy).code, 0);
    const { code, line } = verify('--file', copy, '--since', since);
    assert.equal(code, 1);
    assert.match(line, /rewritten since the checkpoint/);
  });

  it('ends with 2 when there is nothing it could verify', () => {
    const missing = join(dir, 'missing.db');
    const all = [
      ['--file', missing],
      ['--file', file, '--since', missing],
      ['--file', file, '--since', key],
      ['--file', file, '--public-key', key],
      ['--file', file, '--since', since, '--public-key', since],
      ['--wrong'],
    ];
    for (const args of rowsOf(all, (_args, n) => n === 0)) {
      const { code, line } = verify(...args);
      assert.equal(code, 2, line);
      assert.match(line, /^ledger not verified: /);
    }
  });
});

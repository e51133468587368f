import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/open.ts';
import { itInFull, rowsOf } from '../lane.ts';
import { writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { checkpointKeyId } from '../../src/ledger/checkpoint-key.ts';
import { counting, entry, lena, minutesLater, morning, scratch, tess } from './fixtures.ts';
import { fill, recomputeFrom, tamper } from './tampering.ts';

const SCRIPT = join(import.meta.dirname, '../../src/commands/verify.ts');

function verify(...args: readonly string[]): { code: number | null; line: string } {
  return verifyWith('', ...args);
}

function verifyWith(input: string, ...args: readonly string[]): { code: number | null; line: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', input });
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
      ['--file', file, '--public-key', key],
      ['--file', file, '--since', since, '--public-key', key],
    ];
    for (const args of rowsOf(all, (_args, n) => n === 4)) {
      const { code, line } = verify(...args);
      assert.equal(code, 0, line);
      assert.match(line, /^ledger ok: 22 entries, head [0-9a-f]{64}/);
    }
  });

  // Each is one more process or two. The quick lane has one of every exit code.
  itInFull('changes nothing in the folder it looks at', () => {
    const before = readFileSync(file);
    verify('--file', file);
    assert.deepEqual(readFileSync(file), before);
  });

  itInFull('may run beside the bot', async () => {
    const ledger = await openLedger({ file, now: () => morning, newId: counting(), signingKey: privateKey });
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

  const writeAnew = (copy: string): void =>
    tamper(copy, (database) => {
      database.exec("update entries set actor = 'hardline' where seq = 7");
      recomputeFrom(database, 7);
    });

  it('finds a ledger that was written anew by the entries that are signed', () => {
    const copy = join(dir, 'anew.db');
    writeFileSync(copy, readFileSync(file));
    writeAnew(copy);
    assert.deepEqual(verify('--file', copy), {
      code: 1,
      line: 'ledger BROKEN: an entry is signed, but not with the key of the ledger (entry 21)',
    });
  });

  itInFull('finds a ledger without a key that was written anew, but only with the checkpoint', async () => {
    const unsigned = join(dir, 'unsigned', 'hardline.sqlite');
    await fill(unsigned, 20);
    const ledger = await openLedger({ file: unsigned, now: () => morning, newId: counting() });
    const kept = join(dir, 'unsigned', 'kept');
    writeFileSync(kept, await ledger.checkpoint());
    await ledger.close();
    writeAnew(unsigned);
    assert.equal(verify('--file', unsigned).code, 0);
    const { code, line } = verify('--file', unsigned, '--since', kept);
    assert.equal(code, 1);
    assert.match(line, /rewritten since the checkpoint/);
  });

  it('says who erased what, a line for each', async () => {
    const erased = join(dir, 'erased', 'hardline.sqlite');
    await fill(erased, 10);
    const ledger = await openLedger({ file: erased, now: () => morning, newId: counting(), signingKey: privateKey });
    await ledger.erase(lena, minutesLater(60), tess);
    await ledger.close();
    const { status, stdout } = spawnSync(process.execPath, [SCRIPT, '--file', erased, '--public-key', key], {
      encoding: 'utf8',
    });
    assert.equal(status, 0);
    const [first, second] = stdout.split('\n');
    assert.match(first ?? '', /signed with this key since entry 11/);
    assert.equal(
      second,
      `erased in entry 12: 2 details and 0 cases about ${lena}, by ${tess}, 2026-01-05T10:00:00.000Z`,
    );
  });

  const logLine = (checkpoint: string): string =>
    `${JSON.stringify({ level: 30, time: 1, checkpoint, msg: 'ledger checkpoint' })}\n`;
  const withSince = (text: string, ...more: readonly string[]) =>
    verifyWith(text, '--file', file, '--since', '-', ...more);

  const comparedWith = (): RegExp => {
    const [, size = ''] = readFileSync(since, 'utf8').split('\n');
    return new RegExp(`Compared with the checkpoint of ${size} entries, .*: entries 1 to ${size} are as they were`);
  };

  it('says what the ledger was compared with, and what that proves', () => {
    const text = readFileSync(since, 'utf8');
    const alone = verify('--file', file).line;
    assert.match(alone, /Compared with no checkpoint: .* not that it was never rewritten or cut short/);
    const unsigned = withSince(text).line;
    assert.match(unsigned, comparedWith());
    assert.match(unsigned, /whose signature was not checked .* if it is genuine/);
    const signed = withSince(text, '--public-key', key).line;
    assert.match(signed, comparedWith());
    assert.ok(signed.includes(`signed with key ${checkpointKeyId(publicKey)}:`), signed);
    for (const line of [unsigned, signed]) assert.match(line, /The 1 newer entry is not covered by it\./);
  });

  it('takes a line of the log, and of many the newest one of this ledger', () => {
    const text = readFileSync(since, 'utf8');
    const [origin = ''] = text.split('\n');
    const older = writeCheckpoint({ origin, size: 3, hash: 'ab'.repeat(32) }, privateKey);
    const elsewhere = writeCheckpoint({ origin: 'hardline/else', size: 900, hash: 'ab'.repeat(32) }, privateKey);
    const log = ['{"level":30,"msg":"listening"}\n', 'no JSON at all\n', ...[older, text, elsewhere].map(logLine)].join(
      '',
    );
    const inDocker = `${JSON.stringify({ log: logLine(text), stream: 'stdout' })}\n`;
    const all = [logLine(text), log, `2026-01-05T09:00:00Z stdout F ${logLine(text)}`, inDocker];
    for (const one of rowsOf(all, (_text, n) => n === 1)) {
      const { code, line } = withSince(one, '--public-key', key);
      assert.equal(code, 0, line);
      assert.match(line, comparedWith());
    }
  });

  it('takes the three lines as somebody copied them out of a chat', () => {
    const lines = readFileSync(since, 'utf8').split('\n').slice(0, 3);
    const all = [lines.join('\n'), `\n  ${lines.join('  \r\n')}\r\n\r\n`];
    for (const copied of rowsOf(all, (_text, n) => n === 1)) {
      const { code, line } = withSince(copied);
      assert.equal(code, 0, line);
      assert.match(line, comparedWith());
    }
  });

  it('is not misled by a checkpoint that somebody else put into the log', () => {
    const text = readFileSync(since, 'utf8');
    const [origin = ''] = text.split('\n');
    const forged = writeCheckpoint(
      { origin, size: 900, hash: 'ab'.repeat(32) },
      generateKeyPairSync('ed25519').privateKey,
    );
    const { code, line } = withSince(logLine(text) + logLine(forged), '--public-key', key);
    assert.equal(code, 0, line);
    assert.match(line, /1 other checkpoint was left out, because it is not signed with this key/);
    assert.match(withSince(logLine(forged), '--public-key', key).line, /^ledger BROKEN: the checkpoint is not signed/);
  });

  it('takes several keys, so that a checkpoint from before a change of the key counts, too', () => {
    const { code, line } = withSince(readFileSync(since, 'utf8'), '--public-key', strangersKey, '--public-key', key);
    assert.equal(code, 0, line);
    assert.ok(line.includes(checkpointKeyId(publicKey)));
  });

  it('explains itself', () => {
    const { status, stdout } = spawnSync(process.execPath, [SCRIPT, '--help'], { encoding: 'utf8' });
    assert.equal(status, 0);
    for (const option of ['--data', '--file', '--since', '--public-key']) assert.ok(stdout.includes(option));
  });

  it('ends with 2 when there is nothing it could verify', () => {
    const missing = join(dir, 'missing.db');
    const all = [
      ['--file', missing],
      ['--file', file, '--since', missing],
      ['--file', file, '--since', key],
      ['--file', file, '--public-key', since],
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

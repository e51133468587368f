import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { isSignedBy, readCheckpoint, writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { counting, entry, morning, openCase, scratch } from './fixtures.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const strangers = generateKeyPairSync('ed25519');
const end = { origin: 'hardline/00001', size: 12, hash: 'ab'.repeat(32) };

describe('A checkpoint', () => {
  it('is three lines and a signature', () => {
    const lines = writeCheckpoint(end, privateKey).split('\n');
    assert.deepEqual(lines.slice(0, 4), ['hardline/00001', '12', Buffer.from(end.hash, 'hex').toString('base64'), '']);
    assert.match(lines[4] ?? '', /^— hardline\/00001 [A-Za-z0-9+/]+=*$/);
    assert.deepEqual(lines.slice(5), ['']);
  });

  it('reads back as what was written, signed or not', () => {
    for (const key of [privateKey, null]) {
      const { origin, size, hash } = readCheckpoint(writeCheckpoint(end, key))!;
      assert.deepEqual({ origin, size, hash }, end);
    }
  });

  it('is signed by its key and by no other', () => {
    const read = readCheckpoint(writeCheckpoint(end, privateKey))!;
    assert.equal(isSignedBy(read, publicKey), true);
    assert.equal(isSignedBy(read, strangers.publicKey), false);
    assert.equal(isSignedBy(readCheckpoint(writeCheckpoint(end, null))!, publicKey), false);
  });

  it('loses its signature with any change of its three lines', () => {
    const text = writeCheckpoint(end, privateKey);
    for (const changed of [
      text.replace('\n12\n', '\n13\n'),
      text.replace('\nq', '\nr'),
      text.replaceAll('00001', '00002'),
    ]) {
      assert.notEqual(changed, text);
      const read = readCheckpoint(changed);
      assert.ok(read !== null);
      assert.equal(isSignedBy(read, publicKey), false);
    }
  });

  it('is not read from anything else', () => {
    const text = writeCheckpoint(end, privateKey);
    const wrong = [
      '',
      'hello',
      `${text}more`,
      text.slice(0, -1),
      text.replace('\n12\n', '\n012\n'),
      `\n${text}`,
      text + text,
    ];
    for (const one of [...wrong, text.replace('\n12\n', '\n-1\n'), text.replace('\n12\n', '\n1e3\n')]) {
      assert.equal(readCheckpoint(one), null, JSON.stringify(one));
    }
  });

  it('is signed with Ed25519 and with nothing else', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    assert.throws(() => writeCheckpoint(end, rsa.privateKey), TypeError);
  });
});

describe('The ledger', () => {
  const { file, clean } = scratch();
  after(clean);

  it('makes a signed checkpoint after every entry about a pass, and when asked', async () => {
    const emitted: string[] = [];
    const onCheckpoint = (text: string) => void emitted.push(text);
    const ledger = await openLedger({
      file,
      now: () => morning,
      newId: counting(),
      signingKey: privateKey,
      onCheckpoint,
    });
    const { case: known } = await openCase(ledger);
    assert.equal(emitted.length, 0);
    await ledger.record([entry('pass.create.intent', { caseId: known.id, intentId: 'o1' })], morning);
    assert.equal(emitted.length, 1);
    await ledger.record([entry('case.refused')], morning);
    assert.equal(emitted.length, 1);
    const asked = await ledger.checkpoint();
    assert.deepEqual(emitted.slice(1), [asked]);
    const sizes = emitted.map((text) => readCheckpoint(text)!).map((read) => [read.size, isSignedBy(read, publicKey)]);
    assert.deepEqual(sizes, [
      [3, true], // the first entry names the key
      [4, true],
    ]);
    await ledger.close();

    for (const text of emitted) {
      const since = readCheckpoint(text);
      assert.equal((await verifyFile(file, { since, publicKey, thorough: true })).ok, true);
      assert.deepEqual(await verifyFile(file, { since, publicKey: strangers.publicKey, thorough: true }), {
        ok: false,
        problem: 'checkpoint-not-signed-by-this-key',
        at: null,
      });
    }
  });

  it('does not take a checkpoint of another ledger for its own', async () => {
    const since = readCheckpoint(writeCheckpoint({ ...end, origin: 'hardline/else', size: 0 }, null));
    const verdict = await verifyFile(file, { since, publicKey: null, thorough: false });
    assert.deepEqual(verdict, { ok: false, problem: 'checkpoint-of-another-ledger', at: null });
  });
});

// A change of the key: the ledger goes on, what was signed before stays verifiable, and nothing of the old key is lost.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSignedBy, readCheckpoint } from '../../src/ledger/checkpoint.ts';
import { checkpointKeyId, keepPublicHalf, openCheckpointKey, publicHalvesIn } from '../../src/ledger/checkpoint-key.ts';
import { checkpointsIn } from '../../src/ledger/checkpoint-lines.ts';
import { handOver } from '../../src/ledger/hand-over.ts';
import { openIndexKey } from '../../src/ledger/index-key.ts';
import { takeLease } from '../../src/ledger/lease.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { rotateKey, type Rotation } from '../../src/ledger/rotate-key.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { counting, entry, morning, scratch } from './fixtures.ts';

const COMMAND = join(import.meta.dirname, '../../src/commands/rotate-key.ts');

interface Kept {
  readonly dir: string;
  readonly file: string;
  readonly keyFile: string;
  readonly rotation: Rotation;
  readonly oldText: string;
  readonly oldKey: KeyObject;
  /** Made before the change. */
  readonly checkpoint: string;
  readonly clean: () => void;
}

/** A ledger as a bot leaves it. */
async function ledgerOfABot(): Promise<Kept> {
  const { dir, file, clean } = scratch();
  const keyFile = join(dir, 'checkpoint-key.pem');
  const oldKey = openCheckpointKey(keyFile, 'make');
  keepPublicHalf(dir, oldKey);
  const ledger = await openLedger({ file, now: () => morning, newId: counting(), signingKey: oldKey });
  for (let n = 0; n < 5; n += 1) await ledger.record([entry('turn.before')], morning);
  const checkpoint = await ledger.checkpoint();
  await ledger.close();
  const indexKeyFile = join(dir, 'index-key');
  const rotation = { file, keyFile, newKeyFile: null, indexKeyFile, now: () => morning, newId: counting() };
  return { dir, file, keyFile, rotation, oldText: readFileSync(keyFile, 'utf8'), oldKey, checkpoint, clean };
}

describe('A change of the key', () => {
  let kept: Kept;
  beforeEach(async () => {
    kept = await ledgerOfABot();
  });
  afterEach(() => kept.clean());

  it('is in the ledger, with a checkpoint of the same end that both keys signed', async () => {
    const { from, to, checkpoint } = await rotateKey(kept.rotation, 'do');
    const note = readCheckpoint(checkpoint ?? '');
    const keys = new Map(publicHalvesIn(kept.dir).map((key) => [checkpointKeyId(key), key]));
    assert.deepEqual(new Set(keys.keys()), new Set([from, to]));
    for (const key of keys.values()) {
      assert.ok(note !== null && isSignedBy(note, key));
      const verdict = await verifyFile(kept.file, { since: note, publicKey: key, thorough: true });
      assert.deepEqual([verdict.ok ? verdict.size : null], [note.size]);
    }
    const ledger = await openLedger({
      ...{ file: kept.file, now: () => morning, newId: counting() },
      signingKey: openCheckpointKey(kept.keyFile, 'refuse'),
    });
    const change = await ledger.newestOf(['ledger.key-used']);
    assert.equal(change?.detail['key'], to);
    await ledger.close();
  });

  it('leaves the checkpoints from before it verifiable with the old public half', async () => {
    const { from } = await rotateKey(kept.rotation, 'do');
    const old = publicHalvesIn(kept.dir).find((key) => checkpointKeyId(key) === from);
    const since = readCheckpoint(kept.checkpoint);
    assert.ok(old !== undefined && since !== null);
    assert.equal((await verifyFile(kept.file, { since, publicKey: old, thorough: true })).ok, true);
  });

  it('renames the old key, and puts the new one in its place for its owner alone', async () => {
    const { to, retiredFile } = await rotateKey(kept.rotation, 'do');
    assert.equal(readFileSync(retiredFile, 'utf8'), kept.oldText);
    assert.equal(checkpointKeyId(openCheckpointKey(kept.keyFile, 'refuse')), to);
    for (const file of [retiredFile, kept.keyFile]) assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(!existsSync(`${kept.keyFile}.next`));
  });

  it('takes a key that the operator made', async () => {
    const own = generateKeyPairSync('ed25519').privateKey;
    const newKeyFile = join(kept.dir, 'own.pem');
    writeFileSync(newKeyFile, own.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const { to } = await rotateKey({ ...kept.rotation, newKeyFile }, 'do');
    assert.equal(to, checkpointKeyId(own));
    assert.ok(existsSync(newKeyFile));
  });

  it('that was interrupted is finished by doing it again, with the same new key', async () => {
    const waiting = `${kept.keyFile}.next`;
    const signingKey = openCheckpointKey(waiting, 'make');
    const indexKey = openIndexKey(kept.rotation.indexKeyFile, 'refuse');
    await handOver({ ...kept.rotation, formerKey: kept.oldKey, signingKey, indexKey }); // and then the power failed
    const { to } = await rotateKey(kept.rotation, 'do');
    assert.equal(to, checkpointKeyId(signingKey));
    const ledger = await openLedger({ file: kept.file, now: () => morning, newId: counting(), signingKey });
    const entries = await ledger.entries({ caseId: null, limit: 100, codes: ['ledger.key-used'] });
    assert.equal(entries.filter(({ detail }) => detail['key'] === to).length, 1);
    await ledger.close();
  });

  it('can be made again and again', async () => {
    const seen = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const { from, to } = await rotateKey(kept.rotation, 'do');
      seen.add(from).add(to);
    }
    assert.equal(seen.size, 4);
    assert.equal(publicHalvesIn(kept.dir).length, 4);
  });

  it('is refused while a bot runs, and for keys that cannot be used; then nothing is changed', async () => {
    const lease = takeLease(kept.file);
    await assert.rejects(rotateKey(kept.rotation, 'do'), { code: 'ledger-in-use' });
    lease.end();
    const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const wrong = join(kept.dir, 'wrong.pem');
    writeFileSync(wrong, p256.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const none = join(kept.dir, 'none');
    for (const change of [
      { newKeyFile: wrong },
      { newKeyFile: kept.keyFile },
      { keyFile: none },
      { indexKeyFile: none },
      { file: none },
    ])
      await assert.rejects(rotateKey({ ...kept.rotation, ...change }, 'do'), { code: 'configuration' });
    assert.equal(readFileSync(kept.keyFile, 'utf8'), kept.oldText);
    assert.ok(!existsSync(`${kept.keyFile}.next`));
  });
});

describe('npm run ledger:rotate-key', function () {
  this.timeout(60_000);
  const rotate = (...args: readonly string[]) => spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });

  it('says what it would do, does it, and prints the checkpoint as a line of the log', async () => {
    const { dir, keyFile, oldText, clean } = await ledgerOfABot();
    const dry = rotate('--data', dir, '--dry-run');
    assert.equal(dry.status, 0, dry.stdout);
    assert.match(dry.stdout, /^nothing was changed\. The key [\da-f]{16} would become .*\.retired-[\da-f]{16}/);
    assert.equal(readFileSync(keyFile, 'utf8'), oldText);
    const done = rotate('--data', dir);
    assert.equal(done.status, 0, done.stdout);
    assert.match(done.stdout, /\nkey changed: [\da-f]{16} is .*\.retired-[\da-f]{16} now, [\da-f]{16} is in use\n$/);
    assert.equal(checkpointsIn(done.stdout)[0]?.signatures.length, 2);
    assert.notEqual(readFileSync(keyFile, 'utf8'), oldText);
    clean();
  });

  it('ends with 2 and a sentence when it cannot', async () => {
    const { dir, file, clean } = await ledgerOfABot();
    const lease = takeLease(file);
    const { status, stdout } = rotate('--data', dir);
    lease.end();
    clean();
    assert.equal(status, 2);
    assert.match(stdout, /^key not changed: Another Hardline process is running/);
  });
});

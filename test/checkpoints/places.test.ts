// Where checkpoints are kept outside of the database: the same promises for a file, for Azure Blob Storage and for S3.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketPlace } from '../../src/checkpoints/bucket.ts';
import { containerPlace } from '../../src/checkpoints/container.ts';
import { openFilePlace } from '../../src/checkpoints/file.ts';
import { nameOf, noteOf } from '../../src/checkpoints/note.ts';
import type { CheckpointPlace } from '../../src/casework/ports/checkpoints.ts';
import { isSignedBy, readCheckpoint, writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { IN_FULL } from '../lane.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { startAzurite, type Azurite } from './azurite.ts';
import { startBucket, type BucketInMemory } from './bucket-in-memory.ts';

const NOW = Date.UTC(2026, 0, 5);
const ours = generateKeyPairSync('ed25519');
const strangers = generateKeyPairSync('ed25519');
const never = new AbortController().signal;
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };

const checkpoint = (size: number, { ledger = 'one', end = 'ab', key = ours.privateKey } = {}) =>
  writeCheckpoint({ origin: `hardline/${ledger}`, size, hash: end.repeat(32) }, key);
const anything = (): boolean => true;
const signedByUs = (text: string): boolean => {
  const read = readCheckpoint(text);
  return read !== null && isSignedBy(read, ours.publicKey);
};
const keep = (place: CheckpointPlace, text: string) => place.keep(noteOf(text), never);

/** What every place promises. `open` gives the same place again, as after a restart. */
function keepsCheckpoints(open: () => Promise<CheckpointPlace>): void {
  let place: CheckpointPlace;
  beforeEach(async () => {
    place = await open();
  });
  afterEach(() => place.close());

  it('has nothing at first', async () => {
    assert.deepEqual(await place.newest(anything, never), []);
  });

  it('keeps checkpoints over a restart, and gives back the newest one', async () => {
    for (const size of [1, 2, 9, 10, 99, 100]) assert.deepEqual(await keep(place, checkpoint(size)), { kind: 'kept' });
    await place.close();
    place = await open();
    assert.deepEqual(await place.newest(anything, never), [checkpoint(100)]);
  });

  it('takes the same checkpoint twice, as after an answer that was lost', async () => {
    assert.deepEqual(await keep(place, checkpoint(100)), { kind: 'kept' });
    assert.deepEqual(await keep(place, checkpoint(100, { key: strangers.privateKey })), { kind: 'kept' });
  });

  it('gives back one checkpoint of each ledger', async () => {
    await keep(place, checkpoint(7, { ledger: 'two' }));
    const found = await place.newest(anything, never);
    assert.equal(found.length, 2);
    assert.ok(found.includes(checkpoint(7, { ledger: 'two' })));
  });

  it('looks past what somebody else has put there', async () => {
    await keep(place, checkpoint(5000, { key: strangers.privateKey }));
    assert.deepEqual(
      (await place.newest(signedByUs, never)).map((text) => noteOf(text).size).sort((a, b) => a - b),
      [7, 100],
    );
  });
}

/** What write-once storage promises beside that. */
function keepsWhatItHas(open: () => Promise<CheckpointPlace>): void {
  it('says when it holds another end for a ledger of the same length, and keeps what it had', async () => {
    const place = await open();
    await keep(place, checkpoint(12, { ledger: 'three' }));
    const other = checkpoint(12, { ledger: 'three', end: 'cd' });
    assert.deepEqual(await keep(place, other), { kind: 'differs' });
    const texts = await place.newest(anything, never);
    assert.ok(texts.includes(checkpoint(12, { ledger: 'three' })) && !texts.includes(other));
    await place.close();
  });
}

describe('The names of checkpoints in write-once storage', () => {
  it('put the newest first, so that one list finds it', () => {
    const sizes = [0, 1, 9, 10, 11, 99, 100, 1_000_000];
    const names = sizes.map((size) => nameOf({ origin: 'hardline/one', size, text: '' }));
    assert.deepEqual(names.toSorted(), names.toReversed());
  });
});

describe('A file of checkpoints', () => {
  const { dir, clean } = scratchFolder('checkpoint-file');
  const path = join(dir, 'checkpoints.jsonl');
  after(clean);
  keepsCheckpoints(() => openFilePlace(path, () => NOW));

  it('is only appended to, a JSON line for each', async () => {
    const before = readFileSync(path, 'utf8');
    const place = await openFilePlace(path, () => NOW);
    await keep(place, checkpoint(101));
    await place.close();
    const line = { time: NOW, checkpoint: checkpoint(101), msg: 'ledger checkpoint' };
    assert.equal(readFileSync(path, 'utf8'), `${before}${JSON.stringify(line)}\n`);
  });

  it('survives half a line that a power cut left behind', async () => {
    appendFileSync(path, '{"time":1,"checkpoint":"hardl');
    const place = await openFilePlace(path, () => NOW);
    await keep(place, checkpoint(102));
    assert.ok((await place.newest(signedByUs, never)).includes(checkpoint(102)));
    await place.close();
  });

  it('that cannot be opened stops the start, and the setting is named', async () => {
    await assert.rejects(
      openFilePlace(dir, () => NOW),
      /HARDLINE_CHECKPOINT_FILE: .*EISDIR/,
    );
  });
});

describe('A bucket of checkpoints', () => {
  let s3: BucketInMemory;
  const open = (): Promise<CheckpointPlace> => {
    const { bucket, endpoint } = s3;
    return Promise.resolve(
      bucketPlace({ bucket, endpoint, region: 'eu-central-1', keepDays: 400, now: () => NOW, credentials }),
    );
  };
  before(async () => {
    s3 = await startBucket();
  });
  after(() => s3.close());
  keepsCheckpoints(open);
  keepsWhatItHas(open);

  it('holds every object under a lock that nobody can lift before its time', () => {
    assert.ok(s3.objects.size >= 8);
    for (const { mode, until } of s3.objects.values()) {
      assert.equal(mode, 'COMPLIANCE');
      assert.equal(until.getTime(), NOW + 400 * 86_400_000);
    }
  });

  it('without Object Lock keeps nothing, because anybody could delete it', async () => {
    const open = await startBucket({ locking: false });
    const { bucket, endpoint } = open;
    const place = bucketPlace({ bucket, endpoint, region: 'eu-central-1', keepDays: 1, now: () => NOW, credentials });
    await assert.rejects(keep(place, checkpoint(1)), { name: 'InvalidRequest' });
    assert.equal(open.objects.size, 0);
    await place.close();
    await open.close();
  });
});

if (IN_FULL) {
  describe('A container of checkpoints in Azure Blob Storage', function () {
    this.timeout(60_000);
    let azurite: Azurite | null = null;
    let parts: Parameters<typeof containerPlace>[0];
    const open = (): Promise<CheckpointPlace> => Promise.resolve(containerPlace(parts));
    before(async function () {
      try {
        azurite = await startAzurite();
      } catch (error) {
        if (process.env['CI'] === 'true') throw error; // there, nothing is skipped
        this.skip();
      }
      parts = await azurite.container('checkpoints');
    });
    after(() => azurite?.stop());
    keepsCheckpoints(open);
    keepsWhatItHas(open);
  });
}

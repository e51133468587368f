// Bringing checkpoints to where they are kept: outages, retries, and what people are told.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import type { CheckpointPlace } from '../../src/casework/ports/checkpoints.ts';
import type { LogFields } from '../../src/casework/ports/log.ts';
import { bucketPlace } from '../../src/checkpoints/bucket.ts';
import { openFilePlace } from '../../src/checkpoints/file.ts';
import { keepCheckpoints, type CheckpointKeeper } from '../../src/checkpoints/keeper.ts';
import { writeCheckpoint } from '../../src/ledger/checkpoint.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { openTestTime, type TestTime } from '../test-time.ts';
import { startBucket, type BucketInMemory } from './bucket-in-memory.ts';

const HOUR = 60 * 60_000;
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
const checkpoint = (size: number, end = 'ab'): string =>
  writeCheckpoint({ origin: 'hardline/one', size, hash: end.repeat(32) }, null);

describe('Checkpoints on their way outside', () => {
  let time: TestTime;
  let s3: BucketInMemory;
  let keeper: CheckpointKeeper;
  let metrics: Registry;
  let said: { readonly level: string; readonly message: string; readonly fields: LogFields }[];
  const { dir, clean } = scratchFolder('keeper');
  const path = join(dir, 'checkpoints.jsonl');

  const line = (level: string) => (fields: LogFields, message: string) => void said.push({ level, message, fields });
  const log = { info: line('info'), warn: line('warn'), error: line('error') };
  const bucket = (): CheckpointPlace =>
    bucketPlace({ ...s3, region: 'eu-central-1', keepDays: 1, now: () => 0, credentials });
  const start = (places: readonly CheckpointPlace[]): void => {
    metrics = new Registry();
    keeper = keepCheckpoints({ places, timing: time.timing, log, registry: metrics });
  };
  const sizes = (): readonly number[] =>
    [...s3.objects.values()].map(({ text }) => Number(text.split('\n')[1])).sort((a, b) => a - b);
  const linesInFile = (): number => readFileSync(path, 'utf8').split('\n').length - 1;
  const passes = (milliseconds: number): Promise<void> => time.until(time.wait(milliseconds));

  beforeEach(async () => {
    said = [];
    s3 = await startBucket();
    time = openTestTime();
    start([bucket(), await openFilePlace(path, () => 0)]);
  });
  afterEach(async () => {
    await keeper.close();
    time.end();
    await s3.close();
  });
  after(clean);

  it('arrive at every place', async () => {
    keeper.keep(checkpoint(1));
    await keeper.close();
    assert.deepEqual(sizes(), [1]);
    assert.equal(linesInFile(), 1);
    assert.deepEqual(said, []);
  });

  it('are sent once, however often the same one is made', async () => {
    for (let hour = 0; hour < 3; hour += 1) {
      keeper.keep(checkpoint(2));
      await time.quiet();
    }
    assert.match(await metrics.metrics(), /hardline_checkpoints_total\{place="bucket",outcome="kept"\} 1\n/);
  });

  it('that a place does not take do not keep the others from theirs', async () => {
    const before = linesInFile();
    s3.failWith(503);
    keeper.keep(checkpoint(3));
    await time.quiet();
    await keeper.close();
    assert.equal(linesInFile(), before + 1);
    assert.deepEqual(sizes(), []);
    const [first] = said;
    assert.deepEqual(first, {
      level: 'warn',
      message: 'a checkpoint was not kept; it is tried again',
      fields: { place: 'bucket', why: '503 ServiceUnavailable' },
    });
  });

  it('are tried again until the place takes them, and then the newest one is enough', async () => {
    s3.failWith(503);
    for (const size of [4, 5, 6]) keeper.keep(checkpoint(size));
    await passes(10 * 60_000);
    s3.failWith(null);
    await passes(5 * 60_000);
    assert.deepEqual(sizes(), [6]);
    assert.equal(said.filter(({ level }) => level === 'warn').length, 1, 'one line, not one for each attempt');
  });

  it('that were not kept for an hour are said once in the log, in the metric, and for the leads', async () => {
    s3.failWith(503);
    keeper.keep(checkpoint(7));
    await passes(HOUR - 60_000);
    keeper.look();
    assert.deepEqual(keeper.trouble(), []);
    await passes(60_000);
    keeper.keep(checkpoint(8));
    keeper.look();
    keeper.look();
    assert.deepEqual(keeper.trouble(), [{ place: 'bucket', kind: 'late' }]);
    assert.equal(said.filter(({ message }) => message === 'no checkpoint was kept for an hour').length, 1);
    assert.match(await metrics.metrics(), /hardline_checkpoint_waiting_seconds\{place="bucket"\} 3600\n/);
    s3.failWith(null);
    await passes(5 * 60_000);
    assert.deepEqual(keeper.trouble(), []);
    assert.match(await metrics.metrics(), /hardline_checkpoint_waiting_seconds\{place="bucket"\} 0\n/);
    assert.equal(said.at(-1)?.message, 'checkpoints are kept again');
  });

  it('that differ from what a place holds are said at once: one of the two ledgers was rewritten', async () => {
    keeper.keep(checkpoint(9));
    await time.quiet();
    await keeper.close();
    start([bucket()]);
    keeper.keep(checkpoint(9, 'cd'));
    await time.quiet();
    assert.deepEqual(keeper.trouble(), [{ place: 'bucket', kind: 'differs' }]);
    assert.equal(said.at(-1)?.message, 'a checkpoint differs from the one that is kept outside');
  });

  it('are tried a last time when the bot stops, and a place that does not answer holds up the stop for seconds only', async () => {
    s3.failWith(503);
    keeper.keep(checkpoint(10));
    await time.quiet();
    s3.failWith(null);
    await keeper.close();
    assert.deepEqual(sizes(), [10]);

    const silent: CheckpointPlace = {
      name: 'bucket',
      keep: (_note, signal) =>
        new Promise((_kept, failed) => {
          signal.addEventListener('abort', () => failed(new Error('ended')), { once: true });
        }),
      newest: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    };
    start([silent]);
    keeper.keep(checkpoint(11));
    const before = time.timing.clock();
    await time.until(keeper.close());
    assert.ok(time.timing.clock() - before <= 5000);
  });

  it('are read back from every place, and one that cannot be read is named', async () => {
    keeper.keep(checkpoint(12));
    await keeper.close();
    start([bucket(), await openFilePlace(path, () => 0)]);
    const read = (): Promise<readonly string[]> => keeper.readBack(() => true);
    assert.deepEqual(await read(), [checkpoint(12), checkpoint(12)]);
    s3.failWith(403);
    assert.deepEqual(await read(), [checkpoint(12)]);
    assert.deepEqual(said.at(-1)?.fields, { place: 'bucket' });
  });
});

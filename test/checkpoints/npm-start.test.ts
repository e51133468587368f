// The bot as `npm start` runs it, without the right to open files for writing once it works: checkpoints still leave the process.
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSignedBy } from '../../src/ledger/checkpoint.ts';
import { checkpointKeyId } from '../../src/ledger/checkpoint-key.ts';
import { checkpointsIn } from '../../src/ledger/checkpoint-lines.ts';
import { openBotProcess, readyToIssue, until } from '../faults/bot-process.ts';
import { TESS } from '../scenarios/helpdesk.ts';
import { itInFull } from '../lane.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { startBucket } from './bucket-in-memory.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: { readonly start: string };
};
const OPTIONS = scripts.start.split(' ').slice(1, -1);

describe('npm start', function () {
  this.timeout(120_000);

  itInFull(
    'keeps checkpoints in a file and in a bucket at the start, after a pass, and when it is stopped',
    async () => {
      const { dir, clean } = scratchFolder('npm-start');
      const s3 = await startBucket();
      const file = join(dir, 'checkpoints.jsonl');
      const { privateKey } = generateKeyPairSync('ed25519');
      const bot = await openBotProcess(
        {},
        {
          options: OPTIONS,
          environment: {
            HARDLINE_CHECKPOINT_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
            HARDLINE_CHECKPOINT_FILE: file,
            HARDLINE_CHECKPOINT_BUCKET: s3.bucket,
            HARDLINE_CHECKPOINT_BUCKET_REGION: 'eu-central-1',
            HARDLINE_CHECKPOINT_BUCKET_ENDPOINT: s3.endpoint,
            AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
            AWS_SECRET_ACCESS_KEY: 'example',
          },
        },
      );
      const inFile = () => checkpointsIn(readFileSync(file, 'utf8')).map(({ size }) => size);
      const inBucket = () => [...s3.objects.values()].map(({ text }) => Number(text.split('\n')[1]));
      const newest = (sizes: readonly number[]): number => Math.max(...sizes);

      await bot.start();
      await until(() => inFile().length === 1 && inBucket().length === 1, 'the start is kept');
      await readyToIssue(bot);
      const before = newest(inBucket());
      await bot.press(TESS, 'issue-pass');
      await until(() => newest(inBucket()) > before && newest(inFile()) > before, 'the pass is kept');
      process.kill(bot.pid(), 'SIGTERM');
      await until(() => {
        try {
          return !process.kill(bot.pid(), 0);
        } catch {
          return true;
        }
      }, 'the bot has stopped');
      const printed = checkpointsIn(bot.output());
      const last = printed.at(-1)?.size ?? 0;
      assert.deepEqual([newest(inFile()), newest(inBucket())], [last, last]);
      assert.ok(printed.every((one) => isSignedBy(one, createPublicKey(privateKey))));
      assert.doesNotMatch(bot.output(), /was not kept|could not be read/);
      const half = readFileSync(join(bot.dataFolder, `checkpoint-key-${checkpointKeyId(privateKey)}.pub`), 'utf8');
      assert.equal(checkpointKeyId(createPublicKey(half)), checkpointKeyId(privateKey));

      await bot.start();
      await until(() => newest(inFile()) >= last, 'it starts again on what it kept');
      assert.doesNotMatch(bot.output(), /was not kept|could not be read|differs/);
      await bot.close();
      await s3.close();
      clean();
    },
  );
});

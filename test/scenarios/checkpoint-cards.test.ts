// The leads hold a checkpoint of every day, and hear when checkpoints do not arrive where they are kept.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readCheckpoint } from '../../src/ledger/checkpoint.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { nameOf } from '../../src/checkpoints/note.ts';
import { startBucket } from '../checkpoints/bucket-in-memory.ts';
import { ADA, openHelpdesk, type Helpdesk } from './helpdesk.ts';

const HOUR = 60;
const TEXT = /"text":"(hardline\/[\w-]+)".*"text":"(\d+)".*"text":"([\w+/]{43}=)"/;

describe('The leads and the checkpoints of the log', () => {
  let helpdesk: Helpdesk;
  afterEach(() => helpdesk.close());
  const credentials = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
  const found = Object.keys(credentials).map((name) => [name, process.env[name]] as const);
  before(() => Object.assign(process.env, credentials));
  after(() => {
    for (const [name, value] of found)
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  });

  const about = (what: RegExp) =>
    helpdesk.messages(ADA).filter(({ card }) => card !== null && what.test(JSON.stringify(card)));

  it('get one on a card every day, also when the bot was started again in between, and it proves the log', async () => {
    helpdesk = await openHelpdesk({ environment: { HARDLINE_CHECKPOINT_CARD: 'daily' } });
    const days = () => about(/checkpoint of the log/);
    await helpdesk.tick();
    assert.equal(days().length, 1);
    helpdesk.pass(HOUR);
    await helpdesk.stopBot();
    await helpdesk.startBot();
    await helpdesk.tick();
    assert.equal(days().length, 1);
    helpdesk.pass(24 * HOUR);
    await helpdesk.tick();
    await helpdesk.tick();
    assert.equal(days().length, 2);

    const [, ...lines] = TEXT.exec(JSON.stringify(days()[0]?.card)) ?? [];
    const since = readCheckpoint(`${lines.join('\n')}\n`);
    assert.ok(since !== null);
    const file = join(helpdesk.dataFolder, 'hardline.sqlite');
    assert.equal((await verifyFile(file, { since, publicKey: null, thorough: false })).ok, true);
    assert.deepEqual(
      (await helpdesk.ledger())
        .filter(({ code }) => code === 'checkpoint.card.outcome')
        .map(({ detail }) => detail['what']),
      ['daily', 'daily'],
    );
  });

  it('get none when nobody wants them', async () => {
    helpdesk = await openHelpdesk();
    await helpdesk.tick();
    assert.equal(about(/checkpoint/i).length, 0);
  });

  it('hear once that the bucket holds another end of the log, which somebody then rewrote', async () => {
    const s3 = await startBucket();
    const settings = {
      HARDLINE_CHECKPOINT_BUCKET: s3.bucket,
      HARDLINE_CHECKPOINT_BUCKET_REGION: 'eu-central-1',
      HARDLINE_CHECKPOINT_BUCKET_ENDPOINT: s3.endpoint,
    };
    helpdesk = await openHelpdesk({ environment: settings });
    await helpdesk.stopBot();
    const [[, kept] = []] = s3.objects;
    assert.ok(kept !== undefined, 'the start was kept');
    const [origin = ''] = kept.text.split('\n');
    const sizes = [...s3.objects.values()].map(({ text }) => Number(text.split('\n')[1]));
    // The next start has one entry more, its own.
    const size = Math.max(...sizes) + 1;
    s3.plant(nameOf({ origin, size, text: '' }), { ...kept, text: `${origin}\n${size}\n${'A'.repeat(43)}=\n` });
    await helpdesk.startBot();
    await helpdesk.tick();
    await helpdesk.tick();
    assert.equal(about(/differs from a checkpoint that was kept/).length, 1);
    await s3.close();
  });
});

// Checkpoints prove that the ledger was not cut short. They are evidence, so no log level drops them.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { startHardline } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { isSignedBy, readCheckpoint } from '../../src/ledger/checkpoint.ts';
import { FERNHILL, startTenant, type RunningTenant } from '../../demo/tenant/start.ts';
import { environmentFor } from '../scenarios/environment.ts';
import { scratchFolder } from '../scratch-folder.ts';

describe('A signed checkpoint', function () {
  this.timeout(60_000);
  let tenant: RunningTenant;
  before(async () => {
    tenant = await startTenant({ port: 0, seed: FERNHILL });
  });
  after(() => tenant.close());

  for (const level of ['info', 'warn', 'error', 'silent']) {
    it(`is written at every start and at every stop when the log level is ${level}`, async () => {
      const { dir, clean } = scratchFolder('checkpoints');
      const lines: string[] = [];
      const logTo = new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(chunk.toString('utf8'));
          done();
        },
      });
      const settings = { ...environmentFor(tenant.origin, dir), HARDLINE_LOG_LEVEL: level };
      const written = (): readonly (string | undefined)[] =>
        lines
          .map((line) => JSON.parse(line) as { readonly msg: string; readonly checkpoint?: string })
          .filter(({ msg }) => msg === 'ledger checkpoint')
          .map(({ checkpoint }) => checkpoint);
      const bot = await startHardline(readConfig(settings), { logTo, withoutTimers: true });
      assert.equal(written().length, 1);
      await bot.close();
      assert.equal(written().length, 2);
      const key = createPublicKey(readFileSync(join(dir, 'checkpoint-key.pem.pub')));
      clean();
      for (const text of written()) {
        const checkpoint = readCheckpoint(text ?? '');
        assert.ok(checkpoint !== null && isSignedBy(checkpoint, key));
      }
    });
  }
});

/** The tenant as a program of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { itInFull } from '../lane.ts';

const RUN = fileURLToPath(new URL('../../demo/tenant/run.ts', import.meta.url));

function start(...options: string[]) {
  const program = spawn(process.execPath, [RUN, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { out: '', err: '' };
  program.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  program.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  return { program, output };
}

describe('the tenant as a program', () => {
  it('says once that it is ready, answers, and stops cleanly on Ctrl-C', async () => {
    const { program, output } = start('--port', '0');
    await once(program.stdout, 'data');
    const origin = /^ready (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(output.out)?.[1];
    assert.ok(origin, output.out + output.err);
    const answer = await fetch(`${origin}/v1.0/organization`, { headers: { Authorization: 'Bearer any' } });
    assert.equal(answer.status, 200);
    await answer.text();
    program.kill('SIGINT');
    assert.deepEqual(await once(program, 'close'), [0, null]);
    assert.equal(output.err, '');
  });

  it('tells everything that is wrong with a seed, in one message', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'seed-'));
    const file = join(folder, 'seed.json');
    writeFileSync(file, JSON.stringify({ tenantId: 'x', people: 'none' }));
    try {
      const { program, output } = start('--seed', file);
      assert.deepEqual(await once(program, 'close'), [1, null]);
      for (const place of ['tenantId', 'displayName', 'domain', 'people'])
        assert.match(output.err, new RegExp(`^- ${place}: `, 'm'));
      assert.ok(!output.err.includes('    at '), 'no stack');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  itInFull('says when there is no such seed, or the port is none', async () => {
    const missing = start('--seed', '/nowhere/seed.json');
    assert.deepEqual(await once(missing.program, 'close'), [1, null]);
    assert.match(missing.output.err, /^ENOENT/);
    const odd = start('--port', 'many');
    assert.deepEqual(await once(odd.program, 'close'), [1, null]);
    assert.match(odd.output.err, /port/);
    assert.ok(!odd.output.err.includes('    at '), 'no stack');
  });
});

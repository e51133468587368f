import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itInFull } from '../lane.ts';

const RUN = join(import.meta.dirname, '..', '..', 'demo', 'run.ts');

interface Run {
  readonly child: ChildProcess;
  out: string;
  err: string;
  readonly ended: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [RUN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const started: Run = { child, out: '', err: '', ended: once(child, 'exit').then(([code]) => code as number | null) };
  child.stdout.on('data', (chunk: Buffer) => (started.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (started.err += chunk.toString()));
  return started;
}

async function untilReady(started: Run): Promise<string> {
  for (;;) {
    const origin = /^ready (http:\/\/127\.0\.0\.1:\d+)$/m.exec(started.out)?.[1];
    if (origin !== undefined) return origin;
    const more = await Promise.race([once(started.child.stdout!, 'data'), started.ended]);
    assert.ok(Array.isArray(more), `it ended before it was ready: ${started.err}`);
  }
}

describe('npm run demo', function () {
  this.timeout(40_000);

  it('says ready once, answers, and stops cleanly at Ctrl-C', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hardline-run-'));
    try {
      const started = run('--port', '0', '--no-open', '--data', folder);
      const origin = await untilReady(started);
      const page = await fetch(origin);
      assert.equal(page.status, 200);
      assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.match(await page.text(), /Hardline/);
      started.child.kill('SIGINT');
      assert.equal(await started.ended, 0);
      assert.equal(started.out.match(/^ready /gm)?.length, 1);
      assert.equal(started.err, '');
      assert.ok(
        (await readdir(folder)).some((name) => name.endsWith('.sqlite')),
        'the ledger is kept',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  itInFull('serves the bot and the tenant under the address it names', async () => {
    const started = run('--port', '0', '--no-open');
    const origin = await untilReady(started);
    const state = await fetch(`${origin}/_control/state`);
    assert.equal(((await state.json()) as { forbiddenAttempts: number }).forbiddenAttempts, 0);
    const bot = await fetch(`${origin}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message' }),
    });
    assert.ok(bot.status >= 400 && bot.status < 500, 'the bot refuses what is no activity');
    started.child.kill('SIGTERM');
    assert.equal(await started.ended, 0);
  });

  itInFull('says in one line that the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const started = run('--port', String(port), '--no-open');
    assert.equal(await started.ended, 1);
    assert.equal(started.err.trim().split('\n').length, 1);
    assert.match(started.err, new RegExp(`Port ${port} is taken`));
    assert.equal(started.out, '');
    other.close();
  });

  itInFull('explains itself: help, wrong flags, unknown stories, a missing seed', async () => {
    const help = run('--help');
    assert.equal(await help.ended, 0);
    assert.match(help.out, /phone-left-at-home/);
    const mistakes = [
      ['--prot', '1'],
      ['--port', 'x'],
      ['--port', ''],
      ['--tenant-port', '-1'],
      ['--graph-through', 'https://proxy.example'],
      ['--story', 'x'],
      ['extra'],
    ];
    for (const wrong of mistakes) {
      const started = run(...wrong);
      assert.equal(await started.ended, 2, wrong.join(' '));
      assert.match(started.err, /Usage: npm run demo/);
    }
    const missing = run('--tenant', join(tmpdir(), 'no-such-seed.json'), '--no-open');
    assert.equal(await missing.ended, 1);
    assert.match(missing.err, /no-such-seed/);
  });
});

// Loaded into a bot before its own code. At SIGUSR2 it writes what is in memory to MEMORY_FILE, after collecting what nobody
// needs; without that variable, it tries what the process must not be able to do, and says how each attempt ended.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { open } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { Worker } from 'node:worker_threads';

const ATTEMPTS: Readonly<Record<string, () => unknown>> = {
  'write a file': () => {
    writeFileSync(join(tmpdir(), `hardline-probe-${process.pid}`), '');
  },
  'start a program': () => {
    const { error } = spawnSync(process.execPath, ['--version']);
    if (error !== undefined) throw error;
  },
  'start a thread': () => new Worker('', { eval: true }),
  'open the inspector': () => {
    open(0);
  },
  'load native code': () => {
    process.dlopen({ exports: {} }, '/no/such/addon.node');
  },
};

/** A string that is made while it runs and is held, as a control. */
const held = { text: ['kept', 'by', process.pid].join(' ') };

function outcome(attempt: () => unknown): string {
  try {
    attempt();
    return 'done';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  }
}

process.on('SIGUSR2', () => {
  const file = process.env['MEMORY_FILE'];
  if (file === undefined) {
    const tried = Object.entries(ATTEMPTS).map(([what, attempt]) => [what, outcome(attempt)]);
    process.stderr.write(`looked inside ${JSON.stringify(Object.fromEntries(tried))}\n`);
    return;
  }
  globalThis.gc?.();
  writeHeapSnapshot(file);
  process.stderr.write(`looked inside ${JSON.stringify({ held: held.text })}\n`);
});

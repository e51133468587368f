/**
 * Lets single system calls of the ledger's files fail, or kills the process in them (as Tessera's fault test does).
 * About two dozen chosen calls, in the full lane; FAULT_ROUNDS=all lets every one of them fail in every way.
 */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { openLedger } from '../../src/ledger/open.ts';
import { itInFull } from '../lane.ts';
import { counting, draft, entry, morning, opened, scratch } from '../ledger/fixtures.ts';
import { codesIn, needs, promised, runs, runWriter } from './ledger-process.ts';

const STRACE = ['strace', '-f', '-qq', '--seccomp-bpf'];
const CALLS = ['pwrite64', 'fsync', 'ftruncate', 'openat', 'pread64', 'unlink'];
const FAULTS = ['error=EIO', 'error=ENOSPC', 'signal=SIGKILL', 'persistent error=EIO'];
const EVERY_ONE = process.env['FAULT_ROUNDS'] === 'all';
const CHOSEN = 24;

interface Trial {
  readonly call: string;
  readonly position: number;
  readonly fault: string;
}

describe('A system call that fails', () => {
  const { dir, file: filled, clean } = scratch();
  after(clean);

  before(async function () {
    needs(this, 'strace', runs('strace', '-f', '-qq', '--seccomp-bpf', 'true'));
    const ledger = await openLedger({ file: filled, now: () => morning, newId: counting() });
    await ledger.openCase(draft(), opened, morning);
    await ledger.record([entry('turn.before')], morning);
    await ledger.close();
  });

  it('would be noticed: before each promise the log was synced to the disk', async () => {
    const file = `${dir}/synced.db`;
    copyFileSync(filled, file);
    const trace = `${dir}/synced.trace`;
    const before = [...STRACE, '-y', '-s', '40', '-e', 'trace=pwrite64,write,fsync,fdatasync', '-o', trace];
    const { lines } = await runWriter([file, 'append', 'a', '5'], { before });
    assert.equal(promised(lines).length, 15);
    let unsynced = 0;
    let promises = 0;
    for (const line of readFileSync(trace, 'utf8').split('\n')) {
      if (/pwrite64\(.*-wal>/.test(line)) unsynced += 1;
      else if (/(fsync|fdatasync)\(.*-wal>\)\s+= 0/.test(line)) unsynced = 0;
      else if (/write\(1<.*"written /.test(line)) {
        promises += 1;
        assert.equal(unsynced, 0, `a promise was made before the sync: ${line}`);
      }
    }
    assert.equal(promises, 15);
  });

  async function countCalls(): Promise<ReadonlyMap<string, number>> {
    const file = `${dir}/counted.db`;
    copyFileSync(filled, file);
    const trace = `${dir}/counted.trace`;
    const before = [...STRACE, ...onlyFilesOf(file), '-e', `trace=${CALLS.join(',')}`, '-o', trace];
    await runWriter([file, 'append', 'a', '1'], { before });
    const counts = new Map<string, number>();
    for (const line of readFileSync(trace, 'utf8').split('\n')) {
      const call = /^\d+ +(\w+)\(/.exec(line)?.[1];
      if (call !== undefined) counts.set(call, (counts.get(call) ?? 0) + 1);
    }
    return counts;
  }

  function onlyFilesOf(file: string): readonly string[] {
    return ['', '-wal', '-shm'].flatMap((suffix) => ['-P', file + suffix]);
  }

  async function run({ call, position, fault }: Trial): Promise<void> {
    const name = `${call}-${position}-${fault.replaceAll(/\W/g, '-')}`;
    const folder = `${dir}/${name}`;
    mkdirSync(folder);
    const file = `${folder}/ledger.db`;
    copyFileSync(filled, file);
    const persistent = fault.startsWith('persistent ');
    const what = fault.replace('persistent ', '');
    const inject = `inject=${call}:${what}:when=${position}${persistent ? '+' : ''}`;
    const before = [...STRACE, ...onlyFilesOf(file), '-e', `trace=${call}`, '-e', inject, '-o', '/dev/null'];
    const { lines, errors } = await runWriter([file, 'append', 'a', '2'], { before });
    assert.equal(errors, '', `${name}: an error that is no Fault`);
    const found = await codesIn(file);
    for (const code of ['case.opened', 'turn.before', ...promised(lines)]) {
      assert.ok(found.has(code), `${name}: ${code} was promised and is lost`);
    }
  }

  itInFull('costs no promise and never damages the ledger', async function () {
    this.timeout(EVERY_ONE ? 1_200_000 : 120_000);
    const trials: Trial[] = [];
    for (const [call, count] of await countCalls()) {
      for (let position = 1; position <= count; position += 1) {
        for (const fault of FAULTS) trials.push({ call, position, fault });
      }
    }
    const stride = EVERY_ONE ? 1 : Math.max(1, Math.ceil(trials.length / CHOSEN) | 1);
    const chosen = trials.filter((_, index) => index % stride === 0);
    assert.ok(chosen.length >= CHOSEN / 2, `only ${chosen.length} calls were put to the test`);
    for (const trial of chosen) await run(trial);
  });
});

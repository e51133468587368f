import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { itInFull } from '../lane.ts';
import { codesIn, needs, promised, runs, runWriter, skipUnless } from './ledger-process.ts';
import { scratch } from '../ledger/fixtures.ts';

/** A mount of our own, without being root where the kernel allows it. */
const OWN_MOUNTS = ['--user', '--map-root-user', '--mount'];

describe('A disk that is full', () => {
  const { dir, clean } = scratch();
  after(clean);

  function checkWhatIsLeft(lines: readonly string[], found: ReadonlySet<string>): void {
    const written = promised(lines);
    const refused = lines.filter((line) => line === 'refused ledger-unwritable');
    assert.ok(written.length > 10, `only ${written.length} were written before the disk was full`);
    assert.ok(refused.length > 10, `only ${refused.length} were refused`);
    assert.equal(written.length + refused.length + 2, lines.length, 'every turn was either written or refused');
    assert.deepEqual(
      written.filter((code) => !found.has(code)),
      [],
    );
    assert.equal(lines.at(-1), 'closed');
  }

  itInFull('refuses every further turn, keeps what was promised, and leaves a ledger that verifies', async function () {
    this.timeout(60_000);
    // Some kernels forbid it, on build machines too; the quota below makes the same promise everywhere.
    skipUnless(this, 'a tmpfs of our own', runs('unshare', ...OWN_MOUNTS, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt'));
    const mount = `${dir}/small`;
    const out = `${dir}/after.db`;
    mkdirSync(mount);
    // The small disk is gone with the process that mounted it; what was on it is copied out at the end.
    const script = `mount -t tmpfs -o size=1200k tmpfs ${mount} && "$@"; cp ${mount}/ledger.db ${out}; [ ! -e ${mount}/ledger.db-wal ] || cp ${mount}/ledger.db-wal ${out}-wal`;
    const before = ['unshare', ...OWN_MOUNTS, 'sh', '-c', script, 'sh'];
    const ended = await runWriter([`${mount}/ledger.db`, 'append', 'full', '80'], { before });
    assert.equal(ended.errors, '');
    checkWhatIsLeft(ended.lines, await codesIn(out));
  });

  it('refuses in the same way when a quota on the file is reached', async function () {
    this.timeout(60_000);
    needs(this, 'sh with ulimit -f', runs('sh', '-c', 'ulimit -f 3000'));
    const file = `${dir}/quota.db`;
    const before = ['sh', '-c', 'ulimit -f 3000; exec "$@"', 'sh'];
    const ended = await runWriter([file, 'append', 'quota', '150'], { before });
    assert.equal(ended.errors, '');
    checkWhatIsLeft(ended.lines, await codesIn(file));
  });
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/open.ts';
import { itInFull, rowsOf } from '../lane.ts';
import { counting, entry, lena, minutesLater, morning, openCase, opened, scratch } from '../ledger/fixtures.ts';
import { recomputeFrom, tamper } from '../ledger/tampering.ts';
import { runExport } from './export-command.ts';

const ENTRIES = 1203; // more than two groups of a read

describe('npm run ledger:export', function () {
  this.timeout(60_000);
  const { file, dir, clean } = scratch();
  const open = () => openLedger({ file, now: () => morning, newId: counting() });
  const jsonl = (...args: readonly string[]) => runExport('--format', 'jsonl', '--file', file, '--no-entry', ...args);
  const seqs = (out: string): readonly number[] =>
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { seq: number }).seq);
  const from = (first: number, last: number): readonly number[] =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);

  before(async () => {
    const ledger = await open();
    const { case: one } = await openCase(ledger, {}, opened, morning); // entry 1
    for (let minute = 1; minute <= 2; minute += 1) {
      const codes = Array.from({ length: 600 }, () => entry('log.read', { about: null }));
      await ledger.record(codes, minutesLater(minute));
    }
    await ledger.record([entry('case.read', { caseId: one.id, about: one.caller })], minutesLater(3));
    await ledger.record([entry('case.refused', { detail: { remark: '=1+1' } })], minutesLater(3));
    await ledger.close();
  });
  after(clean);

  it('exports every entry once, in order, and says how many, which, and the head', () => {
    const { code, out, says } = jsonl();
    assert.equal(code, 0, says);
    assert.deepEqual(seqs(out), from(1, ENTRIES));
    assert.match(
      says,
      /^export ok: 1203 entries exported, entries 1 to 1203 read and verified; head 1203 [0-9a-f]{64} \(reached\)$/,
    );
  });

  it('takes a range by number and by time, and one case', () => {
    const all: readonly (readonly [readonly string[], readonly number[]])[] = [
      [['--since', '1200'], from(1200, ENTRIES)],
      [
        ['--until', '3'],
        [1, 2, 3],
      ],
      [['--since', '599', '--until', '602'], from(599, 602)],
      [['--since', '2026-01-05T09:02:00Z'], from(602, ENTRIES)],
      [['--since', '2026-01-05T10:02:00+01:00', '--until', '2026-01-05T09:02:00Z'], from(602, 1201)],
      [['--since', '2026-01-06'], []],
      [
        ['--case', '1'],
        [1, 1202],
      ],
    ];
    for (const [args, expected] of rowsOf(all, (_row, n) => n === 4)) {
      const { code, out, says } = jsonl(...args);
      assert.equal(code, 0, says);
      assert.deepEqual(seqs(out), expected, args.join(' '));
    }
  });

  itInFull('writes into a new file of its owner, which gets its name when it is whole, and replaces none', () => {
    const target = join(dir, 'out.csv');
    const args = ['--format', 'csv', '--bom', '--data', dir, '--no-entry', '--out', target];
    const { code, out, says } = runExport(...args);
    assert.equal(code, 0, says);
    assert.equal(out, '');
    assert.equal(statSync(target).mode & 0o777, 0o600);
    assert.equal(readFileSync(target, 'utf8').split('\r\n').length, ENTRIES + 2);
    assert.equal(existsSync(`${target}.part`), false);
    assert.equal(runExport(...args).code, 2, 'it is there already');
  });

  itInFull('works beside the bot and writes nothing to the database', async () => {
    const ledger = await open();
    const before = readFileSync(file);
    assert.equal(runExport('--format', 'ecs', '--file', file).code, 0);
    assert.deepEqual(readFileSync(file), before);
    await ledger.close();
  });

  it('is written down by the bot: who, when, and what, once for each export', async () => {
    const ledger = await open();
    await ledger.takeInExports(morning); // those of the tests before
    const before = await ledger.entries({ caseId: null, codes: ['ledger.exported'], limit: 100 });
    runExport('--format', 'cef', '--file', file, '--since', '2', '--case', '1');
    assert.deepEqual(await ledger.takeInExports(morning), { taken: 1, unreadable: 0 });
    assert.deepEqual(await ledger.takeInExports(morning), { taken: 0, unreadable: 0 });
    await ledger.close();
    const again = await open(); // a restart reads the file from its beginning
    assert.deepEqual(await again.takeInExports(morning), { taken: 0, unreadable: 0 });
    const after = await again.entries({ caseId: null, codes: ['ledger.exported'], limit: 100 });
    assert.equal(after.length, before.length + 1);
    const { by, madeAt, ...rest } = after[0]!.detail;
    assert.deepEqual(rest, { format: 'cef', since: '2', until: null, onlyCase: 1, to: 'standard output' });
    assert.ok(typeof by === 'string' && by.length > 0);
    assert.ok(!Number.isNaN(Date.parse(String(madeAt))));
    await again.close();
  });

  itInFull('a line that is no note is counted and left out, and the next one still becomes an entry', async () => {
    const ledger = await open();
    await ledger.takeInExports(morning);
    const notes = join(dir, 'exports-made.jsonl');
    assert.equal(statSync(notes).mode & 0o777, 0o600);
    writeFileSync(notes, 'nonsense\n{"id":1}\n', { flag: 'a' });
    runExport('--format', 'jsonl', '--file', file);
    assert.deepEqual(await ledger.takeInExports(morning), { taken: 1, unreadable: 2 });
    await ledger.close();
  });

  itInFull('says that a detail was erased, and exports the entry all the same', async () => {
    const copy = join(dir, 'erased.sqlite');
    writeFileSync(copy, readFileSync(file));
    const ledger = await openLedger({ file: copy, now: () => morning, newId: counting() });
    await ledger.erase(lena, minutesLater(5));
    await ledger.close();
    const { code, out } = runExport(
      '--format',
      'jsonl',
      '--file',
      copy,
      '--no-entry',
      '--since',
      '1203',
      '--until',
      '1203',
    );
    assert.equal(code, 0);
    const { detail, erased } = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual({ detail, erased }, { detail: null, erased: true });
  });

  it('ends with 1 before an entry that is not what was written', () => {
    const all: readonly (readonly [string, (copy: string) => void])[] = [
      [
        'entry 700 was altered',
        (copy) => tamper(copy, (db) => db.exec("update entries set code = 'log.x' where seq = 700")),
      ],
      [
        'entry 701 does not continue the chain',
        (copy) =>
          tamper(copy, (db) => {
            db.exec('create table rest as select * from entries where seq > 700');
            db.exec("update entries set code = 'log.x' where seq = 700");
            recomputeFrom(db, 700);
            db.exec('delete from entries where seq > 700; insert into entries select * from rest; drop table rest');
          }),
      ],
      ['entry 700 is missing', (copy) => tamper(copy, (db) => db.exec('delete from entries where seq = 700'))],
      [
        'the detail of entry 700 is missing',
        (copy) => tamper(copy, (db) => db.exec('delete from details where seq = 700')),
      ],
      [
        'the detail of entry 700 was altered',
        (copy) => tamper(copy, (db) => db.exec("update details set detail = '{}' || ' ' where seq = 700")),
      ],
      [
        'the chain does not end where its head says',
        (copy) => tamper(copy, (db) => db.exec("update chain_head set hash = 'x'")),
      ],
    ];
    for (const [index, [sentence, hand]] of rowsOf(all, (_row, n) => n === 0).entries()) {
      const copy = join(dir, `tampered-${index}.sqlite`);
      writeFileSync(copy, readFileSync(file));
      hand(copy);
      const { code, out, says } = runExport('--format', 'jsonl', '--file', copy, '--no-entry', '--since', '600');
      assert.equal(says, `export BROKEN: ${sentence}; what was written ends before it`);
      assert.equal(code, 1);
      assert.ok(!seqs(out).some((seq) => seq >= 700 && sentence.includes('70')), 'nothing from there on');
    }
  });

  it('ends with 2 when there is nothing it could export, or an option is wrong', () => {
    const all = [
      ['--format', 'xml', '--file', file],
      ['--file', file],
      ['--format', 'csv', '--file', join(dir, 'missing.sqlite')],
      ['--format', 'csv', '--file', file, '--since', 'yesterday'],
      ['--format', 'csv', '--file', file, '--since', '2026-01-05T09:00:00'],
      ['--format', 'csv', '--file', file, '--case', '0'],
      ['--format', 'csv', '--file', file, '--wrong'],
    ];
    for (const args of rowsOf(all, (_args, n) => n === 2)) {
      const { code, out, says } = runExport(...args, '--no-entry');
      assert.equal(code, 2, says);
      assert.match(says, /^ledger not exported: /);
      assert.equal(out, '');
    }
  });

  itInFull('explains itself', () => {
    const { code, out } = runExport('--help');
    assert.equal(code, 0);
    for (const option of ['--format', '--since', '--until', '--case', '--out', '--no-entry', 'Exit code']) {
      assert.ok(out.includes(option), option);
    }
  });
});

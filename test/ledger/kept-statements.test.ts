import assert from 'node:assert/strict';
import SqliteDatabase from 'better-sqlite3';
import { withKeptStatements } from '../../src/ledger/kept-statements.ts';

describe('The queries of the ledger', () => {
  it('are prepared once, and give what is in the file now', () => {
    const database = new SqliteDatabase(':memory:');
    database.exec('create table notes (text text not null)');
    const kept = withKeptStatements(database);
    const add = kept.prepare('insert into notes values (?)');
    const all = kept.prepare('select text from notes');
    add.run(['first']);
    assert.deepEqual(all.all([]), [{ text: 'first' }]);
    assert.equal(kept.prepare('insert into notes values (?)'), add);
    kept.prepare('insert into notes values (?)').run(['second']);
    assert.deepEqual(kept.prepare('select text from notes').all([]), [{ text: 'first' }, { text: 'second' }]);
    kept.close();
    assert.equal(database.open, false);
  });

  it('do not pile up: of a thousand different ones the oldest are let go, and those in use stay', () => {
    const database = new SqliteDatabase(':memory:');
    const kept = withKeptStatements(database);
    const inUse = kept.prepare('select 1 as n');
    const unused = kept.prepare('select 2 as n');
    for (let n = 0; n < 1000; n += 1) {
      kept.prepare(`select ${n} as other`);
      assert.equal(kept.prepare('select 1 as n'), inUse);
    }
    assert.notEqual(kept.prepare('select 2 as n'), unused);
    assert.deepEqual(kept.prepare('select 2 as n').all([]), [{ n: 2 }]);
    kept.close();
  });

  it('can be asked again after one has failed', () => {
    const database = new SqliteDatabase(':memory:');
    database.exec('create table once (id integer primary key)');
    const kept = withKeptStatements(database);
    const sql = 'insert into once values (?)';
    kept.prepare(sql).run([1]);
    assert.throws(() => kept.prepare(sql).run([1]), /UNIQUE/);
    kept.prepare(sql).run([2]);
    assert.deepEqual(kept.prepare('select count(*) as n from once').all([]), [{ n: 2 }]);
    kept.close();
  });
});

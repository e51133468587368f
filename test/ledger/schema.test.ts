import assert from 'node:assert/strict';
import SqliteDatabase from 'better-sqlite3';
import { openLedger } from '../../src/ledger/open.ts';
import { counting, draft, entry, morning, opened, scratch } from './fixtures.ts';

/** Every column there is. A new one is added here with a reason why it can hold no name, no full number and no pass. */
const COLUMNS = {
  activities: ['fingerprint', 'seen_at'], // a hash
  card_holds: ['case_id', 'held_until'], // a number and a time
  card_places: ['activity', 'case_id', 'conversation'], // ids of the channel
  cases: [
    'body', // checked field by field against the shape of a case
    'caller',
    'closed_at',
    'id',
    'opened_at',
    'salt',
    'sealed_by',
    'state',
    'technician',
    'version',
  ],
  chain_head: ['hash', 'id', 'origin', 'seal', 'seq'],
  signatures: ['key_id', 'seq', 'signature'],
  conversations: ['language', 'person', 'reference', 'roles', 'seen_at'], // what teams/ needs to find the chat again; role names; two letters
  details: ['detail', 'salt', 'seq'], // plain values of limited length, erasable
  entries: [
    'about',
    'actor',
    'at',
    'case_digest',
    'case_id',
    'code',
    'detail_commitment',
    'hash',
    'intent_id',
    'prev',
    'seq',
  ],
  index_events: ['at', 'id', 'person', 'what'], // `what` is checked field by field; its one text is the cleaned reason or an activity's name
  index_facts: ['changed_at', 'digest', 'fact', 'first_seen_at', 'person'], // keyed digests of 43 characters, never a value
  index_groups: ['group_id'],
  index_key: ['check_value', 'id'], // tells whether a key is the right one, and nothing about it
  index_members: ['group_id', 'person'],
  index_registrations: ['facts', 'person', 'read_at'], // four yes or no and a time, checked field by field
  index_risks: ['at', 'confirmed_compromised', 'level', 'person'], // one of four words
  index_sources: ['cursor', 'observed_since', 'seen_up_to', 'source', 'trouble'], // Graph's own link, times, a code
  intents_under_way: ['intent_id', 'owner'], // random ids of an effect and of a process
  leases: ['beat', 'fence', 'holder', 'name'], // two numbers, a random id, and the name of a kind of work or of a process
  request_cards: ['activity', 'case_id', 'conversation', 'person', 'purpose'], // where a request card is
  shipping: ['destination', 'hash', 'seq'], // how far the SIEM has the ledger
};

describe('The tables of the ledger', () => {
  const { file, clean } = scratch();
  after(clean);

  it('have no column for a name, a full number or a pass', async () => {
    await (await openLedger({ file, now: () => morning, newId: counting() })).close();
    const database = new SqliteDatabase(file, { readonly: true });
    const rows = database
      .prepare(
        `select t.name as "table", c.name as "column" from pragma_table_list t, pragma_table_info(t.name) c
         where t.schema = 'main' and t.name not like 'sqlite_%'`,
      )
      .all() as { table: string; column: string }[];
    const found: Record<string, string[]> = {};
    for (const { table, column } of rows) (found[table] ??= []).push(column);
    for (const columns of Object.values(found)) columns.sort();
    assert.deepEqual(found, COLUMNS);
    database.close();
  });

  it('are all STRICT, so that a column holds what it says', () => {
    const database = new SqliteDatabase(file, { readonly: true });
    const loose = database
      .prepare("select name from pragma_table_list where schema = 'main' and strict = 0 and name not like 'sqlite_%'")
      .all();
    assert.deepEqual(loose, []);
    database.close();
  });

  it('refuse to change, replace, remove or misplace an entry, and to change a detail', async () => {
    const ledger = await openLedger({ file, now: () => morning, newId: counting() });
    await ledger.openCase(draft(), opened, morning);
    await ledger.record([entry('turn.fine')], morning);
    await ledger.close();
    const database = new SqliteDatabase(file);
    const attempts = [
      "update entries set code = 'x' where seq = 1",
      'delete from entries where seq = 2',
      'delete from entries',
      'insert or replace into entries select * from entries where seq = 2',
      'insert into entries select 9, at, code, actor, about, case_id, intent_id, detail_commitment, null, prev, hash from entries where seq = 1',
      "update details set detail = '{}' where seq = 1",
    ];
    for (const attempt of attempts) assert.throws(() => database.exec(attempt), /a ledger entry|the detail/, attempt);
    database.close();
  });
});

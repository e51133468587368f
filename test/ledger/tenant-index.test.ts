/** What is particular to the tenant index in SQLite: what is in the file, how much is written, and what damage does. */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import type { FactSighting, IndexUpdate, TenantIndex } from '../../src/casework/ports/tenant-index.ts';
import { openLedger } from '../../src/ledger/open.ts';
import type { OpenedLedger } from '../../src/ledger/open.ts';
import type { GroupId, Instant, PersonId } from '../../src/procedure/facts.ts';
import { commitsDuring } from './commits.ts';
import { counting, lena, minutesLater, morning, noah, scratch, tess } from './fixtures.ts';

const NUMBER = '+49 151 2345678';
const GROUP = 'c0000000-0000-4000-8000-000000000001' as GroupId;
const REPORTED = { ssprEnabled: true, ssprRegistered: true, ssprCapable: true, hasSecurityQuestions: false };

describe('The tenant index in SQLite', () => {
  let place: ReturnType<typeof scratch>;
  let ledger: OpenedLedger;
  let index: TenantIndex;
  const open = async (): Promise<void> => {
    ledger = await openLedger({ file: place.file, now: () => morning, newId: counting() });
    index = ledger.tenantIndex;
  };
  beforeEach(async () => {
    place = scratch();
    await open();
  });
  afterEach(async () => {
    await ledger.close();
    place.clean();
  });

  const looked = (person: PersonId = lena): FactSighting => {
    const digest = index.digest('office-number', NUMBER);
    return { person, fact: 'office-number', seen: { kind: 'value', digest, at: morning } };
  };
  const everything = (person: PersonId = lena): IndexUpdate => ({
    status: { source: 'people', cursor: 'token', seenUpTo: morning, observedSince: morning, trouble: null },
    sightings: [looked(person)],
    events: [{ id: 'e1', at: morning, about: person, what: { kind: 'pass-created' } }],
    risks: [{ person, facts: { level: 'high', confirmedCompromised: true }, at: morning }],
    registrations: [{ person, known: { facts: { ...REPORTED, reportAt: morning }, readAt: morning } }],
    members: [{ group: GROUP, people: [person] }],
  });
  const change = (statement: string): void => {
    const database = new SqliteDatabase(place.file);
    database.exec(statement);
    database.close();
  };

  it('holds no number and no part of one, in any of the files', async () => {
    await index.write(everything());
    const files = ['', '-wal', '-shm'].map((suffix) => place.file + suffix).filter((file) => existsSync(file));
    for (const part of [NUMBER, '2345678', '5678']) {
      assert.ok(!files.some((file) => readFileSync(file).includes(part)), part);
    }
  });

  it('writes a round in one transaction, whatever it holds', async () => {
    assert.equal(await commitsDuring(place.file, () => index.write(everything())), 1);
  });

  it('shares the transaction with the turns that are going on', async () => {
    const commits = await commitsDuring(place.file, () =>
      Promise.all([index.write(everything()), ledger.firstSight('1:a', morning), index.write(everything(noah))]),
    );
    assert.equal(commits, 1);
  });

  it('does not write rows again that stay as they are', async () => {
    const people = Array.from({ length: 999 }, (_, n) => `d0000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
    const whole: IndexUpdate = {
      sightings: people.map((person) => looked(person as PersonId)),
      events: people.flatMap((person) => everything(person as PersonId).events ?? []),
      risks: people.flatMap((person) => everything(person as PersonId).risks ?? []),
      registrations: people.flatMap((person) => everything(person as PersonId).registrations ?? []),
      members: [{ group: GROUP, people: people as PersonId[] }],
    };
    const written = async (): Promise<number> => {
      const before = statSync(`${place.file}-wal`).size;
      await index.write({ ...whole, ...everythingElse() });
      return statSync(`${place.file}-wal`).size - before;
    };
    const everythingElse = () => ({ status: everything().status, risksAreComplete: true }) as IndexUpdate;
    assert.ok((await written()) > 50 * 4096);
    // The head of the chain, the status, and nothing else.
    assert.ok((await written()) <= 4 * (4096 + 24));
  });

  it('is no part of the chain: the ledger verifies with it, and whatever becomes of it', async () => {
    const before = await ledger.verify();
    await index.write(everything());
    assert.deepEqual(await ledger.verify(), before);
    change('delete from index_facts; delete from index_sources; delete from index_events');
    assert.deepEqual(await ledger.verify(), before);
  });

  it('merges what several write about one person at once', async () => {
    const at = (minute: number, value: string): FactSighting => {
      const digest = index.digest('office-number', value);
      return { ...looked(), seen: { kind: 'value', digest, at: minutesLater(minute) } };
    };
    await Promise.all([at(0, 'a'), at(1, 'b'), at(2, 'b')].map((seen) => index.write({ sightings: [seen] })));
    const known = (await index.factsAbout(lena)).facts.get('office-number');
    assert.equal(known?.firstSeenAt, minutesLater(1));
    assert.equal(known.changedAt, minutesLater(1));
  });

  const DAMAGE: Readonly<Record<string, () => Promise<unknown>>> = {
    "update index_facts set digest = 'short'": () => index.factsAbout(lena),
    "update index_facts set fact = '+49 151 2345678'": () => index.factsAbout(lena),
    "update index_facts set first_seen_at = 'yesterday'": () => index.factsAbout(lena),
    "update index_facts set changed_at = '2026-01-05'": () => index.write({ sightings: [looked()] }),
    "update index_sources set trouble = 'odd'": () => index.factsAbout(lena),
    "update index_sources set seen_up_to = ''": () => index.sources(),
    "update index_sources set source = 'weather'": () => index.sources(),
    "update index_events set what = '{'": () => index.eventsAbout([lena], morning),
    'update index_events set what = json(\'{"kind":"odd"}\')': () => index.eventsAbout([lena], morning),
    "update index_risks set level = 'extreme'": () => index.riskOf(lena),
    "update index_registrations set facts = '{}'": () => index.registrationOf(lena),
    "update index_members set person = 'Lena Hartmann'": () => index.membersOf(GROUP),
  };
  for (const [damage, read] of Object.entries(DAMAGE)) {
    it(`says that it is damaged after "${damage}", and repeats nothing of it`, async () => {
      await index.write(everything());
      change(damage);
      await assert.rejects(read(), (error: unknown) => {
        assert.ok(error instanceof Error && 'code' in error && 'internal' in error);
        assert.equal(error.code, 'ledger-corrupt');
        assert.ok(!/short|yesterday|Lena|2345678|odd|extreme|weather/u.test(String(error.internal)));
        return true;
      });
    });
  }

  it('reads every list by an index, never the whole table', async () => {
    await index.write(everything());
    const queries = [
      `select * from index_facts where person in ('${lena}', '${noah}')`,
      `select * from index_events where person in ('${lena}', '${noah}') and at >= 'x' order by at, id`,
      "select id, person from index_events where at < 'x' limit 500",
      `select * from index_risks where person = '${lena}'`,
      `select * from index_registrations where person = '${lena}'`,
      `select * from index_members where group_id = '${GROUP}' order by person`,
      `select group_id from index_members where person = '${lena}' order by group_id`,
      `select at from entries where about = '${lena}' and code = 'ledger.erased' order by at desc limit 1`,
    ];
    const database = new SqliteDatabase(place.file, { readonly: true });
    for (const query of queries) {
      const plan = database.prepare(`explain query plan ${query}`).all() as { readonly detail: string }[];
      assert.ok(!plan.some(({ detail }) => detail.startsWith('SCAN')), `${query}: ${JSON.stringify(plan)}`);
    }
    database.close();
  });

  it('is part of a backup, and works in a ledger that version 0.1.0 wrote', async () => {
    await index.write(everything());
    assert.ok((await ledger.backup(`${place.dir}/copy.db`)).ok);
    await ledger.close();
    copyFileSync(fileURLToPath(new URL('fixtures/ledger-0.1.0.sqlite', import.meta.url)), place.file);
    const later = Date.UTC(2026, 11, 1) as Instant;
    ledger = await openLedger({ file: place.file, now: () => later, newId: counting() });
    index = ledger.tenantIndex;
    await index.write(everything());
    assert.equal((await index.factsAbout(lena)).facts.size, 1);
    assert.ok((await ledger.verify()).ok);
  });

  it('can be exported with everything else about a person, in plain data and without digests', async () => {
    await index.write(everything());
    await index.write(everything(noah));
    const { tenantIndex: about } = await ledger.exportAbout(lena);
    assert.deepEqual(about, {
      facts: [{ fact: 'office-number', firstSeenAt: morning, changedAt: null }],
      events: [{ id: 'e1', at: morning, about: lena, what: { kind: 'pass-created' } }],
      risk: { level: 'high', confirmedCompromised: true },
      registration: { facts: { ...REPORTED, reportAt: morning }, readAt: morning },
      memberOf: [],
    });
    assert.deepEqual((await ledger.exportAbout(noah)).tenantIndex.memberOf, [GROUP]);
    assert.deepEqual(JSON.parse(JSON.stringify(about)), about);
  });

  it('forgets a person who is erased, and nobody else; from then on no source vouches for what was before', async () => {
    await index.write(everything(noah));
    await index.write({ ...everything(), members: [{ group: GROUP, people: [lena, noah] }] });
    const digest = index.digest('office-number', NUMBER);
    await ledger.erase(lena, minutesLater(10), tess);
    const { tenantIndex: about } = await ledger.exportAbout(lena);
    assert.deepEqual(about, { facts: [], events: [], risk: null, registration: null, memberOf: [GROUP] });
    assert.equal((await index.factsAbout(lena)).erasedAt, minutesLater(10));
    assert.equal((await index.factsAbout(noah)).facts.get('office-number')?.digest, digest);
    assert.equal((await index.factsAbout(noah)).erasedAt, null);
    assert.equal((await index.eventsAbout([lena, noah], morning)).length, 1);
    assert.ok((await ledger.verify()).ok);
  });
});

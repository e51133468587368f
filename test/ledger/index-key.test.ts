import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FactSighting, FollowedFact, SourceStatus } from '../../src/casework/ports/tenant-index.ts';
import { openIndexKey } from '../../src/ledger/index-key.ts';
import { openForReading, openLedger } from '../../src/ledger/open.ts';
import type { LedgerOptions, OpenedLedger } from '../../src/ledger/open.ts';
import type { Sighting } from '../../src/procedure/ages.ts';
import { counting, lena, minutesLater, morning, noah, scratch } from './fixtures.ts';

const NUMBER = '+49 151 2345678';

describe('The key of the tenant index', () => {
  let place: ReturnType<typeof scratch>;
  let keyFile: string;
  beforeEach(() => {
    place = scratch();
    keyFile = join(place.dir, 'keys', 'index-key');
  });
  afterEach(() => place.clean());

  it('is made once, for its owner alone, and nothing is left beside it', () => {
    const key = openIndexKey(keyFile);
    assert.equal(key.symmetricKeySize, 32);
    assert.ok(openIndexKey(keyFile).equals(key));
    assert.deepEqual(readdirSync(join(place.dir, 'keys')), ['index-key']);
    if (process.platform !== 'win32') assert.equal(statSync(keyFile).mode & 0o777, 0o600);
    assert.ok(!openIndexKey(join(place.dir, 'another')).equals(key));
  });

  it('is never replaced when it cannot be read or is no key, and the operator reads which file', () => {
    mkdirSync(join(place.dir, 'keys'));
    for (const content of ['', 'not a key', 'ab'.repeat(31), 'ab'.repeat(33)]) {
      writeFileSync(keyFile, content, { mode: 0o600 });
      assert.throws(() => openIndexKey(keyFile), { code: 'configuration', internal: /index-key is no key/u });
      assert.equal(readFileSync(keyFile, 'utf8'), content);
    }
    assert.throws(() => openIndexKey(place.dir), { code: 'configuration', internal: /cannot be read \(EISDIR\)/u });
  });

  it('cannot be made where nothing can be written, and that stops the start', function () {
    if (process.platform === 'win32') this.skip(); // links to nowhere need rights there
    symlinkSync(join(place.dir, 'nowhere', 'at-all'), join(place.dir, 'keys'));
    assert.throws(() => openIndexKey(keyFile), { code: 'configuration', internal: /cannot be made \(ENOENT\)/u });
  });
});

describe('A tenant index whose key was lost', () => {
  let place: ReturnType<typeof scratch>;
  let ledger: OpenedLedger;
  let forgotten: number[];
  const open = async (over: Partial<LedgerOptions> = {}): Promise<OpenedLedger> => {
    const onNewIndexKey = (count: number): void => void forgotten.push(count);
    return openLedger({ file: place.file, now: () => morning, newId: counting(), onNewIndexKey, ...over });
  };
  const status = (source: SourceStatus['source']): SourceStatus => {
    return { source, cursor: 'token', seenUpTo: minutesLater(5), observedSince: morning, trouble: null };
  };
  const seen = (fact: FollowedFact, kind: 'value' | 'change'): FactSighting => {
    const sighting: Sighting = { kind, digest: ledger.tenantIndex.digest(fact, NUMBER), at: minutesLater(1) };
    return { person: lena, fact, seen: sighting };
  };

  beforeEach(async () => {
    place = scratch();
    forgotten = [];
    ledger = await open();
    for (const source of ['people', 'everybody', 'audit', 'risk'] as const) {
      await ledger.tenantIndex.write({ status: status(source) });
    }
    await ledger.tenantIndex.write({
      sightings: [
        seen('office-number', 'value'),
        seen('mobile-number', 'change'),
        { person: noah, fact: 'manager', seen: { kind: 'logged-change', at: morning, seenAt: morning } },
      ],
      events: [{ id: 'e1', at: morning, about: lena, what: { kind: 'pass-created' } }],
    });
    await ledger.close();
  });
  afterEach(async () => {
    await ledger.close();
    place.clean();
  });

  it('keeps its key beside the ledger, and says nothing as long as that is there', async () => {
    ledger = await open();
    assert.equal((await ledger.tenantIndex.factsAbout(lena)).facts.size, 2);
    assert.deepEqual(forgotten, []);
    assert.ok(existsSync(join(place.dir, 'index-key')));
  });

  it('forgets every value and says how many, and knows of a change only what stays true', async () => {
    rmSync(join(place.dir, 'index-key'));
    ledger = await open();
    assert.deepEqual(forgotten, [2]);
    const { facts } = await ledger.tenantIndex.factsAbout(lena);
    assert.deepEqual(
      [...facts],
      [['mobile-number', { digest: null, firstSeenAt: minutesLater(1), changedAt: minutesLater(1) }]],
    );
    const logged = { digest: null, firstSeenAt: morning, changedAt: morning };
    assert.deepEqual((await ledger.tenantIndex.factsAbout(noah)).facts, new Map([['manager', logged]]));
    assert.equal((await ledger.tenantIndex.eventsAbout([lena], morning)).length, 1);
  });

  it('begins to follow people anew, and goes on with the sources that need no key', async () => {
    ledger = await open({ indexKey: createSecretKey('ab'.repeat(32), 'hex') });
    assert.deepEqual([...(await ledger.tenantIndex.sources()).keys()].sort(), ['audit', 'risk']);
  });

  it('never calls a number changed, nor unchanged, only because its key is another one', async () => {
    rmSync(join(place.dir, 'index-key'));
    ledger = await open();
    await ledger.tenantIndex.write({ sightings: [seen('office-number', 'value')] });
    const { facts } = await ledger.tenantIndex.factsAbout(lena);
    assert.deepEqual(facts.get('office-number'), {
      digest: ledger.tenantIndex.digest('office-number', NUMBER),
      firstSeenAt: minutesLater(1),
      changedAt: null,
    });
  });

  it('says so once, and keeps what it learned with the new key', async () => {
    rmSync(join(place.dir, 'index-key'));
    ledger = await open();
    await ledger.tenantIndex.write({ sightings: [seen('office-number', 'value')] });
    await ledger.close();
    ledger = await open();
    assert.deepEqual(forgotten, [2]);
    assert.equal((await ledger.tenantIndex.factsAbout(lena)).facts.get('office-number')?.firstSeenAt, minutesLater(1));
    assert.ok((await ledger.verify()).ok);
  });

  it('can be looked at without the key, but nothing can be compared with it or written', async () => {
    ledger = openForReading(place.file);
    assert.equal((await ledger.tenantIndex.factsAbout(lena)).facts.size, 2);
    assert.throws(() => ledger.tenantIndex.digest('office-number', NUMBER), { code: 'ledger-unreadable' });
    await assert.rejects(ledger.tenantIndex.write({ status: status('risk') }), { code: 'ledger-unwritable' });
  });
});

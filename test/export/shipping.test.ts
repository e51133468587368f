import assert from 'node:assert/strict';
import { Registry } from 'prom-client';
import type { Shipper } from '../../src/export/ship.ts';
import { openForExport } from '../../src/ledger/export-entries.ts';
import { openLedger, type OpenedLedger } from '../../src/ledger/open.ts';
import { counting, entry, morning, scratch } from '../ledger/fixtures.ts';
import { tamper } from '../ledger/tampering.ts';
import { eachTaken, startCollector, type Collector } from './collector.ts';
import { testShipper, type LogLine, type TestShipper } from './test-shipper.ts';

const ENTRIES = 450; // more than two batches

describe('the ledger, shipped to a collector', function () {
  this.timeout(30_000);
  let place: ReturnType<typeof scratch>;
  let ledger: OpenedLedger;
  let collector: Collector;
  let clock: number;
  let log: LogLine[];
  let figures: Registry;

  const open = () => openLedger({ file: place.file, now: () => morning, newId: counting() });
  beforeEach(async () => {
    place = scratch();
    ledger = await open();
    await write(ENTRIES);
    collector = await startCollector();
    clock = 0;
    log = [];
  });
  afterEach(async () => {
    await ledger.close();
    await collector.close();
    place.clean();
  });

  const write = (count: number): Promise<void> =>
    ledger.record(
      Array.from({ length: count }, (_, index) => entry('case.read', { detail: { remark: `entry "${index}" 🔑` } })),
      morning,
    );
  const shipper = (over: Partial<Pick<TestShipper, 'protocol' | 'compression' | 'mine'>> = {}): Shipper => {
    figures = new Registry();
    return testShipper({ source: ledger.shipping, collector, figures, log, clock: () => clock, ...over });
  };
  /** Runs again and again, a minute apart, until everything has arrived. */
  const shipAll = async (one: Shipper, size: number, runs = 60): Promise<void> => {
    for (let run = 0; run < runs; run += 1) {
      await one.run();
      if ((await ledger.shipping.shippedUpTo('otlp')).seq === size) return;
      clock += 60_000 * 1.25;
    }
    assert.fail('not everything was shipped');
  };
  const figure = async (name: string): Promise<number> =>
    (await figures.getSingleMetric(name)!.get()).values.reduce((sum, { value }) => sum + value, 0);

  for (const protocol of ['http/json', 'http/protobuf'] as const) {
    it(`as ${protocol}, every entry once, in order, with everything the ledger has of it`, async () => {
      await shipper({ protocol, compression: 'gzip' }).run();
      assert.deepEqual(eachTaken(collector.taken, ENTRIES), { twice: 0 });
      const exported = await openForExport(place.file);
      let at = 0;
      for await (const group of exported.entries({ since: null, until: null })) {
        for (const one of group) {
          const { uid, seq, hash, code, timeUnixNano, body, severityNumber, attributes } = collector.taken[at]!;
          at += 1;
          assert.deepEqual(
            { uid, seq, hash, code, timeUnixNano, body, severityNumber },
            {
              uid: `${one.origin}/${one.seq}`,
              seq: one.seq,
              hash: one.hash,
              code: one.code,
              timeUnixNano: `${one.at}000000`,
              body: 'Case opened to read',
              severityNumber: 9,
            },
          );
          assert.equal(attributes['user.id'], one.actor);
          assert.equal(attributes['hardline.about'], one.about);
          assert.equal(attributes['hardline.erased'], false);
          assert.deepEqual(JSON.parse(String(attributes['hardline.detail'])), one.detail);
        }
      }
      exported.close();
      assert.equal(collector.requests[0]!.headers['x-api-key'], 'k');
      assert.equal(await figure('hardline_shipping_backlog_entries'), 0);
      assert.equal(await figure('hardline_shipping_entries_total'), ENTRIES);
    });
  }

  it('is at a destination in full although the destination fails in every way, and what came twice has the same id', async () => {
    const failures = [
      ...[500, 502, 503, 504, 429, 408, 401, 404, 302].map((status) => ({ kind: 'answers', status }) as const),
      ...(['breaks-before-taking', 'breaks-after-taking', 'is-silent', 'is-a-proxy'] as const).map((kind) => ({
        kind,
      })),
    ];
    for (const failure of failures) collector.next(failure, { kind: 'takes' });
    const one = shipper();
    for (let round = 1; round <= failures.length; round += 1) {
      await shipAll(one, ENTRIES + (round - 1) * 10);
      await write(10);
    }
    await shipAll(one, ENTRIES + failures.length * 10);
    const { twice } = eachTaken(collector.taken, ENTRIES + failures.length * 10);
    assert.ok(twice > 0 && twice <= 200, `${twice}: those whose answer was lost`);
    assert.equal(await figure('hardline_shipping_left_out_total'), 0);
  });

  it('goes on after a restart where it was, and sends nothing again that was confirmed', async () => {
    await shipper().run();
    await ledger.close();
    ledger = await open();
    await write(5);
    const before = collector.requests.length;
    await shipper().run();
    assert.deepEqual(eachTaken(collector.taken, ENTRIES + 5), { twice: 0 });
    assert.equal(collector.requests[before]!.count, 5);
  });

  it('waits as long as the collector asks for, and otherwise longer with each failure', async () => {
    const one = shipper();
    collector.always({ kind: 'answers', status: 429, retryAfter: '120' });
    await one.run();
    clock = 119_999;
    await one.run();
    assert.equal(collector.requests.length, 1);
    clock = 120_000;
    collector.always({ kind: 'answers', status: 503 });
    await one.run();
    assert.equal(collector.requests.length, 2);
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      const from = clock;
      const seen = collector.requests.length;
      while (collector.requests.length === seen) {
        clock += 1000;
        await one.run();
      }
      waits.push((clock - from) / 1000);
    }
    assert.deepEqual(waits, [2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('understands a pause that is given as a date', async () => {
    const one = shipper();
    collector.next({ kind: 'answers', status: 503, retryAfter: new Date(morning + 90_000).toUTCString() });
    await one.run();
    clock = 89_999;
    await one.run();
    assert.equal(collector.requests.length, 1);
    clock = 90_000;
    await one.run();
    assert.deepEqual(eachTaken(collector.taken, ENTRIES), { twice: 0 });
  });

  for (const [behavior, way] of [
    [{ kind: 'refuses-with', status: 400, which: ({ seq }: { seq: number }) => seq === 37 }, 'with status 400'],
    [{ kind: 'rejects', which: ({ seq }: { seq: number }) => seq === 37 }, 'in a partial success'],
  ] as const) {
    it(`an entry that the collector refuses ${way} is found, tried three times, and said to be left out; all others arrive`, async () => {
      collector.always(behavior);
      await shipAll(shipper(), ENTRIES);
      const seqs = new Set(collector.taken.map(({ seq }) => seq));
      assert.equal(seqs.size, ENTRIES - 1);
      assert.equal(seqs.has(37), false);
      const errors = log.filter(({ level }) => level === 'error');
      assert.deepEqual(
        errors.map(({ fields }) => fields['seq']),
        [37],
      );
      assert.equal(await figure('hardline_shipping_left_out_total'), 1);
    });
  }

  it('what is rejected only for a while is not left out', async () => {
    collector.next(
      { kind: 'rejects', which: ({ seq }) => seq % 3 === 0 },
      { kind: 'rejects', which: ({ seq }) => seq % 3 === 0 },
    );
    await shipAll(shipper(), ENTRIES);
    eachTaken(collector.taken, ENTRIES);
    assert.equal(await figure('hardline_shipping_left_out_total'), 0);
  });

  it('says when it cannot ship, once, and when it can again', async () => {
    const one = shipper();
    collector.next(...[1, 2, 3].map(() => ({ kind: 'answers', status: 503 }) as const));
    await shipAll(one, ENTRIES);
    assert.deepEqual(
      log.map(({ level, fields }) => ({ level, ...fields })),
      [
        { level: 'warn', to: 'otlp', why: 'status-503', backlog: ENTRIES },
        { level: 'info', to: 'otlp' },
      ],
    );
    assert.equal(await figure('hardline_shipping_failures_total'), 3);
  });

  it('ships nothing of a batch with an entry in it that is not what was written, and tries again only after a pause', async () => {
    tamper(place.file, (database) => database.exec("update entries set code = 'log.read' where seq = 250"));
    const one = shipper();
    await assert.rejects(one.run(), { code: 'ledger-corrupt' });
    assert.deepEqual(eachTaken(collector.taken, 200), { twice: 0 });
    await one.run(); // not yet
    clock = 60_000;
    await assert.rejects(one.run(), { code: 'ledger-corrupt' });
    assert.equal(collector.requests.length, 1);
  });

  it('holds up nobody who writes while the collector does not answer', async () => {
    collector.always({ kind: 'is-silent' });
    const running = shipper().run();
    await write(1);
    assert.equal((await ledger.shipping.head()).seq, ENTRIES + 1);
    await running;
  });

  it('ends at once when the bot stops, and what was not confirmed is shipped later', async () => {
    collector.always({ kind: 'is-silent' });
    const one = shipper();
    const running = one.run();
    collector.onRequest(() => {
      one.close();
    });
    await running;
    assert.equal((await ledger.shipping.shippedUpTo('otlp')).seq, 0);
    collector.always({ kind: 'takes' });
    await shipAll(shipper(), ENTRIES);
    eachTaken(collector.taken, ENTRIES);
  });

  it('leaves it to another process when that one ships', async () => {
    await shipper({ mine: false }).run();
    assert.equal(collector.requests.length, 0);
  });
});

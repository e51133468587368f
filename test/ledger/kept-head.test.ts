/** The file is put back from an older copy, replaced by another one, deleted, or loses its log: the start says so, and stops. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { openCheckpointKey } from '../../src/ledger/checkpoint-key.ts';
import { openLedger, type LedgerOptions, type OpenedLedger } from '../../src/ledger/open.ts';
import { ledgerTraces } from '../../src/ledger/start.ts';
import { counting, entry, minutesLater, morning, openCase, scratch } from './fixtures.ts';

const { privateKey } = generateKeyPairSync('ed25519');

describe('A ledger that is not the one that was left', () => {
  let place: ReturnType<typeof scratch>;
  let ledger: OpenedLedger | null;
  let warnings: string[];
  let names = 0;
  beforeEach(() => {
    place = scratch();
    ledger = null;
    warnings = [];
  });
  afterEach(async () => {
    await ledger?.close();
    place.clean();
  });

  const open = async (more: Partial<LedgerOptions> = {}): Promise<OpenedLedger> => {
    ledger = await openLedger({
      ...{ file: place.file, now: () => morning, newId: () => `ledger-${(names += 1)}`, signingKey: privateKey },
      onWarning: (sentence) => warnings.push(sentence),
      ...more,
    });
    return ledger;
  };
  const close = async (): Promise<void> => {
    await ledger?.close();
    ledger = null;
  };
  /** Opens, writes entries with this code, closes; as often as a bot is started. */
  const work = async (code: string, more: Partial<LedgerOptions> = {}): Promise<readonly string[]> => {
    const running = await open(more);
    await running.record([entry(code)], minutesLater(1));
    const codes = (await running.entries({ caseId: null, limit: 100 })).map((one) => one.code).toReversed();
    await close();
    return codes;
  };
  const checkpointFile = (): string => `${place.file}.checkpoint`;
  const older = (): string => `${place.file}.older`;
  const remove = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(place.file + suffix, { force: true });
  };

  it('does not start from an older copy, and the line says what to do', async () => {
    await work('turn.first');
    copyFileSync(place.file, older());
    await work('turn.second');
    copyFileSync(older(), place.file);
    await assert.rejects(open(), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'configuration');
      assert.match(
        error.message,
        /older copy: it ends with entry 2, and entry 3 was already written\. Put the newest one/,
      );
      return true;
    });
  });

  it('does not start without the entries that were only in the write-ahead log', async () => {
    const running = await open();
    await running.record([entry('turn.first')], minutesLater(1));
    copyFileSync(place.file, older());
    const kept = readFileSync(checkpointFile());
    await close();
    remove();
    copyFileSync(older(), place.file);
    writeFileSync(checkpointFile(), kept);
    await assert.rejects(open(), { code: 'configuration' });
  });

  it('does not start from an older copy when only a checkpoint kept elsewhere tells', async () => {
    const running = await open();
    copyFileSync(place.file, older());
    const checkpoint = await running.checkpoint();
    await close();
    const [before, after] = [readFileSync(place.file), await work('turn.late')];
    assert.equal(after.at(-1), 'turn.late');
    const elsewhere = await (await open()).checkpoint();
    await close();
    rmSync(checkpointFile());
    writeFileSync(place.file, before);
    await assert.rejects(open({ knownCheckpoints: [checkpoint, elsewhere] }), { code: 'configuration' });
    await (await open({ knownCheckpoints: [checkpoint] })).record([entry('turn.fine')], minutesLater(3));
  });

  it('goes on with an older copy when the operator says that they put it back, and the ledger says so for good', async () => {
    await work('turn.first');
    copyFileSync(place.file, older());
    await work('turn.lost');
    const lost = await (await open()).checkpoint();
    await close();
    copyFileSync(older(), place.file);
    const codes = await work('turn.after', { start: 'restored', knownCheckpoints: [lost] });
    assert.deepEqual(codes, ['ledger.key-used', 'turn.first', 'ledger.restored', 'turn.after']);
    assert.deepEqual(await work('turn.later', { knownCheckpoints: [lost] }), [...codes, 'turn.later']);
    assert.deepEqual(warnings, []);
    copyFileSync(older(), place.file);
    await assert.rejects(open({ knownCheckpoints: [lost] }), { code: 'configuration' }, 'the older copy once more');
  });

  it('does not start with a ledger that was written anew, or with another ledger of the same key', async () => {
    await work('turn.first');
    const kept = readFileSync(checkpointFile());
    remove();
    rmSync(checkpointFile());
    await work('turn.other');
    writeFileSync(checkpointFile(), kept);
    await assert.rejects(open(), /another ledger \(hardline\/ledger-\d+\) than the one that was in use before/);
  });

  it('does not start as a new one where there was one: a checkpoint file, a key or a checkpoint elsewhere tells', async () => {
    const checkpoint = await (await open()).checkpoint();
    await close();
    remove();
    await assert.rejects(
      open(),
      /is missing or empty, and there was one before .*Put it back, or start a new one with --new/,
    );
    const left = new SqliteDatabase(place.file, { readonly: true });
    assert.equal(left.prepare('select count(*) from sqlite_schema').pluck().get(), 0, 'no tables were made');
    left.close();
    rmSync(checkpointFile());
    await assert.rejects(open({ knownCheckpoints: [checkpoint] }), { code: 'configuration' });
    openCheckpointKey(`${place.dir}/checkpoint-key.pem`, 'make');
    await assert.rejects(open({ traces: ledgerTraces(place.file) }), { code: 'configuration' });
  });

  it('starts a new one when the operator says so; its first entry names what came before', async () => {
    const running = await open();
    await openCase(running);
    const checkpoint = await running.checkpoint();
    await close();
    remove();
    const codes = await work('turn.first', { start: 'new' });
    assert.deepEqual(codes, ['ledger.started-new', 'ledger.key-used', 'turn.first']);
    const again = await open({ knownCheckpoints: [checkpoint] });
    const [first] = (await again.entries({ caseId: null, limit: 100 })).toReversed();
    assert.match(JSON.stringify(first?.detail), /"before":\["hardline\/ledger-\d+ 2 [0-9a-f]{64}"\]/);
    assert.equal((await again.verify()).ok, true);
  });

  it('starts without a question in a fresh folder, also after a start that failed', async () => {
    const early = openLedger({
      ...{ file: place.file, newId: counting(), signingKey: privateKey },
      now: () => {
        throw new Error('the start failed');
      },
    });
    await assert.rejects(early, /the start failed/);
    assert.deepEqual(await work('turn.first', { traces: ledgerTraces(place.file) }), ['ledger.key-used', 'turn.first']);
  });

  it('warns once, in the log and in the ledger, when the checkpoint file is gone or is not ours', async () => {
    await work('turn.first');
    for (const lose of [() => rmSync(checkpointFile()), () => writeFileSync(checkpointFile(), 'x'.repeat(4096))]) {
      lose();
      warnings = [];
      assert.equal((await work('turn.next')).at(-2), 'ledger.checkpoint-missing');
      assert.equal(warnings.length, 1, warnings.join());
      assert.equal((await work('turn.next')).at(-2), 'turn.next');
      assert.equal(warnings.length, 1);
    }
  });

  it('warns when --new or --restored is still set, because it would be taken at its word one day', async () => {
    await work('turn.first');
    await work('turn.next', { start: 'new' });
    await work('turn.next', { start: 'restored' });
    assert.match(warnings.join('\n'), /^--new .*is still set.*\n--restored .*is still set/);
  });

  it('keeps the file to its owner, and holds one whole record however the power failed', async () => {
    const running = await open();
    if (process.platform !== 'win32') assert.equal(statSync(checkpointFile()).mode & 0o777, 0o600);
    await running.record([entry('turn.first')], minutesLater(1));
    await running.record([entry('turn.second')], minutesLater(2));
    await close();
    const whole = readFileSync(checkpointFile());
    for (const half of [0, whole.length / 2]) {
      const torn = Buffer.from(whole);
      torn.fill('x', half, half + 200);
      writeFileSync(checkpointFile(), torn);
      warnings = [];
      await open();
      await close();
      assert.deepEqual(warnings, []);
    }
  });

  for (const [what, hand] of [
    ['deleted', remove],
    [
      'replaced',
      () => {
        copyFileSync(place.file, older());
        renameSync(older(), place.file);
      },
    ],
    ['robbed of its write-ahead log', () => rmSync(`${place.file}-wal`)],
  ] as const) {
    it(`writes nothing more when the file is ${what} while the bot runs`, async () => {
      const stopped: string[] = [];
      const running = await open({ onStopped: (why) => stopped.push(why) });
      await running.record([entry('turn.fine')], minutesLater(1));
      hand();
      await assert.rejects(running.record([entry('turn.late')], minutesLater(2)), { code: 'ledger-corrupt' });
      await assert.rejects(running.checkpoint(), { code: 'ledger-corrupt' });
      assert.equal(stopped.length, 1);
      assert.match(running.stopped() ?? '', /was removed or replaced while Hardline was running/);
    });
  }

  it('hands over from one key to the next, once, and needs the old one for it', async () => {
    await work('turn.first');
    const next = generateKeyPairSync('ed25519').privateKey;
    await assert.rejects(open({ signingKey: next }), /sealed with another key/);
    const codes = await work('turn.second', { signingKey: next, formerKey: privateKey });
    assert.deepEqual(codes, ['ledger.key-used', 'turn.first', 'ledger.key-used', 'turn.second']);
    await assert.rejects(open(), /sealed with another key/);
    const again = await open({ signingKey: next });
    assert.equal((await again.verify()).ok, true);
    assert.deepEqual(warnings, []);
  });
});

import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { settingsOfOptions } from '../../src/config/start-kind.ts';
import { openHelpdesk, TESS, type Helpdesk } from './helpdesk.ts';
import { words } from './steps.ts';

describe('The ledger of a helpdesk', () => {
  let helpdesk: Helpdesk;
  beforeEach(async () => {
    helpdesk = await openHelpdesk();
  });
  afterEach(() => helpdesk.close());
  const file = (): string => join(helpdesk.dataFolder, 'hardline.sqlite');

  it('is not silently new when the file was deleted between two starts', async () => {
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    await helpdesk.stopBot();
    renameSync(file(), `${file()}.aside`);
    await assert.rejects(helpdesk.startBot(), /there was one before .*Put it back, or start a new one with --new/);
    renameSync(`${file()}.aside`, file());
    await helpdesk.startBot();
  });

  it('stops everything when somebody writes to it, and whoever asks reads that', async () => {
    await helpdesk.says(TESS, 'Lena Hartmann is locked out');
    const write = (seal: unknown): unknown => {
      const database = new SqliteDatabase(file());
      const before = database.prepare('select seal from chain_head').pluck().get();
      database.prepare('update chain_head set seal = ?').run(seal);
      database.close();
      return before;
    };
    const right = write('x');
    assert.match(
      words(await helpdesk.says(TESS, 'Noah Becker is locked out')),
      /log of Hardline was damaged or changed/,
    );
    assert.equal(helpdesk.passOrders(), 0);
    const ready = await fetch(`${helpdesk.bot().origin}/readyz`);
    assert.equal(ready.status, 503);
    assert.equal(helpdesk.logLines().filter((line) => line.includes('somebody else wrote to the ledger')).length, 1);
    write(right);
  });

  it('is started anew, or as an older copy, with an option or a setting', () => {
    assert.deepEqual(settingsOfOptions(['node', 'src/index.ts', '--new']), { HARDLINE_NEW_LEDGER: 'yes' });
    assert.deepEqual(settingsOfOptions(['node', 'src/index.ts', '--restored']), { HARDLINE_RESTORED_LEDGER: 'yes' });
    assert.deepEqual(settingsOfOptions(['node', 'src/index.ts']), {});
  });
});

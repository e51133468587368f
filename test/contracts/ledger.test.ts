import { openLedger } from '../../src/ledger/open.ts';
import { counting, morning, scratch } from '../ledger/fixtures.ts';
import { leasesContract } from './leases.contract.ts';
import { ledgerContract } from './ledger.contract.ts';
import { twoProcessesContract } from './two-processes.contract.ts';

ledgerContract('SQLite', async () => {
  const { file, clean } = scratch();
  const ledger = await openLedger({ file, now: () => morning, newId: counting() });
  return {
    ledger,
    async stop() {
      await ledger.close();
      clean();
    },
  };
});

/** The bot refuses a second process on an SQLite file (lease.ts). The database keeps these promises all the same. */
const startTwo = async () => {
  const { file, clean } = scratch();
  const open = () => openLedger({ file, now: () => morning, newId: counting() });
  const ledgers = [await open(), await open()] as const;
  return {
    ledgers,
    async stop() {
      for (const ledger of ledgers) await ledger.close();
      clean();
    },
  };
};
twoProcessesContract('SQLite', startTwo);
leasesContract('SQLite', startTwo);

import { openLedger } from '../../src/ledger/open.ts';
import { counting, morning, scratch } from '../ledger/fixtures.ts';
import { ledgerContract } from './ledger.contract.ts';

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

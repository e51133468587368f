import { openLedger } from '../../src/ledger/open.ts';
import { counting, morning, scratch } from '../ledger/fixtures.ts';
import { tenantIndexContract } from './tenant-index.contract.ts';

tenantIndexContract('SQLite', async () => {
  const { file, clean } = scratch();
  const open = () => openLedger({ file, now: () => morning, newId: counting() });
  let ledger = await open();
  return {
    get index() {
      return ledger.tenantIndex;
    },
    async restart() {
      await ledger.close();
      ledger = await open();
    },
    async stop() {
      await ledger.close();
      clean();
    },
  };
});

import { SOURCE_DELAYS } from '../../src/procedure/ages.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { counting, morning, scratch } from '../ledger/fixtures.ts';
import { openIndexInMemory } from './index-in-memory.ts';
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

// The one that other tests use in its place.
tenantIndexContract('Memory', async () => {
  const index = openIndexInMemory(SOURCE_DELAYS);
  return { index, restart: () => Promise.resolve(), stop: () => Promise.resolve() };
});

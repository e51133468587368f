/**
 * What every implementation of the TenantIndex port promises the tenant feed and the cases, whatever it is built on.
 * Run it with `tenantIndexContract(name, start)`; `start` gives an empty index each time.
 */
import type { TenantIndex } from '../../src/casework/ports/tenant-index.ts';
import { factPromises } from './tenant-index-facts.contract.ts';
import { listPromises } from './tenant-index-lists.contract.ts';
import { orderPromises } from './tenant-index-order.contract.ts';
import type { StartedIndex } from './tenant-index-order.contract.ts';

export function tenantIndexContract(name: string, start: () => Promise<StartedIndex>): void {
  describe(`${name} keeps the promises of the tenant index`, () => {
    let started: StartedIndex;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    const index = (): TenantIndex => started.index;
    factPromises(index, () => started.restart());
    listPromises(index);
    orderPromises(start);
  });
}

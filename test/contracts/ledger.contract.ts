/**
 * What every implementation of the Ledger port promises casework, whatever it is built on.
 * Run it with `ledgerContract(name, start)`; `start` gives an empty ledger each time.
 */
import type { Ledger } from '../../src/casework/ports/ledger.ts';
import { casePromises } from './ledger-cases.contract.ts';
import { chatPromises } from './ledger-chats.contract.ts';
import { entryPromises } from './ledger-entries.contract.ts';

interface Started {
  readonly ledger: Ledger;
  stop(): Promise<void>;
}

export function ledgerContract(name: string, start: () => Promise<Started>): void {
  describe(`${name} keeps the promises of the ledger`, () => {
    let started: Started;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    const ledger = (): Ledger => started.ledger;
    casePromises(ledger);
    entryPromises(ledger);
    chatPromises(ledger);
  });
}

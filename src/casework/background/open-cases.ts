/**
 * Reads many open cases, page by page. Between two pages everybody else gets their turn: a helpdesk in trouble has thousands of
 * open cases, and a technician with a caller on the phone must not wait until all of them are read.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Ledger, OpenCaseFilter, StoredCase } from '../ports/ledger.ts';

/** Cases a page. */
const PAGE = 50;

/**
 * The open cases that fit, oldest first, each as it is when its page is read. A case that is opened meanwhile may be among them;
 * one that is closed before its page is read is not. Throws Fault when the ledger cannot be read.
 */
export async function* eachOpenCase(
  ledger: Pick<Ledger, 'openCases'>,
  which: Pick<OpenCaseFilter, 'states' | 'technician'> = {},
): AsyncGenerator<StoredCase, void, undefined> {
  let page = await ledger.openCases({ ...which, limit: PAGE });
  for (;;) {
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    await othersFirst();
    page = await ledger.openCases({ ...which, after: last.case.id, limit: PAGE });
  }
}

/** The same, collected: for states in which few cases are at any one time. */
export async function openCasesIn(
  ledger: Pick<Ledger, 'openCases'>,
  states: NonNullable<OpenCaseFilter['states']>,
): Promise<readonly StoredCase[]> {
  const found: StoredCase[] = [];
  for await (const stored of eachOpenCase(ledger, { states })) found.push(stored);
  return found;
}

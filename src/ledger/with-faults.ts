/**
 * Methods of the ledger, as the rest of the program sees them: what SQLite reports reaches nobody as it is.
 */
import { asFault } from './failures.ts';

type Methods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** The same methods, with what SQLite reports thrown as a Fault. */
export function withFaults<T extends Methods>(methods: T): T {
  const wrapped = Object.entries(methods).map(([name, method]) => [
    name,
    async (...args: never[]) => {
      try {
        return await method(...args);
      } catch (error) {
        throw asFault(error, 'reading');
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}

/**
 * Runs `verifyFile` in a thread of its own, so that verifying a large ledger does not hold up a turn.
 */
import { isMainThread, parentPort, workerData, Worker } from 'node:worker_threads';
import { unreadable } from './failures.ts';
import { verifyFile } from './verify.ts';
import type { Verdict, VerifyOptions } from './verify.ts';

interface Order {
  readonly file: string;
  readonly options: VerifyOptions;
}

/** As `verifyFile`, off the main thread. */
export function verifyAside(file: string, options: VerifyOptions): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const order: Order = { file, options };
    const worker = new Worker(new URL(import.meta.url), { workerData: order });
    worker.once('message', (verdict: Verdict) => resolve(verdict));
    worker.once('error', (error) => reject(unreadable('the verification failed', error)));
    worker.once('exit', () => reject(unreadable('the verification ended without a verdict')));
  });
}

if (!isMainThread && parentPort !== null) {
  const { file, options } = workerData as Order;
  parentPort.postMessage(await verifyFile(file, options));
}

/**
 * Verification of the whole ledger beside the work, in short reads on the main thread: the permission model allows no threads.
 * What it finds stops all writing.
 */
import type { KeyObject } from 'node:crypto';
import { Fault } from '../casework/ports/fault.ts';
import type { HeadGuard } from './head-guard.ts';
import { verifyFile } from './verify.ts';

/** A verification that is running, or is done. */
export interface BesideVerification {
  /** Resolves when everything was verified, or when it was ended. */
  readonly done: Promise<void>;
  /** Ends it after the read that is running. */
  end(): Promise<void>;
}

/** Begins to verify the file. */
export function verifyBeside(
  file: string,
  parts: {
    readonly signingKey: KeyObject | null;
    readonly guard: HeadGuard;
    readonly onWarning: (sentence: string) => void;
  },
): BesideVerification {
  let ended = false;
  const run = async (): Promise<void> => {
    const verdict = await verifyFile(file, {
      ...{ since: null, publicKey: null, thorough: false },
      ...(parts.signingKey !== null && { signingKey: parts.signingKey }),
      beside: { stopped: () => ended },
    });
    if (!verdict.ok) parts.guard.stop(`the ledger does not verify: ${verdict.problem} at ${verdict.at ?? 'the file'}`);
  };
  const done = run().catch((error: unknown) => {
    // Ended, or unreadable for a reason that is no damage. A mistake of ours must not be taken for either.
    if (!(error instanceof Fault)) throw error;
    if (!ended) parts.onWarning(`the ledger could not be verified whole (${error.internal})`);
  });
  return {
    done,
    end() {
      ended = true;
      return done;
    },
  };
}

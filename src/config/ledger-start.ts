/**
 * How the ledger is opened at this start, and what the operator reads when something is wrong with it.
 */
import type { Readiness } from '../casework/ports/runtime.ts';
import type { LedgerOptions, OpenedLedger } from '../ledger/opened-ledger.ts';
import { ledgerTraces } from '../ledger/start.ts';
import type { Log } from '../casework/ports/log.ts';
import type { Config } from './config.ts';

/**
 * The part of the options that is about the file being the right one. To be called before the keys beside the ledger are made:
 * a key that is there by then is of an earlier ledger.
 */
export function ledgerStart(
  { startKind }: Pick<Config, 'startKind'>,
  file: string,
  log: Log,
): Required<Pick<LedgerOptions, 'start' | 'traces' | 'onStopped' | 'onWarning'>> {
  return {
    start: startKind,
    traces: ledgerTraces(file),
    onStopped: (why) => {
      log.error(
        { why },
        'somebody else wrote to the ledger, or it is damaged: nothing is written and no pass is issued',
      );
    },
    onWarning: (sentence) => {
      log.warn({}, sentence);
    },
  };
}

/** Whether the bot can work: not when its ledger was stopped, whatever else it could do. */
export function readinessOf(ledger: Pick<OpenedLedger, 'stopped'>, otherwise: Readiness): Readiness {
  return ledger.stopped() === null ? otherwise : { kind: 'not-ready', because: 'ledger-corrupt' };
}

/**
 * How the ledger is opened at this start, and what the operator reads when something is wrong with it.
 */
import type { LedgerOptions } from '../ledger/opened-ledger.ts';
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

/**
 * The "no" to a pass, found in the entries about a caller. Each has an entry of its own, whose code alone says what it was: the
 * details of an entry can be erased. Ledgers from before have it in the detail of the step only.
 */
import type { RecordedEntry } from '../casework/ports/ledger.ts';
import { NO_CODES } from '../casework/ports/ledger-codes.ts';
import type { EarlierNo, NoKind } from '../procedure/facts.ts';

/** The steps that say no, with the detail that tells so. */
const STEPS: Readonly<Record<string, readonly [detail: string, value: string | boolean, kind: NoKind]>> = {
  'case.approval-decided': ['approved', false, 'approval-denied'],
  'case.manager-answered': ['speakingNow', false, 'manager-declined'],
  'case.callback-recorded': ['outcome', 'answered-by-someone-else', 'someone-else-answered'],
};

/** Every code under which a "no" can be found. */
export const CODES_OF_NOES: readonly string[] = [...Object.values(NO_CODES), ...Object.keys(STEPS)];

/** The newest "no" of each kind. `entries`: newest first. */
export function newestNoes(entries: readonly RecordedEntry[]): readonly EarlierNo[] {
  const noes = entries.flatMap((entry): readonly EarlierNo[] => {
    const kind = kindOf(entry);
    return kind === null ? [] : [{ kind, at: entry.at }];
  });
  return noes.filter(({ kind }, index) => noes.findIndex((one) => one.kind === kind) === index);
}

function kindOf({ code, detail }: RecordedEntry): NoKind | null {
  const own = (Object.keys(NO_CODES) as NoKind[]).find((kind) => NO_CODES[kind] === code);
  if (own !== undefined) return own;
  const step = STEPS[code];
  return step !== undefined && detail[step[0]] === step[1] ? step[2] : null;
}

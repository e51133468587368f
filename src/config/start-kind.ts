/**
 * What the operator says about the ledger at a start: nothing, that it is a new one, or that an older copy was put back. Each is
 * for one start; the log warns when it is still said at the next.
 */
import { url as inspectorUrl } from 'node:inspector';
import type { StartKind } from '../ledger/start.ts';
import type { Environment } from './environment.ts';
import type { ProcessStart } from './process-start.ts';

/** Options behind `npm start --`, and the settings that they stand for. */
const OPTIONS = { '--new': 'HARDLINE_NEW_LEDGER', '--restored': 'HARDLINE_RESTORED_LEDGER' } as const;

/** The settings that the arguments of the process stand for. */
export function settingsOfOptions(words: readonly string[]): Readonly<Record<string, string>> {
  const named = Object.entries(OPTIONS).filter(([option]) => words.includes(option));
  return Object.fromEntries(named.map(([, name]) => [name, 'yes']));
}

/** How this process was started. */
export function processStart(settings: ProcessStart['environment']): ProcessStart {
  const environment = { ...settings, ...settingsOfOptions(process.argv) };
  return { environment, options: process.execArgv, inspector: inspectorUrl() };
}

/** What the settings say about the ledger; `together.ts` refuses both at once. */
export function startKindOf(env: Environment): StartKind {
  if (env.HARDLINE_NEW_LEDGER === 'yes') return 'new';
  return env.HARDLINE_RESTORED_LEDGER === 'yes' ? 'restored' : 'as-usual';
}

/** What a row of the table of bad configurations is made of, and what it may need on disk. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a configuration can refer to. */
export interface Place {
  /** A folder of its own. */
  readonly folder: string;
  /** Ports of this machine: one that is taken, and the one of an emulated tenant that answers. */
  readonly takenPort: number;
  readonly tenantOrigin: string;
}

/** Settings that differ from a good configuration; `undefined` takes one away. */
export type Change = Readonly<Record<string, string | undefined>>;

/** One configuration that must stop the start. */
export interface BadConfiguration {
  readonly title: string;
  readonly change: (place: Place) => Change;
  /** How each line begins, after "Hardline cannot start: ". One line for each problem. */
  readonly problems: readonly string[];
  /** What the line says besides, for whoever has to mend it. */
  readonly says?: RegExp;
  /** Options for Node itself. */
  readonly node?: readonly string[];
}

/** A folder name that is long enough to be found if a message repeats it. */
export const SOMEWHERE = 'a-place-of-the-operator';

/** Writes a file with this content and these rights, and says where. */
export function file(place: Place, name: string, content: string, mode = 0o600): string {
  mkdirSync(join(place.folder, SOMEWHERE), { recursive: true, mode: 0o700 });
  const path = join(place.folder, SOMEWHERE, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

/** One row of the table. */
export function bad(
  title: string,
  change: Change | ((place: Place) => Change),
  problem: string | readonly string[],
  more: Pick<BadConfiguration, 'says' | 'node'> = {},
): BadConfiguration {
  const problems = typeof problem === 'string' ? [problem] : problem;
  return { title, change: typeof change === 'function' ? change : () => change, problems, ...more };
}

/** A group of the emulated company. */
export const GROUP = (number: number): string => `b0000000-0000-4000-8000-00000000000${number}`;
/** A real tenant in place of the emulated one. */
export const ENTRA = {
  HARDLINE_CHANNEL: 'authenticated',
  HARDLINE_BOT_APP_ID: GROUP(8),
  HARDLINE_BOT_CREDENTIAL: 'managed-identity',
  HARDLINE_GRAPH: 'entra',
  HARDLINE_GRAPH_ORIGIN: undefined,
  HARDLINE_GRAPH_CLIENT_ID: GROUP(9),
  HARDLINE_GRAPH_CREDENTIAL: 'managed-identity',
  HARDLINE_CHANGE_FEED_DELAY_SECONDS: undefined,
  HARDLINE_AUDIT_LOG_DELAY_MINUTES: undefined,
} as const;

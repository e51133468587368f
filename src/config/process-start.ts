/**
 * How the process was started. Some options of Node open its memory or its traffic to others: the inspector reads a pass,
 * a heap snapshot writes it to disk, and without checked certificates anybody on the way can answer for Microsoft.
 */
import type { Problems } from './environment.ts';

/** What Node was started with. */
export interface ProcessStart {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The options on the command line, as `process.execArgv` has them. */
  readonly options: readonly string[];
  /** Where the inspector listens; `undefined` when it does not. */
  readonly inspector: string | undefined;
}

const READS_MEMORY = 'it lets others read the memory of the bot, and with it a pass. Start without it.';
const WRITES_MEMORY = 'it writes the memory of the bot to a file, and with it a pass. Start without it.';
const WRITES_SETTINGS = 'it writes every setting to a file, and with them the secrets. Start without it.';
const WRITES_KEYS = 'it gives away the keys of the connections to Microsoft. Start without it.';

/** Options of Node that must not be given, and why. */
const FORBIDDEN: readonly (readonly [option: RegExp, why: string])[] = [
  [/^--inspect(?:-brk|-wait)?$/, READS_MEMORY],
  [/^--heapsnapshot-(?:signal|near-heap-limit)$/, WRITES_MEMORY],
  [/^--abort-on-uncaught-exception$/, WRITES_MEMORY],
  [/^--report-(?:on-signal|on-fatalerror|uncaught-exception)$/, WRITES_SETTINGS],
  [/^--(?:tls-keylog|trace-tls)$/, WRITES_KEYS],
  [/^--insecure-http-parser$/, 'it accepts requests that two servers read in two ways. Start without it.'],
];

/** Notes what is wrong with how the process was started. */
export function checkProcess({ environment, options, inspector }: ProcessStart, problems: Problems): void {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    problems.set(
      'NODE_TLS_REJECT_UNAUTHORIZED',
      'with it, no certificate is checked, and anybody on the way can answer for Microsoft. Take it away; for a certificate authority of your own, use NODE_EXTRA_CA_CERTS.',
    );
  }
  if ((environment['NODE_DEBUG'] ?? '') !== '') {
    problems.set('NODE_DEBUG', 'it prints requests with their tokens. Take it away.');
  }
  let explained = false;
  for (const option of [...options, ...optionsIn(environment['NODE_OPTIONS'] ?? '')].map(nameOf)) {
    const why = FORBIDDEN.find(([forbidden]) => forbidden.test(option))?.[1];
    if (why === undefined) continue;
    problems.set(option, why);
    explained ||= why === READS_MEMORY;
  }
  if (inspector !== undefined && !explained) problems.set('The inspector of Node', `is open: ${READS_MEMORY}`);
}

/** NODE_OPTIONS is split at spaces, and a part may stand in double quotes. */
function optionsIn(text: string): readonly string[] {
  return text.split(/\s+/).map((part) => part.replaceAll('"', ''));
}

/** The name as Node understands it: without the value, and with `-` where `_` is allowed, too. */
function nameOf(option: string): string {
  return option.replace(/=.*$/s, '').replaceAll('_', '-');
}

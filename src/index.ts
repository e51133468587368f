/**
 * The process: checks the Node version, reads the configuration, starts the bot, and stops it on a signal.
 * When it cannot start, it says in plain lines what to fix and exits with a code that tells a supervisor whether to restart it.
 */
import type { FaultCode } from './casework/ports/fault.ts';

// Node opens its inspector at this signal, and the inspector reads the whole memory, a pass included. A listener of our own
// takes its place. `npm start` switches the signal off from the first moment on (--disable-sigusr1).
process.on('SIGUSR1', () => process.stderr.write('SIGUSR1 was ignored: the inspector of Node stays shut.\n'));

/**
 * How the process ends; docs/operations.md explains it to supervisors. `badConfiguration` is EX_CONFIG of sysexits.h: nothing
 * but a change helps. `tryAgain` is EX_TEMPFAIL: it is over after a while. `failed` is EX_SOFTWARE: a bug, or the ledger cannot be
 * used as it is.
 */
const EXIT = { stopped: 0, failed: 70, tryAgain: 75, badConfiguration: 78 } as const;

/** The version in `engines`, which undici requires. An even older Node cannot load a `.ts` file at all. */
const OLDEST = [22, 19] as const;

function sayWhyNot(sentence: string): void {
  process.stderr.write(`Hardline cannot start: ${sentence}\n`);
}

/** The type of an error and the code the system gave it. The message is never printed: it could contain anything. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}

for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (reason: unknown) => {
    process.stderr.write(`Hardline ended: ${event}, ${typeOf(reason)}\n`);
    process.exit(EXIT.failed);
  });
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  sayWhyNot(`this is Node ${process.versions.node}, and it needs ${OLDEST.join('.')} or newer. Use npm start.`);
  process.exit(EXIT.badConfiguration);
}

const { configFromProcess, ConfigError } = await import('./config/config.ts');
const { Fault } = await import('./casework/ports/fault.ts');

/** A wrong secret or a missing consent is mended by somebody, a Graph that does not answer by waiting. */
function exitCodeFor(code: FaultCode): number {
  if (code === 'configuration' || code === 'ledger-in-use' || code === 'directory-denied') return EXIT.badConfiguration;
  return code.startsWith('directory-') ? EXIT.tryAgain : EXIT.failed;
}

try {
  const config = configFromProcess();
  const { startHardline } = await import('./app.ts');
  const hardline = await startHardline(config);
  const { giveUpStartRights } = await import('./config/node-rights.ts');
  giveUpStartRights();
  const stop = (): void => {
    hardline.close().then(
      () => process.exit(EXIT.stopped),
      () => process.exit(EXIT.failed),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  if (error instanceof ConfigError) {
    error.problems.forEach(sayWhyNot);
    process.exit(EXIT.badConfiguration);
  }
  if (error instanceof Fault) {
    sayWhyNot(`${error.internal} (${error.code})`);
    process.exit(exitCodeFor(error.code));
  }
  sayWhyNot(`something unexpected happened (${typeOf(error)}). Please report it.`);
  process.exit(EXIT.failed);
}

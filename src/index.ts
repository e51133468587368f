/**
 * The process: checks the Node version, reads the configuration, starts the bot, and stops it on a signal.
 * When it cannot start, it says in plain lines what to fix and exits with a code that tells a supervisor whether to restart it.
 */
import type { FaultCode } from './casework/ports/fault.ts';

/** The version in `engines`, which undici requires. An even older Node cannot load a `.ts` file at all. */
const OLDEST = [22, 19] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Hardline needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}. Start it with npm start.\n`,
  );
  process.exit(78);
}

const { configFromProcess, ConfigError } = await import('./config/config.ts');
const { startHardline } = await import('./app.ts');
const { Fault } = await import('./casework/ports/fault.ts');

/** Exit code of sysexits.h for a configuration error: a supervisor must not restart it in a loop. */
const BAD_CONFIGURATION = 78;
/** Exit code of sysexits.h for what is over after a while: a supervisor should start the bot again. */
const TRY_AGAIN = 75;

/** A wrong secret or a missing consent is mended by somebody, a Graph that does not answer by waiting. */
function exitCodeFor(code: FaultCode): number {
  if (code === 'configuration' || code === 'ledger-in-use' || code === 'directory-denied') return BAD_CONFIGURATION;
  return code.startsWith('directory-') ? TRY_AGAIN : 70;
}

process.on('unhandledRejection', (reason) => {
  // Only the type is printed: the message could contain anything.
  process.stderr.write(`unhandled rejection: ${reason instanceof Error ? reason.name : typeof reason}\n`);
  process.exit(70);
});

try {
  const hardline = await startHardline(configFromProcess());
  const stop = (): void => {
    hardline.close().then(
      () => process.exit(0),
      () => process.exit(70),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  if (error instanceof ConfigError) {
    process.stderr.write(`Hardline cannot start:\n${error.problems.map((problem) => `  - ${problem}\n`).join('')}`);
    process.exit(BAD_CONFIGURATION);
  }
  if (error instanceof Fault) {
    process.stderr.write(`Hardline cannot start: ${error.internal} (${error.code})\n`);
    process.exit(exitCodeFor(error.code));
  }
  throw error;
}

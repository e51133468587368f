/**
 * `npm run tenant -- --port N --seed FILE [--latency MS]`: the emulated tenant on its own. It prints `ready
 * http://127.0.0.1:N` once it answers; an error is one message and exit code 1.
 */
import { parseArgs } from 'node:util';
import { BadSeed } from './read-seed.ts';
import { FERNHILL, startTenant } from './start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string' },
    latency: { type: 'string', default: '0' },
  },
});

try {
  const tenant = await startTenant({
    port: Number(values.port),
    seed: values.seed ?? FERNHILL,
    latencyMs: Number(values.latency),
  });
  const stop = (): void => void tenant.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`ready ${tenant.origin}`);
} catch (error) {
  // A wrong seed or a taken port is something the user can fix: one message, no stack trace.
  if (!(error instanceof BadSeed) && !(error instanceof Error && 'code' in error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/**
 * Stryker's mocha runner, for this mocha. The runner asks for `lib/cli/run-helpers` without an ending, and mocha 12.0.3 calls
 * the file `.cjs`: Node finds it once it looks for that ending, too. To be dropped when the runner knows the new names.
 */
import { createRequire } from 'node:module';

const { extensions } = createRequire(import.meta.url);
extensions['.cjs'] ??= extensions['.js'];
const runner = await import('@stryker-mutator/mocha-runner');

export const { strykerPlugins, strykerValidationSchema } = runner;

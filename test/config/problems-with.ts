/** What is wrong with a configuration, for tests of what stops the start. */
import { ConfigError, type Config } from '../../src/config/config.ts';

/** What is wrong with these settings; nothing when they can be used. */
export function problemsWith(read: () => Config): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

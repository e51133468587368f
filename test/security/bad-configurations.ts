/**
 * Configurations with which the bot must not start. Each of them would weaken it without a word, or could not work.
 * The test beside this file starts the real process with every one of them.
 */
import { bad, file, GROUP, type BadConfiguration } from './bad/configuration.ts';
import { FILES } from './bad/files.ts';
import { POLICIES } from './bad/policies.ts';
import { FIGURES, NAMES, PROCESS, WHO } from './bad/settings.ts';

/** Every configuration that must stop the start. */
export const BAD_CONFIGURATIONS: readonly BadConfiguration[] = [
  ...NAMES,
  ...POLICIES,
  ...FIGURES,
  ...WHO,
  ...PROCESS,
  ...FILES,
  bad(
    'three mistakes in three places, all named at once',
    (place) => ({
      HARDLINE_GROUP_PROTECTED: GROUP(6),
      HARDLINE_GROUP_LEADS: 'the-leads',
      HARDLINE_INDEX_KEY_FILE: file(place, 'key', 'ab'.repeat(32), 0o644),
    }),
    ['HARDLINE_GROUP_LEADS:', 'HARDLINE_GROUP_PROTECTED:', 'HARDLINE_INDEX_KEY_FILE:'],
  ),
];

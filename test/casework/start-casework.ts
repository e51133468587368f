/**
 * Starts casework as a process does: what an earlier run left unfinished is dealt with before the first turn.
 */
import type { CardsByLanguage } from '../../src/casework/ports/cards.ts';
import type { Company } from '../../src/casework/background/duty.ts';
import { buildCasework } from '../../src/casework/build.ts';
import type { BuiltCasework } from '../../src/casework/casework-parts.ts';
import type { Log } from '../../src/casework/ports/log.ts';
import type { Directory } from '../../src/casework/ports/directory.ts';
import type { Ledger } from '../../src/casework/ports/ledger.ts';
import type { Messenger } from '../../src/casework/ports/messenger.ts';
import { REAL_TIMING, type Timing } from '../../src/casework/ports/runtime.ts';
import type { SenderLimitFigures } from '../../src/casework/steps/sender-limits.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { yields } from './directory-in-memory.ts';
import { GROUPS } from './fixtures.ts';

export interface StartParts {
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly messenger: Messenger;
  readonly cards: CardsByLanguage;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly log: Log;
  /** What one person may ask of the bot; without limits otherwise. */
  readonly senderLimits?: SenderLimitFigures | undefined;
  readonly timing?: Timing | undefined;
  readonly company?: Company | undefined;
}

/** People in these tests act faster than any person can. */
const NO_LIMITS: SenderLimitFigures = {
  refusalsPerMinute: Infinity,
  looksPerMinute: Infinity,
  searchesPerHour: Infinity,
};

export async function startCasework(parts: StartParts): Promise<BuiltCasework> {
  const { now, newId, senderLimits = NO_LIMITS, timing = REAL_TIMING, company = 'alone', ...others } = parts;
  const built = await buildCasework({
    ...{ ...others, senderLimits, timing, company },
    runtime: { now, newId },
    wait: () => yields(1),
    policy: DEFAULT_POLICY,
    groups: GROUPS,
    objectionBlocksHours: 24,
    selfServiceUrl: 'https://aka.ms/sspr',
    timeZone: 'UTC',
    emergencyContact: null,
  });
  await built.recover();
  return built;
}

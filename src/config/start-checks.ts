/**
 * What is checked in the tenant before the bot does anything there: its own rights, and the groups of the configuration.
 * Nothing is taken for granted. While Graph cannot be reached, the bot tries again for a while and then ends with an exit code
 * that makes a supervisor start it again. It could not help anybody in that time: without Graph, every fact is unread and no
 * pass is possible. A bot that is already running is not affected.
 */
import { Fault } from '../casework/ports/fault.ts';
import type { Log } from '../casework/ports/log.ts';
import type { Instant } from '../procedure/facts.ts';
import { faultOf } from '../graph/answer.ts';
import { openClient, type GraphClient } from '../graph/client.ts';
import { scopeOf, type TenantConnection } from '../graph/connection.ts';
import { credentialOf } from '../graph/emulated-credential.ts';
import { SEES_HIDDEN } from '../graph/group-kinds.ts';
import { readOwnClaims } from '../graph/grants.ts';
import { readStartFacts } from '../graph/start-facts.ts';
import type { Wait } from '../graph/retry-reads.ts';
import { grantProblems, roleLine } from './check-grants.ts';
import { configuredGroups, groupProblems } from './check-groups.ts';
import { ConfigError, type Config } from './config.ts';

/** What the checks need of the configuration. */
export type CheckedConfig = Pick<
  Config,
  'groups' | 'vipGroup' | 'protectedGroups' | 'helpdeskAtMostPercent' | 'startPatienceSeconds'
>;

/** What the checks need from outside. */
export interface StartRuntime {
  readonly log: Log;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** How to pause before the next try. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** How to pause before a request is repeated; real time otherwise. */
  readonly wait?: Wait;
}

/** The first pause before another try, in milliseconds; each further one is twice as long, up to `LONGEST_PAUSE_MS`. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Throws ConfigError with a line for everything that has to be mended first, and Fault when Entra or Graph could not be asked
 * during `startPatienceSeconds`, or when Entra refuses the sign-in, which no waiting mends.
 */
export async function checkTenant(
  config: CheckedConfig,
  tenant: TenantConnection,
  runtime: StartRuntime,
): Promise<void> {
  const { log, now, newId, wait } = runtime;
  const client = openClient({ tenant, now, newId, ...(wait && { wait }) });
  try {
    let left = config.startPatienceSeconds * 1000;
    for (let next = FIRST_PAUSE_MS; ; next = Math.min(next * 2, LONGEST_PAUSE_MS)) {
      const unanswered = await checkOnce(config, tenant, client, runtime);
      if (unanswered === null) return;
      if (left < next) throw unanswered;
      log.warn({ code: unanswered.code, nextTrySeconds: next / 1000 }, `not started yet: ${unanswered.internal}`);
      await runtime.pause(next);
      left -= next;
    }
  } finally {
    await client.close();
  }
}

/** One try. `null` when everything is in order; a Fault when something could not be read, which may pass. */
async function checkOnce(
  config: CheckedConfig,
  tenant: TenantConnection,
  client: GraphClient,
  { log, now }: StartRuntime,
): Promise<Fault | null> {
  const claims = await readOwnClaims(credentialOf(tenant), scopeOf(tenant)).catch(unansweredOnly);
  if (claims instanceof Fault) return claims;
  refuseFor(grantProblems(claims, log));
  if (claims.oid === null) {
    throw new Fault('configuration', {
      internal: 'cannot tell which directory roles the bot has: its own token does not say whose it is',
    });
  }
  const groups = configuredGroups(config);
  const facts = await readStartFacts(
    client,
    {
      groups: groups.map(({ id }) => id),
      counted: groups.filter(({ kind }) => kind === 'helpdesk').map(({ id }) => id),
      self: claims.oid,
    },
    now(),
  );
  // The token has the permissions, so a denial is one that passes: Microsoft needs some minutes after they were granted.
  if (facts.kind !== 'read') return faultOf('the checks at the start', facts.why);
  const mayReadHidden = claims.roles.some((name) => name.toLowerCase() === SEES_HIDDEN);
  refuseFor([
    ...facts.value.ownRoles.map(roleLine),
    ...groupProblems(groups, facts.value, { mayReadHidden, atMostPercent: config.helpdeskAtMostPercent }),
  ]);
  return null;
}

function unansweredOnly(error: unknown): Fault {
  if (error instanceof Fault && error.code === 'directory-unreachable') return error;
  throw error;
}

function refuseFor(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}

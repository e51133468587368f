/**
 * Turns the environment and the policy file into a Config. All problems are reported at once, each with what to do
 * about it. No other file reads the environment, and settings that would be unsafe together are refused.
 */
import { readFileSync } from 'node:fs';
import { isLoopback, readChannel, readGraph, report, type ChannelConfig, type GraphConfig } from './connections.ts';
import { readEnvironment, type Environment, type Problems } from './environment.ts';
import { SENDER_LIMITS, type SenderLimitFigures } from '../casework/steps/sender-limits.ts';
import type { ShippingSettings } from '../export/settings.ts';
import { FEED_SETTINGS, type FeedSettings } from '../graph/feed/settings.ts';
import type { GroupId } from '../procedure/facts.ts';
import type { StartKind } from '../ledger/start.ts';
import type { Policy } from '../procedure/policy.ts';
import { checkpointSettings, type CheckpointSettings } from './checkpoint-settings.ts';
import { checkFiles } from './files.ts';
import { readPolicy } from './policy-file.ts';
import { checkPolicy } from './policy-sense.ts';
import { checkProcess, type ProcessStart } from './process-start.ts';
import { readShipping } from './shipping-settings.ts';
import { processStart, startKindOf } from './start-kind.ts';
import { checkTogether } from './together.ts';

/** Everything that is configured from outside. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly tenantId: string;
  readonly channel: ChannelConfig;
  readonly graph: GraphConfig;
  readonly groups: Readonly<Record<'technician' | 'approver' | 'auditor' | 'lead', GroupId>>;
  readonly vipGroup: GroupId | null;
  readonly protectedGroups: readonly GroupId[];
  /** A group of the helpdesk may hold at most this share of the enabled members, in percent. 100: any. */
  readonly helpdeskAtMostPercent: number;
  /** How long the start waits for Entra and Graph when they cannot be asked, in seconds. */
  readonly startPatienceSeconds: number;
  /** The app's id in the organization's Teams catalog; `null`: the bot installs itself for nobody. */
  readonly teamsCatalogId: string | null;
  readonly policy: Policy;
  readonly objectionBlocksHours: number;
  /** Whom to call when no lead or approver was reached: a name and a number, shown as they stand. */
  readonly emergencyContact: string | null;
  /** IANA name for the times on cards. */
  readonly timeZone: string;
  /** Seconds between two checks of what open cases wait for. */
  readonly watchSeconds: number;
  /** The newest ledger entry, when it was written with a wrong clock. */
  readonly clockWasWrongAt: number | null;
  /** How the tenant is followed: how late Microsoft's sources may be, and how often each is read. */
  readonly feed: FeedSettings;
  /** The tenant counts the list of a person's methods as a report. */
  readonly methodsAreReports: boolean;
  /** Seconds from the arrival of a click until its answer is of no use any more. */
  readonly turnSeconds: number;
  /** From this many different callers within an hour on, the bot raises the mode by itself. */
  readonly spikeCallers: number;
  /** What one person may ask of the bot. */
  readonly senderLimits: SenderLimitFigures;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** How the ledger's checkpoints are signed, and where they are kept. */
  readonly checkpoints: CheckpointSettings;
  readonly startKind: StartKind;
  /** File of the key of the digests in the tenant index; `null` creates one beside the ledger. */
  readonly indexKeyFile: string | null;
  readonly shipping: ShippingSettings;
  /** More certificate authorities are trusted than those that Node brings (NODE_EXTRA_CA_CERTS). The log says so. */
  readonly extraAuthorities: boolean;
}

/** The configuration cannot be used. `problems` holds every one, in plain sentences. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads the configuration of this process, as `configOf` does. */
export function configFromProcess(): Config {
  const config = configOf(processStart(process.env));
  delete process.env['HARDLINE_CHECKPOINT_KEY']; // OpenSSL has it; no text of it stays where others would find it
  return config;
}

/**
 * Reads the configuration, and looks at the files it names and at how Node was started. Throws ConfigError with every
 * problem.
 */
export function configOf(start: ProcessStart): Config {
  const config = read(start.environment, (env, problems) => {
    checkProcess(start, problems);
    checkFiles(env, problems);
  });
  return { ...config, extraAuthorities: (start.environment['NODE_EXTRA_CA_CERTS'] ?? '') !== '' };
}

type Values = Readonly<Record<string, string | undefined>>;

/** Reads a configuration from named values. Throws ConfigError with every problem. */
export const readConfig = (values: Values): Config => read(values, () => undefined);

function read(values: Values, checkMore: (env: Environment, problems: Problems) => void): Config {
  const problems: Problems = new Map();
  const env = readEnvironment(values, problems);
  const policy = readPolicy(env.HARDLINE_POLICY_FILE, (file) => readFileSync(file, 'utf8'), problems);
  if (policy !== null) checkPolicy(policy, { hasVipGroup: env.HARDLINE_GROUP_VIP !== undefined }, problems);
  checkTogether(env, problems);
  const checkpoints = checkpointSettings(env, problems);
  checkMore(env, problems);
  const shipping = readShipping(env, problems);
  const channel = readChannel(env, problems);
  const graph = readGraph(env, problems);
  const host = env.HARDLINE_HOST ?? (env.HARDLINE_CHANNEL === 'loopback-only' ? '127.0.0.1' : '0.0.0.0');
  if (env.HARDLINE_CHANNEL === 'loopback-only') {
    if (env.HARDLINE_GRAPH !== 'emulated') {
      report(problems, 'HARDLINE_CHANNEL', 'loopback-only checks no token, so it works only with the emulated tenant.');
    }
    if (!isLoopback(host)) report(problems, 'HARDLINE_HOST', 'loopback-only listens on 127.0.0.1 and nowhere else.');
  }
  if (channel === null || graph === null || policy === null || problems.size > 0) {
    throw new ConfigError([...problems].map(([name, sentence]) => `${name}: ${sentence}`));
  }
  return {
    host,
    port: env.PORT,
    dataFolder: env.HARDLINE_DATA,
    tenantId: env.HARDLINE_TENANT_ID,
    channel,
    graph,
    groups: {
      technician: env.HARDLINE_GROUP_TECHNICIANS,
      approver: env.HARDLINE_GROUP_APPROVERS,
      auditor: env.HARDLINE_GROUP_AUDITORS,
      lead: env.HARDLINE_GROUP_LEADS,
    },
    vipGroup: env.HARDLINE_GROUP_VIP ?? null,
    protectedGroups: env.HARDLINE_GROUPS_PROTECTED,
    helpdeskAtMostPercent: env.HARDLINE_HELPDESK_AT_MOST_PERCENT,
    startPatienceSeconds: env.HARDLINE_START_PATIENCE_SECONDS,
    teamsCatalogId: env.HARDLINE_TEAMS_CATALOG_ID ?? null,
    policy,
    objectionBlocksHours: env.HARDLINE_OBJECTION_BLOCKS_HOURS,
    emergencyContact: env.HARDLINE_EMERGENCY_CONTACT ?? null,
    timeZone: env.HARDLINE_TIME_ZONE,
    watchSeconds: env.HARDLINE_WATCH_SECONDS,
    clockWasWrongAt: env.HARDLINE_CLOCK_WAS_WRONG ?? null,
    feed: feedSettings(env),
    methodsAreReports: env.HARDLINE_METHODS_ARE_REPORTS === 'yes',
    turnSeconds: env.HARDLINE_TURN_SECONDS,
    spikeCallers: env.HARDLINE_SPIKE_CALLERS,
    senderLimits: {
      ...SENDER_LIMITS,
      searchesPerHour: env.HARDLINE_SEARCHES_PER_HOUR,
      refusalsPerMinute: env.HARDLINE_REFUSALS_PER_MINUTE,
    },
    logLevel: env.HARDLINE_LOG_LEVEL,
    checkpoints,
    startKind: startKindOf(env),
    indexKeyFile: env.HARDLINE_INDEX_KEY_FILE ?? null,
    shipping,
    extraAuthorities: false,
  };
}

function feedSettings(env: Environment): FeedSettings {
  return {
    ...FEED_SETTINGS,
    delays: {
      feedMs: Math.round(env.HARDLINE_CHANGE_FEED_DELAY_SECONDS * 1000),
      logMs: Math.round(env.HARDLINE_AUDIT_LOG_DELAY_MINUTES * 60_000),
    },
    every: { ...FEED_SETTINGS.every, registration: Math.round(env.HARDLINE_REGISTRATION_HOURS * 3_600_000) },
  };
}

/**
 * The configuration as a flat list, so that the ledger can say at a start what differs from the last one. Secrets, addresses, files
 * and contacts are in it without their values: only that they changed is of interest.
 */
import product from '../../package.json' with { type: 'json' };
import type { RunFacts, Setting } from '../casework/background/run-entries.ts';
import type { Config } from './config.ts';

/** Where the name of a setting is not the way to it in `Config`. Fields of the policy file keep their names: `policy.places`. */
const NAMES: Readonly<Record<string, string>> = {
  host: 'HARDLINE_HOST',
  port: 'PORT',
  dataFolder: 'HARDLINE_DATA',
  tenantId: 'HARDLINE_TENANT_ID',
  'channel.kind': 'HARDLINE_CHANNEL',
  'channel.appId': 'HARDLINE_BOT_APP_ID',
  'channel.credential.kind': 'HARDLINE_BOT_CREDENTIAL',
  'channel.credential.secret': 'HARDLINE_BOT_SECRET',
  'channel.credential.thumbprint': 'HARDLINE_BOT_CERTIFICATE_THUMBPRINT',
  'channel.credential.file': 'HARDLINE_BOT_CERTIFICATE_FILE',
  'graph.kind': 'HARDLINE_GRAPH',
  'graph.origin': 'HARDLINE_GRAPH_ORIGIN',
  'graph.cloud': 'HARDLINE_CLOUD',
  'graph.clientId': 'HARDLINE_GRAPH_CLIENT_ID',
  'graph.credential.kind': 'HARDLINE_GRAPH_CREDENTIAL',
  'graph.credential.secret': 'HARDLINE_GRAPH_SECRET',
  'graph.credential.file': 'HARDLINE_GRAPH_CERTIFICATE_FILE',
  'groups.technician': 'HARDLINE_GROUP_TECHNICIANS',
  'groups.approver': 'HARDLINE_GROUP_APPROVERS',
  'groups.auditor': 'HARDLINE_GROUP_AUDITORS',
  'groups.lead': 'HARDLINE_GROUP_LEADS',
  vipGroup: 'HARDLINE_GROUP_VIP',
  protectedGroups: 'HARDLINE_GROUPS_PROTECTED',
  helpdeskAtMostPercent: 'HARDLINE_HELPDESK_AT_MOST_PERCENT',
  startPatienceSeconds: 'HARDLINE_START_PATIENCE_SECONDS',
  teamsCatalogId: 'HARDLINE_TEAMS_CATALOG_ID',
  objectionBlocksHours: 'HARDLINE_OBJECTION_BLOCKS_HOURS',
  emergencyContact: 'HARDLINE_EMERGENCY_CONTACT',
  timeZone: 'HARDLINE_TIME_ZONE',
  watchSeconds: 'HARDLINE_WATCH_SECONDS',
  'feed.delays.feedMs': 'HARDLINE_CHANGE_FEED_DELAY_SECONDS',
  'feed.delays.logMs': 'HARDLINE_AUDIT_LOG_DELAY_MINUTES',
  'feed.every.registration': 'HARDLINE_REGISTRATION_HOURS',
  methodsAreReports: 'HARDLINE_METHODS_ARE_REPORTS',
  turnSeconds: 'HARDLINE_TURN_SECONDS',
  spikeCallers: 'HARDLINE_SPIKE_CALLERS',
  'senderLimits.searchesPerHour': 'HARDLINE_SEARCHES_PER_HOUR',
  'senderLimits.refusalsPerMinute': 'HARDLINE_REFUSALS_PER_MINUTE',
  logLevel: 'HARDLINE_LOG_LEVEL',
  checkpointKeyFile: 'HARDLINE_CHECKPOINT_KEY_FILE',
  indexKeyFile: 'HARDLINE_INDEX_KEY_FILE',
  extraAuthorities: 'NODE_EXTRA_CA_CERTS',
};

/** Texts that are choices from a closed list, and say nothing else. */
const CHOICES: ReadonlySet<string> = new Set([
  'channel.kind',
  'channel.credential.kind',
  'graph.kind',
  'graph.cloud',
  'graph.credential.kind',
  'timeZone',
  'logLevel',
]);
const NEVER = /secret|contact|file|host|origin|folder|thumbprint/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the entry of a start says of the program and its configuration. */
export function runFactsOf(config: Config): Omit<RunFacts, 'recovered' | 'forgotten'> {
  const { channel, graph } = config;
  const { version } = product;
  const { node } = process.versions;
  return { version, node, channel: channel.kind, graph: graph.kind, settings: settingsOf(config) };
}

/** Every setting, by name. */
function settingsOf(config: Config): readonly Setting[] {
  return leavesOf('', config).map(({ path, value }) => ({
    name: NAMES[path] ?? path,
    value: JSON.stringify(value),
    harmless: isHarmless(path, value),
  }));
}

/** Whether the ledger may hold the value: numbers, choices, ids of groups and apps, and the policy. */
function isHarmless(path: string, value: unknown): boolean {
  if (NEVER.test(path)) return false;
  if (path.startsWith('policy.') || CHOICES.has(path)) return true;
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.every(
    (one) =>
      one === null ||
      typeof one === 'number' ||
      typeof one === 'boolean' ||
      (typeof one === 'string' && GUID.test(one)),
  );
}

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

function leavesOf(path: string, value: unknown): readonly Leaf[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, value }];
  return Object.entries(value).flatMap(([name, inside]) => leavesOf(path === '' ? name : `${path}.${name}`, inside));
}

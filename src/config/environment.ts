/**
 * The environment variables: their names, formats and defaults. Each is checked on its own, so that one mistake does
 * not hide another. A message about a problem never repeats the value.
 */
import { z } from 'zod';
import { SENDER_LIMITS } from '../casework/steps/sender-limits.ts';
import type { GroupId } from '../procedure/facts.ts';
import { unknownNames } from './names.ts';
import { wrongWith } from './sentences.ts';
import { isTimeZone } from './time-zone.ts';

/** Microsoft's clouds, each with its own Teams and Graph. `global` includes GCC. */
export type Cloud = (typeof CLOUDS)[number];
const CLOUDS = ['global', 'us-gov-l4', 'us-gov-l5', 'china'] as const;

const guid = z
  .string()
  .trim()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a GUID')
  .transform((text) => text.toLowerCase());
const group = guid.transform((text) => text as GroupId);
const groups = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .transform((list) => list.filter((one) => one !== ''))
  .pipe(z.array(group).min(1, 'is set, and names no group'))
  .default([]);
const timeZone = z.string().default('UTC').refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin');
/** A name and a number to call, shown on cards as it stands. */
const contact = z
  .string()
  .trim()
  .max(120, 'must be at most 120 characters')
  .refine(
    (text) => /^\P{Cc}*$/u.test(text) && text.replaceAll(/\D/g, '').length >= 3,
    'must be one line with a number',
  );
/** How an app can authenticate. */
export const CREDENTIAL_KINDS = ['secret', 'certificate', 'managed-identity'] as const;

const ENVIRONMENT = z.object({
  HARDLINE_HOST: z.string().optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3978),
  HARDLINE_DATA: z.string().min(1).default('.data'),
  HARDLINE_TENANT_ID: guid,
  HARDLINE_CHANNEL: z.enum(['authenticated', 'loopback-only']).default('authenticated'),
  HARDLINE_BOT_APP_ID: guid.optional(),
  HARDLINE_BOT_CREDENTIAL: z.enum(CREDENTIAL_KINDS).optional(),
  HARDLINE_BOT_SECRET: z.string().min(1).optional(),
  HARDLINE_BOT_CERTIFICATE_THUMBPRINT: z.string().min(1).optional(),
  HARDLINE_BOT_CERTIFICATE_FILE: z.string().min(1).optional(),
  HARDLINE_GRAPH: z.enum(['entra', 'emulated']).default('entra'),
  HARDLINE_GRAPH_ORIGIN: z.url().optional(),
  HARDLINE_CLOUD: z.enum(CLOUDS).default('global'),
  HARDLINE_GRAPH_CLIENT_ID: guid.optional(),
  HARDLINE_GRAPH_CREDENTIAL: z.enum(CREDENTIAL_KINDS).optional(),
  HARDLINE_GRAPH_SECRET: z.string().min(1).optional(),
  HARDLINE_GRAPH_CERTIFICATE_FILE: z.string().min(1).optional(),
  HARDLINE_GROUP_TECHNICIANS: group,
  HARDLINE_GROUP_APPROVERS: group,
  HARDLINE_GROUP_AUDITORS: group,
  HARDLINE_GROUP_LEADS: group,
  HARDLINE_GROUP_VIP: group.optional(),
  HARDLINE_GROUPS_PROTECTED: groups,
  HARDLINE_HELPDESK_AT_MOST_PERCENT: z.coerce.number().int().min(1).max(100).default(50),
  HARDLINE_START_PATIENCE_SECONDS: z.coerce.number().min(0).max(600).default(60),
  HARDLINE_TEAMS_CATALOG_ID: guid.optional(),
  HARDLINE_POLICY_FILE: z.string().min(1).optional(),
  HARDLINE_OBJECTION_BLOCKS_HOURS: z.coerce.number().min(1).max(720).default(24),
  HARDLINE_EMERGENCY_CONTACT: contact.optional(),
  HARDLINE_TIME_ZONE: timeZone,
  HARDLINE_WATCH_SECONDS: z.coerce.number().min(0.5).max(60).default(5),
  HARDLINE_CHANGE_FEED_DELAY_SECONDS: z.coerce.number().min(0).max(86_400).default(120),
  HARDLINE_AUDIT_LOG_DELAY_MINUTES: z.coerce.number().min(0).max(1440).default(20),
  HARDLINE_REGISTRATION_HOURS: z.coerce.number().min(0.25).max(168).default(4),
  HARDLINE_METHODS_ARE_REPORTS: z.enum(['yes', 'no']).default('no'),
  HARDLINE_TURN_SECONDS: z.coerce.number().min(5).max(10).default(8),
  HARDLINE_CLOCK_WAS_WRONG: z.coerce.number().int().min(1).optional(),
  HARDLINE_SPIKE_CALLERS: z.coerce.number().int().min(2).max(500).default(10),
  HARDLINE_SEARCHES_PER_HOUR: z.coerce.number().int().min(10).max(10_000).default(SENDER_LIMITS.searchesPerHour),
  HARDLINE_REFUSALS_PER_MINUTE: z.coerce.number().int().min(5).max(1_000).default(SENDER_LIMITS.refusalsPerMinute),
  HARDLINE_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  HARDLINE_CHECKPOINT_KEY_FILE: z.string().min(1).optional(),
  HARDLINE_INDEX_KEY_FILE: z.string().min(1).optional(),
  HARDLINE_SHIP_LINES: z
    .string()
    .regex(/^(?:no|stdout|[3-9]|[1-9]\d{1,3})$/, 'must be no, stdout or the number of an open file')
    .default('no'),
  HARDLINE_SHIP_OTLP: z.enum(['yes', 'no']).default('no'),
  // Of any form here: other programs read them too, and shipping-settings.ts looks at them only when they count.
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: z.string().optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_LOGS_HEADERS: z.string().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.string().optional(),
  OTEL_EXPORTER_OTLP_COMPRESSION: z.string().optional(),
  OTEL_EXPORTER_OTLP_TIMEOUT: z.string().optional(),
  OTEL_EXPORTER_OTLP_CERTIFICATE: z.string().optional(),
  OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: z.string().optional(),
  OTEL_EXPORTER_OTLP_CLIENT_KEY: z.string().optional(),
});

/** What is wrong, by the name of the setting. For each name the first problem counts. */
export type Problems = Map<string, string>;

/** The settings as read. A setting with a problem is missing here, so check the problems before you use them. */
export type Environment = z.infer<typeof ENVIRONMENT>;

/** Checks every setting on its own and notes what is wrong with it, and which names are no settings at all. */
export function readEnvironment(values: Readonly<Record<string, string | undefined>>, problems: Problems): Environment {
  const read: Record<string, unknown> = {};
  for (const [name, form] of Object.entries(ENVIRONMENT.shape)) {
    const value = values[name] === '' ? undefined : values[name];
    const parsed = form.safeParse(value);
    if (parsed.success) read[name] = parsed.data;
    else problems.set(name, value === undefined ? 'missing.' : sentenceFor(parsed.error));
  }
  for (const [name, sentence] of unknownNames(values, Object.keys(ENVIRONMENT.shape))) problems.set(name, sentence);
  return read as Environment;
}

function sentenceFor({ issues: [first] }: z.ZodError): string {
  return first === undefined ? 'cannot be used.' : wrongWith(first);
}

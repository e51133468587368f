/**
 * The settings of the shipping. The addresses and headers have OpenTelemetry's own names, as every program with it has them;
 * whether the ledger is shipped at all is a setting of ours, because platforms set those names for everything that runs there.
 */
import { accessSync, constants, fstatSync } from 'node:fs';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { OtlpSettings, ShippingSettings } from '../export/settings.ts';
import { readKeyText } from '../ledger/key-file.ts';
import type { Environment, Problems } from './environment.ts';

type Env = Partial<Environment>;
type OtlpName = Extract<keyof Environment, `OTEL_${string}`>;

const ON_THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]'];
const LONGEST_TIMEOUT_MS = 60_000;

/** Reads them, and notes what is wrong with them. What is not shipped to is not looked at. */
export function readShipping(env: Env, problems: Problems): ShippingSettings {
  return { lines: readLines(env.HARDLINE_SHIP_LINES, problems), otlp: readOtlp(env, problems) };
}

function readLines(to: string | undefined, problems: Problems): number | null {
  if (to === undefined || to === 'no') return null;
  const file = to === 'stdout' ? 1 : Number(to);
  try {
    fstatSync(file);
  } catch {
    problems.set(
      'HARDLINE_SHIP_LINES',
      'names a file that is not open in this process; whoever starts the bot opens it.',
    );
  }
  return file;
}

function readOtlp(env: Env, problems: Problems): OtlpSettings | null {
  if (env.HARDLINE_SHIP_OTLP !== 'yes') return null;
  const note = (name: OtlpName, sentence: string): void => void problems.set(name, sentence);
  return {
    url: readUrl(env, note),
    headers: {
      ...readHeaders('OTEL_EXPORTER_OTLP_HEADERS', env, note),
      ...readHeaders('OTEL_EXPORTER_OTLP_LOGS_HEADERS', env, note),
    },
    protocol: oneOf('OTEL_EXPORTER_OTLP_PROTOCOL', ['http/protobuf', 'http/json'], env, note),
    compression: oneOf('OTEL_EXPORTER_OTLP_COMPRESSION', ['none', 'gzip'], env, note),
    timeoutMs: readTimeout(env.OTEL_EXPORTER_OTLP_TIMEOUT, note),
    tls: {
      ca: readPath('OTEL_EXPORTER_OTLP_CERTIFICATE', env, note),
      cert: readPath('OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE', env, note),
      key: readKeyPath(env.OTEL_EXPORTER_OTLP_CLIENT_KEY, note),
    },
  };
}

type Note = (name: OtlpName, sentence: string) => void;

/** The address for logs as it stands, or the one for everything with the path that OTLP gives to logs. */
function readUrl(env: Env, note: Note): string {
  const logs = env.OTEL_EXPORTER_OTLP_LOGS_ENDPOINT;
  const name = logs === undefined ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT';
  const text = logs ?? env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (text === undefined) {
    note(name, 'missing. HARDLINE_SHIP_OTLP=yes needs the address of a collector.');
    return '';
  }
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    note(name, 'must be an address that begins with https://.');
    return '';
  }
  if (url.protocol === 'http:' && !ON_THIS_MACHINE.includes(url.hostname)) {
    note(name, 'must begin with https://, unless the collector is on this machine (http://127.0.0.1:4318).');
  }
  if (url.username !== '' || url.password !== '') note(name, 'must hold no password; use OTEL_EXPORTER_OTLP_HEADERS.');
  return logs === undefined ? `${text.replace(/\/+$/, '')}/v1/logs` : text;
}

/** `name=value` separated by commas, with the values percent-encoded, as OpenTelemetry has it. */
function readHeaders(
  name: 'OTEL_EXPORTER_OTLP_HEADERS' | 'OTEL_EXPORTER_OTLP_LOGS_HEADERS',
  env: Env,
  note: Note,
): Readonly<Record<string, string>> {
  const pairs = (env[name] ?? '').split(',').filter((pair) => pair.trim() !== '');
  const headers = pairs.map(readHeader).filter((pair) => pair !== null);
  if (headers.length < pairs.length)
    note(name, 'must be name=value, several separated by commas, values percent-encoded.');
  return Object.fromEntries(headers);
}

function readHeader(pair: string): readonly [string, string] | null {
  const at = pair.indexOf('=');
  try {
    const header = [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())] as const;
    validateHeaderName(header[0]);
    validateHeaderValue(...header);
    return at < 1 ? null : header;
  } catch {
    return null; // the message could repeat the value
  }
}

function oneOf<Value extends string>(
  name: 'OTEL_EXPORTER_OTLP_PROTOCOL' | 'OTEL_EXPORTER_OTLP_COMPRESSION',
  [first, second]: readonly [Value, Value],
  env: Env,
  note: Note,
): Value {
  const value = env[name] ?? first;
  if (value !== first && value !== second) note(name, `must be ${first} or ${second}.`);
  return value === second ? second : first;
}

function readTimeout(text: string | undefined, note: Note): number {
  const timeout = Number(text ?? '10000');
  if (Number.isInteger(timeout) && timeout >= 100 && timeout <= LONGEST_TIMEOUT_MS) return timeout;
  note('OTEL_EXPORTER_OTLP_TIMEOUT', `must be a whole number of milliseconds from 100 to ${LONGEST_TIMEOUT_MS}.`);
  return LONGEST_TIMEOUT_MS;
}

function readPath(
  name: 'OTEL_EXPORTER_OTLP_CERTIFICATE' | 'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE',
  env: Env,
  note: Note,
): string | null {
  const file = env[name];
  if (file === undefined) return null;
  try {
    accessSync(file, constants.R_OK);
  } catch {
    note(name, 'there is no such file that can be read.');
  }
  return file;
}

/** The key must be the bot's alone, as every other. */
function readKeyPath(file: string | undefined, note: Note): string | null {
  if (file === undefined) return null;
  const found = readKeyText(file).kind;
  const name = 'OTEL_EXPORTER_OTLP_CLIENT_KEY';
  if (found === 'open-to-others')
    note(name, 'others can read it. Give it to the account of the bot alone (mode 0600).');
  else if (found !== 'read') note(name, 'there is no such file that can be read.');
  return file;
}

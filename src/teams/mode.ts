/**
 * The two ways in which the bot can listen, and the conditions for each.
 * Without tokens to check, the bot accepts requests from this machine only.
 */
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import { Fault } from '../casework/ports/fault.ts';
import type { ServiceUrlRule } from './service-url.ts';

/** How the bot authenticates to Teams when it sends messages. */
export type BotCredentials =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly thumbprint: string; readonly privateKey: string }
  | { readonly kind: 'managed-identity' }
  /** An app registration whose secret is replaced by the federated credential of a managed identity. */
  | { readonly kind: 'federated'; readonly managedIdentityClientId: string }
  /** Built by the caller of this code. It must know `appId` and must not switch authentication off. */
  | { readonly kind: 'own'; readonly factory: ServiceClientCredentialsFactory };

/**
 * The addresses of another cloud than the public one, or of a test. All of them are required: the SDK would turn a missing one into
 * undefined, and an undefined issuer would accept a token that names no issuer.
 */
interface ChannelEndpoints {
  readonly issuer: string;
  readonly openIdMetadataUrl: string;
  readonly emulatorOpenIdMetadataUrl: string;
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly oauthUrl: string;
}

/** Requests are authenticated by the token of Teams. This is the mode for production. */
export interface AuthenticatedMode {
  readonly kind: 'authenticated';
  /** The bot's application id, a GUID. */
  readonly appId: string;
  /** The one tenant whose people the bot serves, a GUID. */
  readonly tenantId: string;
  readonly credentials: BotCredentials;
  readonly endpoints?: ChannelEndpoints;
  /** The exact host names of further Teams clouds. Those of the public cloud are known. */
  readonly serviceHosts?: readonly string[];
}

/** Requests are not authenticated. For the demo and Microsoft's Agents Playground, on this machine only. */
interface LoopbackMode {
  readonly kind: 'loopback-only';
}

/** How the bot listens. */
export type TeamsMode = AuthenticatedMode | LoopbackMode;

/** The issuer of the tokens in the public cloud. */
const PUBLIC_ISSUER = 'https://api.botframework.com';

const PUBLIC_METADATA_URL = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

const PUBLIC_SERVICE_HOSTS = ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'];
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a host name or address means this machine. Names are not looked up. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOSTS.has(host.toLowerCase());
}

/** The only issuer whose tokens are accepted. */
export function issuerOf(mode: AuthenticatedMode): string {
  return mode.endpoints?.issuer ?? PUBLIC_ISSUER;
}

/** Where the keys are published that sign those tokens (an OpenID metadata document). */
export function signingKeysUrlOf(mode: AuthenticatedMode): string {
  return mode.endpoints?.openIdMetadataUrl ?? PUBLIC_METADATA_URL;
}

/** The bot's application id; empty when no tokens are checked. */
export function appIdOf(mode: TeamsMode): string {
  return mode.kind === 'authenticated' ? mode.appId : '';
}

/**
 * The service addresses that the bot may send to. Addresses of this machine are accepted only in loopback-only mode, where no
 * others are, and in tests, where the signing keys come from this machine too.
 */
export function serviceUrlRuleOf(mode: TeamsMode): ServiceUrlRule {
  if (mode.kind === 'loopback-only') return { hosts: [], loopback: true };
  return {
    hosts: [...PUBLIC_SERVICE_HOSTS, ...(mode.serviceHosts ?? [])],
    loopback: mode.endpoints !== undefined && hasLoopbackHost(mode.endpoints.openIdMetadataUrl),
  };
}

/**
 * Refuses a mode that would let the wrong people in. Call it before a port is opened.
 * Throws Fault `configuration`, whose text names the setting and never its value.
 */
export function assertSoundMode(mode: TeamsMode, host: string): void {
  if (mode.kind === 'loopback-only') {
    if (!isLoopbackHost(host)) {
      throw unsound('Without a Teams token the bot may listen on 127.0.0.1 only, not on a public address.');
    }
    return;
  }
  if (!GUID.test(mode.appId)) throw unsound('The application id of the bot is missing or is not a GUID.');
  if (!GUID.test(mode.tenantId)) throw unsound('The tenant id is missing or is not a GUID.');
  assertCredentials(mode.credentials);
  for (const name of mode.serviceHosts ?? []) {
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) throw unsound('A Teams service host is not a plain host name.');
  }
  if (mode.endpoints !== undefined) assertEndpoints(mode.endpoints);
}

function assertCredentials(credentials: BotCredentials): void {
  const texts =
    credentials.kind === 'secret'
      ? [credentials.secret]
      : credentials.kind === 'certificate'
        ? [credentials.thumbprint, credentials.privateKey]
        : credentials.kind === 'federated'
          ? [credentials.managedIdentityClientId]
          : [];
  if (texts.some((text) => text.trim() === '')) throw unsound(`The bot's credential (${credentials.kind}) is empty.`);
}

function assertEndpoints(endpoints: ChannelEndpoints): void {
  for (const [name, value] of Object.entries(endpoints)) {
    if (typeof value !== 'string' || value === '') throw unsound(`The channel endpoint "${name}" is empty.`);
  }
  const { openIdMetadataUrl, emulatorOpenIdMetadataUrl } = endpoints;
  for (const url of [openIdMetadataUrl, emulatorOpenIdMetadataUrl]) {
    if (!URL.canParse(url) || (new URL(url).protocol !== 'https:' && !hasLoopbackHost(url))) {
      throw unsound('The signing keys of the channel must come over https.');
    }
  }
}

function hasLoopbackHost(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}

function unsound(sentence: string): Fault {
  return new Fault('configuration', { internal: sentence });
}

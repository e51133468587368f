/**
 * The two ways the bot may listen, and what makes each of them sound.
 * The one rule kept here: without a token to check, nobody but this machine is listened to.
 */
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import { Fault } from '../casework/ports/fault.ts';
import type { ServiceUrlRule } from './service-url.ts';

/** How the bot proves itself to the channel when it writes. */
export type BotCredentials =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly thumbprint: string; readonly privateKey: string }
  | { readonly kind: 'managed-identity' }
  /** An app registration whose secret is replaced by the federated credential of a managed identity. */
  | { readonly kind: 'federated'; readonly managedIdentityClientId: string }
  /** Built by the caller; must know `appId` and must not switch authentication off. */
  | { readonly kind: 'own'; readonly factory: ServiceClientCredentialsFactory };

/**
 * The addresses of a cloud that is not the public one, or of a test. All or none: the SDK turns every name that is
 * left out into "undefined", and an undefined issuer would accept a token that names none.
 */
export interface ChannelEndpoints {
  readonly issuer: string;
  readonly openIdMetadataUrl: string;
  readonly emulatorOpenIdMetadataUrl: string;
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly oauthUrl: string;
}

/** Behind the channel's token: the way to run. */
export interface AuthenticatedMode {
  readonly kind: 'authenticated';
  /** The bot's application id, a GUID. */
  readonly appId: string;
  /** The one tenant whose people are listened to, a GUID. */
  readonly tenantId: string;
  readonly credentials: BotCredentials;
  readonly endpoints?: ChannelEndpoints;
  /** Hosts of further Teams clouds, exact names; the public ones are known. */
  readonly serviceHosts?: readonly string[];
}

/** No token: for the demo and for Microsoft's Agents Playground, on this machine only. */
export interface LoopbackMode {
  readonly kind: 'loopback-only';
}

/** How the bot listens. */
export type TeamsMode = AuthenticatedMode | LoopbackMode;

/** The issuer of the public cloud's channel. */
export const PUBLIC_ISSUER = 'https://api.botframework.com';

const PUBLIC_SERVICE_HOSTS = ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'];
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a host name or address that never leaves this machine. No look-up is made. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOSTS.has(host.toLowerCase());
}

/** The issuer whose tokens are accepted. */
export function issuerOf(mode: AuthenticatedMode): string {
  return mode.endpoints?.issuer ?? PUBLIC_ISSUER;
}

/** The bot's application id; empty where no token is checked. */
export function appIdOf(mode: TeamsMode): string {
  return mode.kind === 'authenticated' ? mode.appId : '';
}

/**
 * Which service addresses the bot writes to. Addresses of this machine are accepted only where nothing else is
 * (loopback-only), or where the signing keys themselves come from this machine (tests).
 */
export function serviceUrlRuleOf(mode: TeamsMode): ServiceUrlRule {
  if (mode.kind === 'loopback-only') return { hosts: [], loopback: true };
  return {
    hosts: [...PUBLIC_SERVICE_HOSTS, ...(mode.serviceHosts ?? [])],
    loopback: mode.endpoints !== undefined && hasLoopbackHost(mode.endpoints.openIdMetadataUrl),
  };
}

/**
 * Refuses a mode that would listen to the wrong people. Call before anything opens a port.
 * Throws Fault `configuration`; its text names the setting, never its value.
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

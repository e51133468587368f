/**
 * The front guard: looks at every request before the SDK does, and closes the SDK's two side doors.
 * The one rule kept here: who is not exactly the channel, writing for exactly this bot from exactly this tenant, is
 * answered with a plain code and runs nothing. The signature itself is checked afterwards, by the SDK.
 *
 * The side doors: the SDK picks its "emulator" check by the issuer an unverified token claims, and its "ASE" check by a
 * field of the body. Both accept Entra tokens without comparing the service address. Here both claims are pinned first.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { InboundActivity } from './inbound-activity.ts';
import type { TeamsMode } from './mode.ts';
import { isLoopbackHost, issuerOf, serviceUrlRuleOf } from './mode.ts';
import { acceptsServiceUrl } from './service-url.ts';

/** Why a request went no further. Shown to the caller as it is, so it says nothing about us. */
export interface GuardRefusal {
  readonly kind: 'refused';
  readonly status: 400 | 401 | 403;
  readonly code: string;
}

/** What the token claims about itself; proven later. `null` where no token is checked. */
export type TokenClaims = { readonly serviceurl: string } | null;

/** The guard of one mode. */
export interface RequestGuard {
  /** Looks at connection and headers, before the body is read. */
  admitCaller(
    headers: IncomingHttpHeaders,
    remoteAddress: string | undefined,
  ): { readonly kind: 'admitted'; readonly claims: TokenClaims } | GuardRefusal;
  /** Looks at the parsed body. */
  admitActivity(
    body: unknown,
    claims: TokenClaims,
  ): { readonly kind: 'admitted'; readonly activity: InboundActivity } | GuardRefusal;
}

const MAX_AUTHORIZATION = 8 * 1024;
const BEARER = /^Bearer ([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/;
const LOOPBACK_ADDRESS = /^(?:::1|(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

/** Keys that travel in the token itself, or demands we do not know, are never honored. */
const TokenHeader = z.object({
  alg: z.literal('RS256'),
  typ: z.literal('JWT').optional(),
  kid: z.string().min(1).max(256),
  jku: z.undefined().optional(),
  jwk: z.undefined().optional(),
  x5u: z.undefined().optional(),
  x5c: z.undefined().optional(),
  crit: z.undefined().optional(),
});

const TokenPayload = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number().positive(),
  nbf: z.number().optional(),
  serviceurl: z.string().min(1).max(1024),
  tid: z.string().optional(),
});

/** Builds the guard. The mode was checked before (`assertSoundMode`). */
export function createRequestGuard(mode: TeamsMode): RequestGuard {
  const serviceUrls = serviceUrlRuleOf(mode);
  return {
    admitCaller(headers, remoteAddress) {
      if (mode.kind === 'loopback-only') return admitNeighbor(headers, remoteAddress);
      const claims = readClaims(headers.authorization);
      if (claims === null) return refusal(401, 'token-malformed');
      if (claims.iss !== issuerOf(mode)) return refusal(401, 'token-issuer');
      if (claims.aud !== mode.appId) return refusal(401, 'token-audience');
      // The channel's tokens carry no `tid`. The SDK appends every one it meets, before it checks the signature, to a
      // list of trusted issuers that never shrinks; so a foreign one does not get that far.
      if (claims.tid !== undefined && claims.tid !== mode.tenantId) return refusal(401, 'token-tenant');
      return { kind: 'admitted', claims };
    },
    admitActivity(body, claims) {
      const parsed = InboundActivity.safeParse(body);
      if (!parsed.success) return refusal(400, 'activity-malformed');
      const activity = parsed.data;
      if (activity.channelId !== 'msteams') return refusal(403, 'channel-not-accepted');
      const serviceUrl = activity.serviceUrl ?? '';
      if (!acceptsServiceUrl(serviceUrls, serviceUrl)) return refusal(403, 'service-url-not-accepted');
      if (mode.kind === 'authenticated') {
        if (claims?.serviceurl !== serviceUrl) return refusal(401, 'service-url-mismatch');
        if (!isOfTenant(activity, mode.tenantId)) return refusal(403, 'tenant-not-accepted');
      }
      return { kind: 'admitted', activity };
    },
  };
}

/** Teams names the tenant twice; the token names none, so the body is all there is. Both must be ours. */
function isOfTenant({ channelData, conversation }: InboundActivity, tenantId: string): boolean {
  const wanted = tenantId.toLowerCase();
  return channelData?.tenant?.id.toLowerCase() === wanted && (conversation.tenantId ?? wanted).toLowerCase() === wanted;
}

/** A caller on this machine, and no web page that a browser on this machine has open. */
function admitNeighbor(
  headers: IncomingHttpHeaders,
  remoteAddress: string | undefined,
): { kind: 'admitted'; claims: null } | GuardRefusal {
  if (!isLoopbackCaller(headers, remoteAddress)) return refusal(403, 'loopback-only');
  const { origin } = headers;
  if (origin !== undefined && !(URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname))) {
    return refusal(403, 'loopback-only');
  }
  return { kind: 'admitted', claims: null };
}

/** True when both the connection and the name it was asked by belong to this machine (a rebound DNS name does not). */
export function isLoopbackCaller(headers: IncomingHttpHeaders, remoteAddress: string | undefined): boolean {
  if (remoteAddress === undefined || !LOOPBACK_ADDRESS.test(remoteAddress)) return false;
  const host = /^(\[::1\]|[^:]+)(?::\d{1,5})?$/.exec(headers.host ?? '')?.[1];
  return host !== undefined && isLoopbackHost(host) && headers['x-forwarded-for'] === undefined;
}

function readClaims(authorization: string | undefined): z.infer<typeof TokenPayload> | null {
  if (authorization === undefined || authorization.length > MAX_AUTHORIZATION) return null;
  const [, header, payload] = BEARER.exec(authorization) ?? [];
  if (header === undefined || payload === undefined) return null;
  if (!TokenHeader.safeParse(decode(header)).success) return null;
  const claims = TokenPayload.safeParse(decode(payload));
  return claims.success ? claims.data : null;
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null; // the schema refuses null
  }
}

function refusal(status: 400 | 401 | 403, code: string): GuardRefusal {
  return { kind: 'refused', status, code };
}

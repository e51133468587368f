/**
 * The first check of every request, before the SDK sees it. A request must come from Teams, for this bot, and from this tenant;
 * every other one is refused with a code, and nothing else happens. The signature is checked next (token-check.ts), and then by
 * the SDK once more.
 *
 * The SDK alone is not strict enough: it chooses a validation by what the request claims. The one for the "emulator" is chosen by the
 * issuer in the unverified token, the one for "ASE" by a field of the body. Both accept Entra tokens without comparing the service
 * address. This guard fixes both claims first.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { InboundActivity } from './inbound-activity.ts';
import type { TeamsMode } from './mode.ts';
import { isLoopbackHost, issuerOf, serviceUrlRuleOf } from './mode.ts';
import { refusal, type Refusal } from './refusal.ts';
import { acceptsServiceUrl } from './service-url.ts';
import type { BearerToken } from './token-check.ts';

/** What the token says. The signature is checked afterwards (token-check.ts); `null` when no tokens are checked. */
export interface ClaimedToken extends BearerToken {
  readonly claims: z.infer<typeof TokenPayload>;
}

/** The guard for one mode. */
export interface RequestGuard {
  /** Checks the connection and the headers, before the body is read. */
  admitCaller(
    headers: IncomingHttpHeaders,
    remoteAddress: string | undefined,
  ): { readonly kind: 'admitted'; readonly token: ClaimedToken | null } | Refusal;
  /** Checks the parsed body, and the time limits of the token once more: the body may have taken seconds to arrive. */
  admitActivity(
    body: unknown,
    token: ClaimedToken | null,
  ): { readonly kind: 'admitted'; readonly activity: InboundActivity } | Refusal;
}

const MAX_AUTHORIZATION = 8 * 1024;
const SCHEME = 'Bearer ';
const BEARER = /^Bearer [A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const LOOPBACK_ADDRESS = /^(?:::1|(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

/** A token that brings its own key, or requires extensions that we do not know, is never accepted. */
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

/**
 * How far the clocks of the channel and of this machine may be apart. One second less than the SDK's five minutes, so that a token
 * that runs out between the two checks is refused here: the SDK prints what it refuses.
 */
const CLOCK_TOLERANCE_SECONDS = 299;

/** Builds the guard. The mode must have passed `assertSoundMode`. `now`: milliseconds since 1970. */
export function createRequestGuard(mode: TeamsMode, now: () => number): RequestGuard {
  const serviceUrls = serviceUrlRuleOf(mode);
  return {
    admitCaller(headers, remoteAddress) {
      if (mode.kind === 'loopback-only') return admitLocalClient(headers, remoteAddress);
      const token = readToken(headers.authorization);
      if (token === null) return refusal(401, 'token-malformed');
      const { claims } = token;
      if (claims.iss !== issuerOf(mode)) return refusal(401, 'token-issuer');
      if (claims.aud !== mode.appId) return refusal(401, 'token-audience');
      // Tokens from Teams have no `tid`. The SDK adds every `tid` that it sees to a list of trusted issuers, before it checks the
      // signature, and never removes one. So a token with the `tid` of another tenant must not reach it.
      if (claims.tid !== undefined && claims.tid !== mode.tenantId) return refusal(401, 'token-tenant');
      if (!isValidAt(claims, now())) return refusal(401, 'token-time');
      return { kind: 'admitted', token };
    },
    admitActivity(body, token) {
      const parsed = InboundActivity.safeParse(body);
      if (!parsed.success) return refusal(400, 'activity-malformed');
      const activity = parsed.data;
      if (activity.channelId !== 'msteams') return refusal(403, 'channel-not-accepted');
      const serviceUrl = activity.serviceUrl ?? '';
      if (!acceptsServiceUrl(serviceUrls, serviceUrl)) return refusal(403, 'service-url-not-accepted');
      if (mode.kind === 'authenticated') {
        if (token?.claims.serviceurl !== serviceUrl) return refusal(401, 'service-url-mismatch');
        if (!isValidAt(token.claims, now())) return refusal(401, 'token-time');
        if (!isOfTenant(activity, mode.tenantId)) return refusal(403, 'tenant-not-accepted');
      }
      return { kind: 'admitted', activity };
    },
  };
}

function isValidAt({ exp, nbf }: ClaimedToken['claims'], milliseconds: number): boolean {
  const second = milliseconds / 1000;
  return second < exp + CLOCK_TOLERANCE_SECONDS && (nbf === undefined || nbf <= second + CLOCK_TOLERANCE_SECONDS);
}

/** Teams names the tenant at two places of the body, and not in the token. Both must be our tenant. */
function isOfTenant({ channelData, conversation }: InboundActivity, tenantId: string): boolean {
  const wanted = tenantId.toLowerCase();
  return channelData?.tenant?.id.toLowerCase() === wanted && (conversation.tenantId ?? wanted).toLowerCase() === wanted;
}

/** Accepts a client on this machine, but not a web page that is open in a browser on this machine. */
function admitLocalClient(
  headers: IncomingHttpHeaders,
  remoteAddress: string | undefined,
): { kind: 'admitted'; token: null } | Refusal {
  if (!isLoopbackCaller(headers, remoteAddress)) return refusal(403, 'loopback-only');
  const { origin } = headers;
  if (origin !== undefined && !(URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname))) {
    return refusal(403, 'loopback-only');
  }
  return { kind: 'admitted', token: null };
}

/** Whether a request comes from this machine and was sent to its own name, not to a name that DNS was made to point here. */
export function isLoopbackCaller(headers: IncomingHttpHeaders, remoteAddress: string | undefined): boolean {
  if (remoteAddress === undefined || !LOOPBACK_ADDRESS.test(remoteAddress)) return false;
  const host = /^(\[::1\]|[^:]+)(?::\d{1,5})?$/.exec(headers.host ?? '')?.[1];
  return host !== undefined && isLoopbackHost(host) && headers['x-forwarded-for'] === undefined;
}

function readToken(authorization: string | undefined): ClaimedToken | null {
  if (authorization === undefined || authorization.length > MAX_AUTHORIZATION) return null;
  if (!BEARER.test(authorization)) return null;
  const token = authorization.slice(SCHEME.length);
  const [header = '', payload = ''] = token.split('.');
  const protectedHeader = TokenHeader.safeParse(decode(header));
  const claims = TokenPayload.safeParse(decode(payload));
  return protectedHeader.success && claims.success
    ? { token, keyId: protectedHeader.data.kid, claims: claims.data }
    : null;
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null; // the schema refuses null
  }
}

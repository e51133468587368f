/**
 * What the bot was really granted: the claims of its own token, compared with what it asks for. The lists are lists of what
 * is allowed. Whatever else was granted is named, and stops the start.
 */
import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';
import { Fault } from '../casework/ports/fault.ts';
import { HARMLESS_READS, NEVER, NEVER_ROLES, ROLES_OF_EVERY_APP } from './other-permissions.ts';
import { PERMISSIONS, type Permission } from './permissions.ts';

/** The claims of our own app-only token that say what we may do. */
interface TokenClaims {
  /** Application permissions. */
  readonly roles: readonly string[];
  /** Directory roles of our service principal, as template ids. */
  readonly wids: readonly string[];
  /** Object id of our service principal; `null` when the token does not say. */
  readonly oid: string | null;
}

/** Something that was granted and must not be. */
export type ForbiddenGrant =
  | { readonly kind: 'permission'; readonly name: string; readonly because: string }
  | { readonly kind: 'role'; readonly name: string };

/** What a token's claims mean for us. */
export interface GrantCheck {
  /** Must not be granted: the bot refuses to start. */
  readonly forbidden: readonly ForbiddenGrant[];
  /** Required, and not granted: the bot refuses to start. */
  readonly missing: readonly Permission[];
  /** Optional, and not granted: the bot does less. */
  readonly without: readonly Permission[];
  /** Granted, harmless, and not used: could be removed. */
  readonly unneeded: readonly string[];
}

const NOT_NEEDED = 'is not needed and not known to be harmless';

/** Compares what was granted with the lists. Names are compared without regard to case. */
export function checkGrantedRoles({ roles, wids }: Pick<TokenClaims, 'roles' | 'wids'>): GrantCheck {
  const granted = new Set(roles.map(lower));
  const asked = new Set(PERMISSIONS.map(({ name }) => lower(name)));
  const harmless = new Set(HARMLESS_READS.map(lower));
  const notGranted = PERMISSIONS.filter(({ name }) => !granted.has(lower(name)));
  return {
    forbidden: [
      ...roles
        .filter((name) => !asked.has(lower(name)) && !harmless.has(lower(name)))
        .map((name) => ({ kind: 'permission', ...(knownAs(name) ?? { name, because: NOT_NEEDED }) }) as const),
      ...wids
        .filter((role) => !ROLES_OF_EVERY_APP.includes(lower(role)))
        .map(
          (role) =>
            ({ kind: 'role', name: NEVER_ROLES[lower(role)] ?? `with the template id ${lower(role)}` }) as const,
        ),
    ],
    missing: notGranted.filter(({ need }) => need === 'required'),
    without: notGranted.filter(({ need }) => need === 'optional'),
    unneeded: roles.filter((name) => harmless.has(lower(name)) && !asked.has(lower(name))),
  };
}

/** The entry for a right of which it is known what it could do. */
function knownAs(name: string): { readonly name: string; readonly because: string } | undefined {
  return NEVER.find((one) => lower(one.name) === lower(name));
}

const lower = (text: string): string => text.toLowerCase();

const list = z.array(z.string()).default([]);
const claimsShape = z.looseObject({ roles: list, wids: list, oid: z.guid().nullish() });

/**
 * Reads the claims of **our own** token, as Entra just issued it. Never use this for a token that somebody sent: the
 * signature is not checked. Throws Fault `configuration` when the token cannot be read; a bot that does not know its own
 * permissions does not start.
 */
export function claimsOfOwnToken(token: string): TokenClaims {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { roles, wids, oid } = claimsShape.parse(JSON.parse(payload));
    return { roles, wids, oid: oid?.toLowerCase() ?? null };
  } catch (cause) {
    throw new Fault('configuration', {
      internal: `cannot tell which permissions the bot has: own token unreadable: ${cause instanceof Error ? cause.name : 'unknown'}`, // never the token itself
    });
  }
}

/**
 * Asks Entra for our token and reads its claims. Throws Fault `directory-unreachable` when nobody answered, which may pass,
 * and `directory-denied` when Entra refused. `scope` is the Graph host's `/.default`.
 */
export async function readOwnClaims(credential: TokenCredential, scope: string): Promise<TokenClaims> {
  const token = await credential
    .getToken(scope, { abortSignal: AbortSignal.timeout(SIGN_IN_MS) })
    .catch((cause: unknown) => {
      throw signInFailed(cause);
    });
  if (token === null) {
    throw new Fault('directory-denied', {
      internal: 'the bot could not sign in to Microsoft Entra: no app-only token given',
    });
  }
  return claimsOfOwnToken(token.token);
}

/** How long the sign-in may take, in milliseconds. */
const SIGN_IN_MS = 10_000;

/** Entra's own numbers for "busy" and "temporarily unavailable". */
const BUSY: readonly (string | undefined)[] = ['AADSTS90025', 'AADSTS90033'];

/** Words of the network and of the sign-in library for "nobody answered". */
const NOBODY_ANSWERED =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|UND_ERR_\w+|endpoints_resolution_error|network_error|no_network_connectivity)\b|fetch failed|socket hang up|TimeoutError|AbortError/;

/** The Fault for a failed sign-in. Of the error's text only Entra's number is kept: the rest may quote what was sent. */
function signInFailed(cause: unknown): Fault {
  const number = textsOf(cause)
    .map((text) => /\bAADSTS\d+\b/.exec(text)?.[0])
    .find((found) => found !== undefined);
  const silent = number === undefined && textsOf(cause).some((text) => NOBODY_ANSWERED.test(text));
  if (silent || BUSY.includes(number)) {
    return new Fault('directory-unreachable', {
      internal: 'the bot could not sign in to Microsoft Entra: no answer, or no such tenant',
    });
  }
  const name = cause instanceof Error ? cause.name : 'unknown';
  return new Fault('directory-denied', {
    internal: `the bot could not sign in to Microsoft Entra: ${number ?? `no app-only token: ${name}`}`,
  });
}

/** What an error and its causes say about themselves, at most five of them. */
function textsOf(error: unknown): readonly string[] {
  const texts: string[] = [];
  let one: unknown = error;
  for (let depth = 0; depth < 5 && one instanceof Error; depth += 1) {
    const code: unknown = 'code' in one ? one.code : undefined;
    texts.push(one.name, one.message, ...(typeof code === 'string' ? [code] : []));
    one = one.cause;
  }
  return texts;
}

/**
 * The service addresses that the bot may send to. The address comes with every request, and the bot's own token is sent to it.
 * It is compared exactly as it was written, without a parser that might correct it.
 */

/** The accepted hosts (exact names, https, standard port), and whether addresses of this machine are accepted. */
export interface ServiceUrlRule {
  readonly hosts: readonly string[];
  readonly loopback: boolean;
}

const MAX_LENGTH = 512;
const PUBLIC = /^https:\/\/([a-z0-9.-]+)(\/[A-Za-z0-9._~/-]*)?$/;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/;

/**
 * Whether the bot may send to this address. User info, a port, a query, a trailing dot and upper case are not accepted: Teams sends
 * none of them, and each has been used in attacks in which two parsers read an address differently.
 */
export function acceptsServiceUrl(rule: ServiceUrlRule, url: string): boolean {
  if (url.length > MAX_LENGTH) return false;
  const host = PUBLIC.exec(url)?.[1];
  if (host !== undefined) return rule.hosts.includes(host);
  return rule.loopback && LOOPBACK.test(url);
}

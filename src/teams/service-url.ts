/**
 * Where the bot may write to. The address comes with every request, and the bot's own token goes to it.
 * The one rule kept here: an address is compared as it was written, never as a parser repairs it.
 */

/** Accepted hosts (exact names, https, standard port), and whether this machine counts. */
export interface ServiceUrlRule {
  readonly hosts: readonly string[];
  readonly loopback: boolean;
}

const MAX_LENGTH = 512;
const PUBLIC = /^https:\/\/([a-z0-9.-]+)(\/[A-Za-z0-9._~/-]*)?$/;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/;

/**
 * True when the bot may write to this address. No userinfo, no port, no query, no trailing dot, no upper case:
 * Teams sends none of these, and each of them has been used to make two parsers disagree.
 */
export function acceptsServiceUrl(rule: ServiceUrlRule, url: string): boolean {
  if (url.length > MAX_LENGTH) return false;
  const host = PUBLIC.exec(url)?.[1];
  if (host !== undefined) return rule.hosts.includes(host);
  return rule.loopback && LOOPBACK.test(url);
}

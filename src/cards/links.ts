/**
 * The only addresses a card may show or open. Each is a constant; none is ever put together from text.
 */

/** Microsoft's page to reset one's own password. */
export const SELF_SERVICE_LINK = 'https://aka.ms/sspr';
/** Microsoft's page to register sign-in methods. */
export const SECURITY_INFO_LINK = 'https://aka.ms/mysecurityinfo';

/** Every address a card may hold. */
export const ALLOWED_LINKS: readonly string[] = [SELF_SERVICE_LINK, SECURITY_INFO_LINK];

/** The address itself when it is on the list; otherwise throws, since a card with a foreign address must never leave. */
function allowedLink(url: string): string {
  if (!ALLOWED_LINKS.includes(url)) throw new Error('This address is not on the list of addresses a card may show.');
  return url;
}

/** An address as one reads it out: without the scheme. */
export function spokenLink(url: string): string {
  return allowedLink(url).replace('https://', '');
}

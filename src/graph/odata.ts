/**
 * Builds request paths: ids become segments, text becomes literals, values become query parameters. Whatever a person
 * typed stays inside a single literal or segment.
 */

/** A path with its query, percent-encoded, relative to the version: `/users/...?$select=...`. */
export type GraphPath = string & { readonly __graphPath: true };

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * An object id as a path segment. Throws TypeError for anything else, because `..` or `a/b` would change the path. That
 * would be a bug: ids are checked where they enter the bot.
 */
export function segment(id: string): string {
  if (!ID.test(id)) throw new TypeError('This is not an object id.');
  return id;
}

/** Text as an OData string literal: in single quotes, with single quotes inside doubled. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** One clause of `$search`: `"property:text"`, with quotes and backslashes inside escaped. */
export function searchClause(property: string, text: string): string {
  return `"${property}:${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/**
 * A path and its query. The SDK does not encode query values: it cuts at `#` and splits at `&`. So every value is
 * percent-encoded here, once, and the SDK gets a path that it cannot misread. Half a character, which a client can send and
 * nobody can type, becomes the sign for an unknown one.
 */
export function path(resource: string, query: Readonly<Record<string, string | number>> = {}): GraphPath {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`,
  );
  return (pairs.length === 0 ? resource : `${resource}?${pairs.join('&')}`) as GraphPath;
}

/** Directory queries that cast, count or search need this header; without it Graph answers 400 or 404. */
export const EVENTUAL: Readonly<Record<string, string>> = { ConsistencyLevel: 'eventual' };

/**
 * A link that Graph gave for the next page or the next round, if it leads back to the same place: https, the tenant's own
 * Graph host, and below `resource`. `null` for any other link: it would send our questions, or our token, elsewhere.
 */
export function followable(link: string, graphHost: string, resource: string): GraphPath | null {
  const url = URL.parse(link);
  if (url === null || url.origin !== graphHost || url.username !== '' || url.password !== '') return null;
  const below = url.pathname.toLowerCase().startsWith(`/v1.0${resource}`.toLowerCase());
  return below ? (link as GraphPath) : null;
}

/**
 * Reads version, path and query from the URL of a request. Percent signs are decoded once, segment by segment, so that
 * an encoded slash stays a character.
 */

/** The target of a request. */
interface Target {
  readonly version: 'v1.0' | 'beta';
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/** Reads `/v1.0/users/x%23y?$top=5`; null when it is not a path of Graph or cannot be decoded. */
export function readTarget(url: string): Target | null {
  const mark = url.indexOf('?');
  const rawPath = mark === -1 ? url : url.slice(0, mark);
  const [, version, ...segments] = rawPath.split('/');
  if (version !== 'v1.0' && version !== 'beta') return null;
  const query = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  try {
    return { version, path: segments.filter((segment) => segment !== '').map(decodeURIComponent), query };
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

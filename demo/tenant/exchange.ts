/**
 * One request to Graph and its answer, as values, and the form of every route. A failure has Graph's own error body,
 * code and message.
 */
import { isoTime } from './ages.ts';
import type { Permission } from './permissions.ts';
import type { Json, World } from './world.ts';

/** A request, on its own or inside a `$batch`. */
export interface GraphRequest {
  readonly method: string;
  readonly version: 'v1.0' | 'beta';
  /** Segments of the path after the version, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined when there was none. */
  readonly body: unknown;
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** An answer. Without a `body` nothing is sent, as for 204. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What a route gets. `at` returns the named parts of its path. */
export interface RouteCall {
  readonly world: World;
  readonly request: GraphRequest;
  readonly at: (name: string) => string;
}

/** One route: a method, a path with `{names}`, the permissions it needs, and what it does. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With version: `/v1.0/users/{user}`; `/*` in place of the version is both versions. */
  readonly path: string;
  /** Any one of these suffices. */
  readonly needs: readonly Permission[];
  /** Decides the text for a missing permission: the directory and the methods API use different ones. */
  readonly family?: 'directory' | 'methods';
  readonly answer: (call: RouteCall) => GraphAnswer;
}

/** 200 with a body. */
export function ok(body: Json): GraphAnswer {
  return { status: 200, headers: {}, body };
}

/** 204. */
export const noContent: GraphAnswer = { status: 204, headers: {} };

/** A failure as Graph reports it. `errorAnswer` turns it into a body, with the ids of the request. */
export class GraphFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The answer for a failure. */
export function errorAnswer(failure: GraphFailure, request: GraphRequest, now: number): GraphAnswer {
  return {
    status: failure.status,
    headers: failure.headers,
    body: {
      error: {
        code: failure.code,
        message: failure.message,
        innerError: {
          ...(failure.status === 429 ? { code: '429' } : {}),
          date: isoTime(now).slice(0, 19), // Graph leaves the zone out
          'request-id': request.requestId,
          'client-request-id': request.clientRequestId,
        },
      },
    },
  };
}

/** 404, with the directory's text. */
export function notFound(id: string): GraphFailure {
  return new GraphFailure(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** 400, with the error code of the authentication methods API. */
export function badRequest(message: string): GraphFailure {
  return new GraphFailure(400, 'badRequest', message);
}

/** 400 of the directory: the request itself is wrong. */
export function wrongRequest(message: string): GraphFailure {
  return new GraphFailure(400, 'Request_BadRequest', message);
}

/** 400 of the directory: the query needs the advanced parameters, or is not supported at all. */
export function unsupportedQuery(message: string): GraphFailure {
  return new GraphFailure(400, 'Request_UnsupportedQuery', message);
}

/** The host of Graph. Links always name the real host, because the SDK follows no other. */
export const GRAPH = 'https://graph.microsoft.com';

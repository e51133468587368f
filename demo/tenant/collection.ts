/**
 * OData options on a collection: $filter, $search, $count, $select, $orderby, $top, $skiptoken, and paging. An option
 * that a collection does not support is refused, never ignored.
 */
import { BadFilter, parseFilter } from './filter-parse.ts';
import { matches, usages } from './filter-match.ts';
import { found, parseSearch } from './search.ts';
import { GRAPH, ok, unsupportedQuery, wrongRequest } from './exchange.ts';
import type { GraphAnswer, GraphRequest, RouteCall } from './exchange.ts';
import type { Json } from './world.ts';

/** What a collection supports. */
export interface CollectionRules {
  /** For `@odata.context`: `users`, `auditLogs/signIns`. */
  readonly context: string;
  /** Property path → operators that work without the advanced parameters. */
  readonly filterable?: Readonly<Record<string, readonly string[]>>;
  /** Property path → operators that need `ConsistencyLevel: eventual` and `$count=true`. */
  readonly advanced?: Readonly<Record<string, readonly string[]>>;
  /** True: any filter, order or count here is an advanced query, as on OData casts. */
  readonly alwaysAdvanced?: boolean;
  readonly searchable?: boolean;
  readonly orderable?: readonly string[];
  readonly expandable?: readonly string[];
  /** Properties returned without `$select`; absent: all. */
  readonly defaultProperties?: readonly string[];
  /** The entry as the filter sees it, if that differs from the answer. */
  readonly seenByFilter?: (entry: Json) => Json;
  /** The entry as it is returned, if the app may not see all of it; the filter sees all of it. */
  readonly shownAs?: (entry: Json) => Json;
  readonly pageSize: number;
  readonly maxPageSize: number;
}

const LONGEST = 8000;
/** The directory refuses a filter with more clauses joined by `or`. */
const MOST_ALTERNATIVES = 15;
const OPTIONS = new Set(['$filter', '$search', '$count', '$select', '$expand', '$orderby', '$top', '$skiptoken']);

/** True when the request has the header for advanced queries. */
export function isEventual(request: GraphRequest): boolean {
  return request.headers['consistencylevel']?.toLowerCase() === 'eventual';
}

/** Answers a request for a collection, given all of its entries. */
export function answerCollection(
  { world, request }: RouteCall,
  entries: readonly Json[],
  rules: CollectionRules,
): GraphAnswer {
  const { query } = request;
  for (const name of query.keys()) {
    if (name.startsWith('$') && !OPTIONS.has(name)) throw wrongRequest(`The query option '${name}' is not supported.`);
  }
  const counted = query.get('$count') === 'true';
  const advanced = isEventual(request) && counted;
  if (counted && rules.searchable === true && !isEventual(request))
    throw wrongRequest('$count is not currently supported.');
  let chosen = filtered(request, entries, rules, advanced);
  chosen = searched(request, chosen, rules);
  chosen = ordered(request, chosen, rules, advanced);

  const size = pageSize(request, rules, world.settings.pageSize);
  const from = offset(query.get('$skiptoken'));
  const page = chosen
    .slice(from, from + size)
    .map((entry) => rules.shownAs?.(entry) ?? entry)
    .map((entry) => selected(entry, query.get('$select'), expands(request, rules), rules.defaultProperties));
  return ok({
    '@odata.context': `${GRAPH}/${request.version}/$metadata#${rules.context}`,
    ...(counted ? { '@odata.count': chosen.length } : {}),
    ...(from + size < chosen.length ? { '@odata.nextLink': nextLink(request, from + size) } : {}),
    value: page,
  });
}

function filtered(
  request: GraphRequest,
  entries: readonly Json[],
  rules: CollectionRules,
  advanced: boolean,
): readonly Json[] {
  const source = request.query.get('$filter');
  if (source === null) return entries;
  if (source.length > LONGEST) throw wrongRequest('The filter is too long.');
  try {
    const filter = parseFilter(source);
    const used = usages(filter);
    if (filter.kind === 'or' && used.length > MOST_ALTERNATIVES) {
      throw unsupportedQuery(
        `Too many child clauses specified in search filter expression containing 'OR' operators: ${String(used.length)}. ` +
          `Max allowed: ${String(MOST_ALTERNATIVES)}.`,
      );
    }
    for (const { property, operator } of used) {
      const plain = rules.filterable?.[property]?.includes(operator) ?? false;
      const possible = plain || (rules.advanced?.[property]?.includes(operator) ?? false);
      if (!possible)
        throw unsupportedQuery(
          `Unsupported or invalid query filter clause specified for property '${property}' of resource.`,
        );
      if ((!plain || rules.alwaysAdvanced === true) && !advanced) throw needsAdvanced(operator);
    }
    return entries.filter((entry) => matches(filter, rules.seenByFilter?.(entry) ?? entry));
  } catch (error) {
    if (error instanceof BadFilter) throw wrongRequest(error.message);
    throw error;
  }
}

function needsAdvanced(operator: string): Error {
  return unsupportedQuery(
    `Operator '${operator}' is not supported because the required parameters might be missing. ` +
      'Try adding $count=true query parameter and ConsistencyLevel:eventual header.',
  );
}

function searched(request: GraphRequest, entries: readonly Json[], rules: CollectionRules): readonly Json[] {
  const source = request.query.get('$search');
  if (source === null) return entries;
  if (rules.searchable !== true) throw unsupportedQuery('$search is not supported on this resource.');
  if (!isEventual(request)) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const search = parseSearch(source);
  return entries.filter((entry) => found(search, entry));
}

function ordered(
  request: GraphRequest,
  entries: readonly Json[],
  rules: CollectionRules,
  advanced: boolean,
): readonly Json[] {
  const source = request.query.get('$orderby');
  if (source === null) return entries;
  const [property = '', direction = 'asc', ...rest] = source.trim().split(/\s+/);
  const known =
    rules.orderable?.includes(property) === true && ['asc', 'desc'].includes(direction) && rest.length === 0;
  if (!known) throw unsupportedQuery(`Sorting by '${source}' is not supported.`);
  if (rules.searchable === true && request.query.has('$filter') && !advanced) throw needsAdvanced('orderby');
  const sign = direction === 'desc' ? -1 : 1;
  const key = (entry: Json): string => (typeof entry[property] === 'string' ? entry[property] : '');
  return [...entries].sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** The navigation properties a request expands: name → its own $select. Throws for one that cannot be expanded. */
export function expands(request: GraphRequest, rules: CollectionRules): ReadonlyMap<string, string | null> {
  const source = request.query.get('$expand');
  if (source === null) return new Map();
  const wanted = /^\s*(\w+)(?:\(\s*\$select=([\w,\s]+)\))?\s*$/.exec(source);
  const name = wanted?.[1];
  if (name === undefined || rules.expandable?.includes(name) !== true)
    throw wrongRequest(`Parsing OData Select and Expand failed: '${source}'.`);
  if (isEventual(request) && request.query.get('$count') === 'true' && rules.searchable === true) {
    throw unsupportedQuery('$expand cannot be combined with advanced queries.');
  }
  return new Map([[name, wanted?.[2] ?? null]]);
}

/** The selected properties of an entry. `id` is always included; an expanded property is complete or has its own $select. */
export function selected(
  entry: Json,
  select: string | null,
  expanded: ReadonlyMap<string, string | null>,
  defaults?: readonly string[],
): Json {
  const names = select === null ? defaults : select.split(',').map((name) => name.trim());
  const kept: Json = {};
  for (const [name, value] of Object.entries(entry)) {
    if (EXPANDABLE.has(name)) {
      if (expanded.has(name)) kept[name] = cut(value, expanded.get(name) ?? null);
    } else if (
      name.startsWith('@') ||
      names === undefined ||
      names.includes(name) ||
      (name === 'id' && select !== null)
    ) {
      kept[name] = value;
    }
  }
  return kept;
}

const EXPANDABLE = new Set(['manager', 'principal', 'roleDefinition', 'teamsApp']);

function cut(value: unknown, select: string | null): unknown {
  if (select === null || typeof value !== 'object' || value === null) return value;
  return selected(value as Json, select, new Map());
}

function pageSize(request: GraphRequest, rules: CollectionRules, forced: number | null): number {
  const source = request.query.get('$top');
  if (source !== null && !/^[1-9]\d{0,3}$/.test(source))
    throw wrongRequest(`Invalid value specified for the $top query option: '${source}'.`);
  if (source !== null && Number(source) > rules.maxPageSize) throw wrongRequest('Invalid page size specified.');
  return Math.min(source === null ? rules.pageSize : Number(source), forced ?? Infinity);
}

function offset(token: string | null): number {
  if (token === null) return 0;
  const from = Number(
    Buffer.from(token, 'base64url')
      .toString('latin1')
      .replace(/^after:/, ''),
  );
  if (!Number.isInteger(from) || from < 1) throw wrongRequest('Skip token is not valid.');
  return from;
}

function nextLink(request: GraphRequest, from: number): string {
  const query = new URLSearchParams(request.query);
  query.set('$skiptoken', Buffer.from(`after:${String(from)}`, 'latin1').toString('base64url'));
  const path = request.path.map((segment) => encodeURIComponent(segment)).join('/');
  // Graph writes spaces in links as %20; "+" for a space would come back as a plus.
  return `${GRAPH}/${request.version}/${path}?${query.toString().replaceAll('+', '%20').replaceAll('%24', '$')}`;
}

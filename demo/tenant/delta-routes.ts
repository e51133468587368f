/**
 * `GET /users/delta`: what changed since the client last asked, in rounds. A round starts with a saved token, goes on by
 * `@odata.nextLink` and ends with the `@odata.deltaLink` for the next one.
 */
import { appliedChanges, copiedPerson } from './directory-changes.ts';
import { deltaLink, nextPageLink, readToken } from './delta-tokens.ts';
import type { DeltaPage, DeltaPlace } from './delta-tokens.ts';
import { GRAPH, unsupportedQuery, wrongRequest } from './exchange.ts';
import type { GraphAnswer, GraphRequest, Route, RouteCall } from './exchange.ts';
import { BadFilter, parseFilter } from './filter-parse.ts';
import type { Filter } from './filter-parse.ts';
import { DEFAULT_USER_PROPERTIES } from './person-resource.ts';
import type { DirectoryChange, Json, World } from './world.ts';

const PAGE_SIZE = 200;
const MOST_PEOPLE = 50;
const FIRST_OPTIONS = ['$select', '$filter', '$deltatoken'];

/** The one route. */
export const deltaRoutes: readonly Route[] = [
  { method: 'GET', path: '/*/users/delta', needs: ['User.Read.All'], answer: delta },
];

function delta(call: RouteCall): GraphAnswer {
  const { world, request } = call;
  const skip = request.query.get('$skiptoken');
  const saved = request.query.get('$deltatoken');
  if (skip !== null) {
    onlyOption(request, '$skiptoken');
    const page = readToken(world, request, 'skip', skip);
    if (page.kind !== 'skip') throw wrongRequest('Badly formed token.');
    return answerPage(call, page);
  }
  if (saved !== null && saved !== '' && saved !== 'latest') {
    onlyOption(request, '$deltatoken');
    return answerPage(call, startRound(world, readToken(world, request, 'delta', saved)));
  }
  const place = firstRequest(world, request);
  if (saved !== 'latest') return answerPage(call, startRound(world, { ...place, knows: 'nothing' }));
  return answered(call, place, [], deltaLink(world, request, { ...place, knows: appliedChanges(world) }), 'delta');
}

/** A token already holds the options of the first request; this tenant refuses them a second time. */
function onlyOption({ query }: GraphRequest, allowed: string): void {
  for (const name of query.keys()) {
    if (name !== allowed) throw wrongRequest(`The query option '${name}' cannot be combined with '${allowed}'.`);
  }
}

function firstRequest(world: World, { query }: GraphRequest): Omit<DeltaPlace, 'knows'> {
  for (const name of query.keys()) {
    if (FIRST_OPTIONS.includes(name)) continue;
    throw unsupportedQuery(`The query option '${name}' is not supported with delta queries.`);
  }
  const select = query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim()) ?? [...DEFAULT_USER_PROPERTIES];
  const [anybody] = world.people.values();
  const unknown = select.find((name) => name !== 'manager' && !Object.hasOwn(anybody?.user ?? {}, name));
  if (unknown !== undefined) throw wrongRequest(`Could not find a property named '${unknown}' on type 'user'.`);
  const filter = query.get('$filter');
  return { select, people: filter === null ? null : peopleIn(filter) };
}

/** The ids a filter names. Delta takes no filter but `id eq`, up to 50 times. */
function peopleIn(source: string): string[] {
  try {
    const ids = idsIn(parseFilter(source));
    if (ids.length > MOST_PEOPLE) throw unsupportedQuery(`At most ${String(MOST_PEOPLE)} ids can be tracked.`);
    return ids;
  } catch (error) {
    if (error instanceof BadFilter) throw wrongRequest(error.message);
    throw error;
  }
}

function idsIn(filter: Filter): string[] {
  if (filter.kind === 'or') return [...idsIn(filter.left), ...idsIn(filter.right)];
  const id = filter.kind === 'compare' && filter.path.join('/') === 'id' && filter.operator === 'eq';
  if (id && typeof filter.value === 'string') return [filter.value.toLowerCase()];
  throw unsupportedQuery('Delta queries support no filter but id.');
}

/** The first page of a round, with a replay or duplicates if the control API ordered them. */
function startRound(world: World, { select, people, knows }: DeltaPlace): DeltaPage {
  const upTo = appliedChanges(world);
  const page = { select, people, upTo, given: 0 };
  const order = knows === 'nothing' ? undefined : world.directory.repeats.shift();
  const from = order?.kind === 'replay' && knows !== 'nothing' ? Math.max(0, knows - order.changes) : knows;
  return { ...page, knows: from, twice: order?.kind === 'duplicates' };
}

function answerPage(call: RouteCall, page: DeltaPage): GraphAnswer {
  const { world, request } = call;
  const minimal = returnsMinimal(request);
  const once = page.knows === 'nothing' ? everybody(world, page) : changed(world, page, page.knows, minimal);
  const entries = page.twice ? [...once, ...once] : once;
  const end = page.given + Math.min(PAGE_SIZE, world.settings.pageSize ?? PAGE_SIZE);
  const value = entries.slice(page.given, end);
  return end < entries.length
    ? answered(call, page, value, nextPageLink(world, request, { ...page, given: end }), 'next')
    : answered(call, page, value, deltaLink(world, request, { ...page, knows: page.upTo }), 'delta');
}

function returnsMinimal(request: GraphRequest): boolean {
  return /(^|[,;\s])return=minimal($|[,;\s])/i.test(request.headers['prefer'] ?? '');
}

function answered(
  { request }: RouteCall,
  { select }: Pick<DeltaPlace, 'select'>,
  value: readonly Json[],
  link: string,
  kind: 'next' | 'delta',
): GraphAnswer {
  return {
    status: 200,
    headers: returnsMinimal(request) ? { 'Preference-Applied': 'return=minimal' } : {},
    body: {
      '@odata.context': `${GRAPH}/${request.version}/$metadata#users(${select.join(',')})/$delta`,
      [`@odata.${kind}Link`]: link,
      value,
    },
  };
}

function everybody(world: World, { select, people, upTo }: DeltaPage): Json[] {
  const ids = [...world.people.keys(), ...world.deleted.keys()].filter((id) => people?.includes(id) ?? true);
  return ids.flatMap((id) => {
    const copy = copiedPerson(world, id, upTo);
    if (copy?.presence !== 'there') return [];
    const manager = select.includes('manager') && copy.manager !== null ? managerDelta(null, copy.manager) : {};
    return [{ id, ...picked(copy.properties, select), ...manager }];
  });
}

function changed(world: World, { select, people, upTo }: DeltaPage, from: number, minimal: boolean): Json[] {
  const byPerson = new Map<string, DirectoryChange[]>();
  for (const change of world.directory.changes.slice(from, upTo)) {
    if (people?.includes(change.person) === false) continue;
    const earlier = byPerson.get(change.person) ?? [];
    byPerson.delete(change.person); // in the order of the last change
    byPerson.set(change.person, [...earlier, change]);
  }
  return [...byPerson].flatMap(([id, changes]): Json[] => {
    const before = copiedPerson(world, id, from);
    const after = copiedPerson(world, id, upTo);
    if (before === undefined || after === undefined) return [];
    if (after.presence !== 'there') {
      return [{ id, '@removed': { reason: after.presence === 'deleted' ? 'changed' : 'deleted' } }];
    }
    const returned = changes.some(({ kind }) => kind !== 'updated'); // deleted and brought back: shown in full
    const names = new Set(changes.flatMap(({ properties }) => Object.keys(properties)));
    const shown = select.filter((name) => names.has(name));
    const managed = select.includes('manager') && (returned || changes.some(({ manager }) => manager !== undefined));
    if (shown.length === 0 && !managed && !returned) return [];
    const properties = picked(after.properties, minimal && !returned ? shown : select);
    const hadManager = before.presence === 'there' ? before.manager : null;
    return [{ id, ...properties, ...(managed ? managerDelta(hadManager, after.manager) : {}) }];
  });
}

function picked(properties: Json, names: readonly string[]): Json {
  return Object.fromEntries(names.filter((name) => name !== 'manager').map((name) => [name, properties[name] ?? null]));
}

function managerDelta(before: string | null, after: string | null): Json {
  const user = (id: string): Json => ({ '@odata.type': '#microsoft.graph.user', id });
  return {
    'manager@delta': [
      ...(before === null || before === after ? [] : [{ ...user(before), '@removed': { reason: 'deleted' } }]),
      ...(after === null ? [] : [user(after)]),
    ],
  };
}

/**
 * The state tokens of `users/delta`: what a client saves between two rounds. They last seven days, as Microsoft's do for
 * directory objects, and hold everything the first request asked for.
 */
import { z } from 'zod';
import { GRAPH, GraphFailure, wrongRequest } from './exchange.ts';
import type { GraphRequest } from './exchange.ts';
import type { World } from './world.ts';

const LASTS_MS = 7 * 86_400_000;

const place = z.strictObject({
  /** The world it is from; a reset starts another one. */
  world: z.string(),
  /** Tokens are numbered, so that those given out so far can be refused. */
  number: z.int(),
  issuedAt: z.int(),
  select: z.array(z.string()),
  /** Only these people; null: everybody. */
  people: z.array(z.string()).nullable(),
  /** How many changes the client knows; `nothing`: it asks for everybody first. */
  knows: z.union([z.int(), z.literal('nothing')]),
});
const deltaToken = place.extend({ kind: z.literal('delta') });
const skipToken = place.extend({
  kind: z.literal('skip'),
  /** The round ends after this change, however many follow meanwhile. */
  upTo: z.int(),
  /** Entries of the round that were already given. */
  given: z.int(),
  twice: z.boolean(),
});
const token = z.discriminatedUnion('kind', [deltaToken, skipToken]);

/** A token after it was read. */
export type DeltaToken = z.infer<typeof token>;
/** What the client asked for in the first request, and where it is. */
export type DeltaPlace = Pick<DeltaToken, 'select' | 'people' | 'knows'>;
/** The middle of a round. */
export type DeltaPage = DeltaPlace & Pick<z.infer<typeof skipToken>, 'upTo' | 'given' | 'twice'>;

/** A link for the next round: `@odata.deltaLink`. */
export function deltaLink(world: World, request: GraphRequest, { select, people, knows }: DeltaPlace): string {
  return link(request, '$deltatoken', { kind: 'delta', ...stamp(world), select, people, knows });
}

/** A link for the next page of this round: `@odata.nextLink`. */
export function nextPageLink(world: World, request: GraphRequest, page: DeltaPage): string {
  return link(request, '$skiptoken', { kind: 'skip', ...stamp(world), ...page });
}

function stamp(world: World): Pick<DeltaToken, 'world' | 'number' | 'issuedAt'> {
  world.directory.tokensIssued += 1;
  return { world: world.directory.id, number: world.directory.tokensIssued, issuedAt: world.now() };
}

function link(request: GraphRequest, name: '$deltatoken' | '$skiptoken', value: DeltaToken): string {
  const text = Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  return `${GRAPH}/${request.version}/users/delta?${name}=${text}`;
}

/**
 * Reads a token. Throws 400 for one that cannot be read, 410 with a Location for one that is too old, and whatever
 * the control API ordered for those it took back.
 */
export function readToken(world: World, request: GraphRequest, kind: DeltaToken['kind'], text: string): DeltaToken {
  const value = parsed(text);
  if (value?.kind !== kind) throw wrongRequest('Badly formed token.');
  const { id, tokensRefused } = world.directory;
  const refused = value.world !== id ? 'gone' : value.number <= tokensRefused.upTo ? tokensRefused.how : null;
  if (refused === 'sync-state-not-found') {
    throw new GraphFailure(400, 'syncStateNotFound', 'The sync state generation is not found; restart the sync.');
  }
  if (refused === 'gone' || world.now() - value.issuedAt > LASTS_MS) throw gone(request, value);
  return value;
}

function parsed(text: string): DeltaToken | undefined {
  try {
    return token.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function gone(request: GraphRequest, { select, people }: DeltaToken): GraphFailure {
  const filter = people === null ? '' : `&$filter=${people.map((id) => `id%20eq%20'${id}'`).join('%20or%20')}`;
  return new GraphFailure(410, 'resyncRequired', 'Resync required. The token is no longer valid.', {
    Location: `${GRAPH}/${request.version}/users/delta?$select=${select.join(',')}${filter}&$deltatoken=`,
  });
}

/**
 * `$search` of the directory: `"displayName:ann lee" OR "mail:ann"`. Display names match by the beginnings of their
 * words, other properties by their own beginning.
 */
import { unsupportedQuery } from './exchange.ts';
import type { Json } from './world.ts';

interface Clause {
  readonly property: string;
  readonly text: string;
}

/** AND binds more tightly than OR: a list of alternatives, each a list of clauses that must all match. */
type Search = readonly (readonly Clause[])[];

const CLAUSE = /\s*"((?:[^"\\]|\\.)*)"\s*(AND|OR|$)/y;
const SEARCHABLE = new Set([
  'displayName',
  'mail',
  'userPrincipalName',
  'givenName',
  'surname',
  'description',
  'mailNickname',
]);

/** Parses a `$search`. Throws a GraphFailure when it is malformed. */
export function parseSearch(source: string): Search {
  const alternatives: Clause[][] = [[]];
  const pattern = new RegExp(CLAUSE);
  let joined = true;
  while (joined) {
    const found = pattern.exec(source);
    const clause = found === null ? null : readClause((found[1] ?? '').replaceAll(/\\(.)/g, '$1'));
    if (found === null || clause === null)
      throw unsupportedQuery(`Syntax error: the $search '${source}' cannot be read.`);
    alternatives.at(-1)?.push(clause);
    if (found[2] === 'OR') alternatives.push([]);
    joined = found[2] !== '';
  }
  if (pattern.lastIndex < source.length)
    throw unsupportedQuery(`Syntax error: the $search '${source}' cannot be read.`);
  return alternatives;
}

function readClause(text: string): Clause | null {
  const colon = text.indexOf(':');
  const property = text.slice(0, Math.max(colon, 0));
  return SEARCHABLE.has(property) && colon + 1 < text.length ? { property, text: text.slice(colon + 1) } : null;
}

/** True when an entry satisfies a search. */
export function found(search: Search, entry: Json): boolean {
  return search.some((clauses) => clauses.every((clause) => clauseMatches(clause, entry[clause.property])));
}

function clauseMatches({ property, text }: Clause, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (property !== 'displayName') return value.toLowerCase().startsWith(text.trim().toLowerCase());
  const words = tokens(value);
  return tokens(text).every((part) => words.some((token) => token.startsWith(part)));
}

function tokens(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}

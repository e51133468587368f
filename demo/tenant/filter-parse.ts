/**
 * Parses a `$filter` into a tree. It covers what the bot uses: and, or, not, parentheses, comparisons, three
 * functions, any(). A filter that cannot be read to its end is refused as a whole.
 */

/** A value in a filter. */
export type Literal = string | number | boolean | null;
/** Comparison operators. */
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
/** Functions on text. */
type TextFunction = 'startswith' | 'endswith' | 'contains';

/** A filter. `path` holds the segments of a property path; inside any() the first is the variable. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter }
  | {
      readonly kind: 'compare';
      readonly path: readonly string[];
      readonly operator: Comparison;
      readonly value: Literal;
    }
  | { readonly kind: 'in'; readonly path: readonly string[]; readonly values: readonly Literal[] }
  | { readonly kind: 'text'; readonly name: TextFunction; readonly path: readonly string[]; readonly value: string }
  | { readonly kind: 'any'; readonly path: readonly string[]; readonly variable: string; readonly of: Filter };

/** The filter cannot be read. The message is Graph's own text. */
export class BadFilter extends Error {}

type Token =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'sign'; readonly value: string };

const TOKEN =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))|(?<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})|(?<number>-?\d+(?:\.\d+)?)|(?<name>[A-Za-z_@][\w.@]*)|(?<sign>[(),/:]))/y;

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = source.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (groups === undefined) throw new BadFilter(`Syntax error at position ${String(from)} in '${source}'.`);
    const { text, time, guid, number, name, sign } = groups;
    if (text !== undefined) tokens.push({ kind: 'text', value: text.slice(1, -1).replaceAll("''", "'") });
    else if (time !== undefined) tokens.push({ kind: 'literal', value: time });
    else if (guid !== undefined) tokens.push({ kind: 'literal', value: guid });
    else if (number !== undefined) tokens.push({ kind: 'literal', value: Number(number) });
    else if (name !== undefined) tokens.push(word(name));
    else tokens.push({ kind: 'sign', value: sign ?? '' });
  }
  return tokens;
}

function word(name: string): Token {
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  return name === 'null' ? { kind: 'literal', value: null } : { kind: 'name', value: name };
}

/** Reads a filter. Throws BadFilter with a sentence for the caller. */
export function parseFilter(source: string): Filter {
  const tokens = tokenize(source);
  let at = 0;
  const fail = (): never => {
    throw new BadFilter(`Invalid filter clause: '${source}'.`);
  };
  const peek = (value: string): boolean => {
    const token = tokens[at];
    return (token?.kind === 'sign' || token?.kind === 'name') && token.value === value;
  };
  const accept = (value: string): boolean => {
    if (!peek(value)) return false;
    at += 1;
    return true;
  };
  const expect = (value: string): void => {
    if (!accept(value)) fail();
  };
  const next = (): Token => tokens[at++] ?? fail();
  const name = (): string => {
    const token = next();
    return token.kind === 'name' ? token.value : fail();
  };
  const literal = (): Literal => {
    const token = next();
    return token.kind === 'text' || token.kind === 'literal' ? token.value : fail();
  };

  const either = (): Filter => {
    let left = both();
    while (accept('or')) left = { kind: 'or', left, right: both() };
    return left;
  };
  const both = (): Filter => {
    let left = one();
    while (accept('and')) left = { kind: 'and', left, right: one() };
    return left;
  };
  const one = (): Filter => {
    if (accept('not')) return { kind: 'not', of: one() };
    if (accept('(')) {
      const inner = either();
      expect(')');
      return inner;
    }
    const first = name();
    const lower = first.toLowerCase();
    if (peek('(') && (lower === 'startswith' || lower === 'endswith' || lower === 'contains'))
      return textFunction(lower);
    return afterPath(first);
  };
  const textFunction = (functionName: TextFunction): Filter => {
    expect('(');
    const path = [name()];
    while (accept('/')) path.push(name());
    expect(',');
    const value = literal();
    expect(')');
    return typeof value === 'string' ? { kind: 'text', name: functionName, path, value } : fail();
  };
  const afterPath = (first: string): Filter => {
    const path = [first];
    while (accept('/')) {
      const segment = name();
      if (segment === 'any' && accept('(')) return lambda(path);
      path.push(segment);
    }
    const operator = name();
    if (operator === 'in') return { kind: 'in', path, values: list() };
    if (!isComparison(operator)) return fail();
    return { kind: 'compare', path, operator, value: literal() };
  };
  const lambda = (path: readonly string[]): Filter => {
    const variable = name();
    expect(':');
    const of = either();
    expect(')');
    return { kind: 'any', path, variable, of };
  };
  const list = (): Literal[] => {
    expect('(');
    const values = [literal()];
    while (accept(',')) values.push(literal());
    expect(')');
    return values;
  };

  const filter = either();
  return at === tokens.length ? filter : fail();
}

function isComparison(operator: string): operator is Comparison {
  return ['eq', 'ne', 'gt', 'ge', 'lt', 'le'].includes(operator);
}

/**
 * Whether an entry matches a `$filter`, and which properties and operators a filter uses. Text is compared without
 * regard to case, as in the directory.
 */
import type { Comparison, Filter, Literal } from './filter-parse.ts';

/** One use of a property in a filter: `mail eq`, `displayName startswith`, `targetResources/id eq`. */
interface Usage {
  readonly property: string;
  readonly operator: string;
}

type Scope = ReadonlyMap<string, unknown>;

/** True when `entry` satisfies `filter`. */
export function matches(filter: Filter, entry: unknown): boolean {
  return holds(filter, entry, new Map());
}

function holds(filter: Filter, entry: unknown, scope: Scope): boolean {
  switch (filter.kind) {
    case 'and':
      return holds(filter.left, entry, scope) && holds(filter.right, entry, scope);
    case 'or':
      return holds(filter.left, entry, scope) || holds(filter.right, entry, scope);
    case 'not':
      return !holds(filter.of, entry, scope);
    case 'compare':
      return compare(read(filter.path, entry, scope), filter.operator, filter.value);
    case 'in': {
      const value = read(filter.path, entry, scope);
      return filter.values.some((wanted) => compare(value, 'eq', wanted));
    }
    case 'text': {
      const value = read(filter.path, entry, scope);
      if (typeof value !== 'string') return false;
      const [text, part] = [value.toLowerCase(), filter.value.toLowerCase()];
      if (filter.name === 'startswith') return text.startsWith(part);
      return filter.name === 'endswith' ? text.endsWith(part) : text.includes(part);
    }
    case 'any': {
      const list = read(filter.path, entry, scope);
      if (!Array.isArray(list)) return false;
      return list.some((item: unknown) => holds(filter.of, entry, new Map([...scope, [filter.variable, item]])));
    }
  }
}

function read(path: readonly string[], entry: unknown, scope: Scope): unknown {
  const [first = '', ...rest] = path;
  let value: unknown = scope.has(first) ? scope.get(first) : property(entry, first);
  for (const segment of rest) value = property(value, segment);
  return value;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function compare(value: unknown, operator: Comparison, wanted: Literal): boolean {
  const order = orderOf(value ?? null, wanted);
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order !== null && order > 0;
    case 'ge':
      return order !== null && order >= 0;
    case 'lt':
      return order !== null && order < 0;
    case 'le':
      return order !== null && order <= 0;
  }
}

const TIME = /^\d{4}-\d\d-\d\dT/;

/** Negative, zero or positive; null when the two cannot be compared. */
function orderOf(value: unknown, wanted: Literal): number | null {
  if (value === null || wanted === null) return value === wanted ? 0 : null;
  if (typeof value === 'number' && typeof wanted === 'number') return value - wanted;
  if (typeof value === 'boolean' && typeof wanted === 'boolean') return value === wanted ? 0 : null;
  if (typeof value !== 'string' || typeof wanted !== 'string') return null;
  if (TIME.test(value) && TIME.test(wanted)) return Date.parse(value) - Date.parse(wanted);
  const [left, right] = [value.toLowerCase(), wanted.toLowerCase()];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Every property a filter uses, with its operator. `not` counts as an operator on the properties it negates. */
export function usages(filter: Filter, variables: ReadonlyMap<string, string> = new Map()): readonly Usage[] {
  const full = (path: readonly string[]): string => {
    const [first = '', ...rest] = path;
    return [variables.get(first) ?? first, ...rest].join('/');
  };
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...usages(filter.left, variables), ...usages(filter.right, variables)];
    case 'not':
      return usages(filter.of, variables).map(({ property: name }) => ({ property: name, operator: 'not' }));
    case 'compare':
      return [{ property: full(filter.path), operator: filter.operator }];
    case 'in':
      return [{ property: full(filter.path), operator: 'eq' }];
    case 'text':
      return [{ property: full(filter.path), operator: filter.name }];
    case 'any':
      return usages(filter.of, new Map([...variables, [filter.variable, full(filter.path)]]));
  }
}

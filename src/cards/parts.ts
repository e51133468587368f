/**
 * The pieces that several cards share: adaptive-cards/parts/, put into the templates while they are loaded.
 * Only our own JSON passes through here. Text of a case or of a person is bound much later, so nothing that anybody
 * writes can name a part or fill a parameter. adaptive-cards/README.md explains the notation to those who edit cards.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Parsed JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

/** Parts by name (the file name without `.json`), as parsed: references between them are still references. */
export type Parts = ReadonlyMap<string, Json>;

/** What a reference may set on the element of a part, beside the parameters of that part. */
const SETTABLE: readonly string[] = ['$when', 'spacing', 'style', 'data'];

const PARAMETER = /@([a-z][A-Za-z]*)/g;

interface Place {
  /** The file being resolved, for messages. */
  readonly file: string;
  /** The parts being put in at this point, outermost first. */
  readonly inside: readonly string[];
  /** What the parameters of this file stand for. A template has no parameters. */
  readonly values: ReadonlyMap<string, Json>;
}

/**
 * Reads the parts of a folder of templates; a folder without `parts/` has none. Throws, naming the file, when a part is
 * not JSON, is neither an element nor a list, uses itself (also through others), or holds a reference that
 * `resolveParts` would refuse.
 */
export function readParts(folder: string): Parts {
  const place = join(folder, 'parts');
  const names = existsSync(place) ? readdirSync(place).filter((file) => file.endsWith('.json')) : [];
  const parts = new Map(names.map((file) => [basename(file, '.json'), readJson(folder, `parts/${file}`)]));
  for (const [name, part] of parts) {
    // Each parameter stands for itself here: a part is checked even if no template uses it.
    const values = new Map([...parametersOf(part)].map((parameter) => [parameter, `@${parameter}`]));
    const at = { file: fileOf(name), inside: [name], values };
    if (!isObject(part) && !isList(part)) refuse(at, 'a part is an element or a list of elements');
    resolve(part, parts, at);
  }
  return parts;
}

/** Parses `file` of the folder of templates. Throws when it is missing, or, naming it, when it is not JSON. */
export function readJson(folder: string, file: string): Json {
  const text = readFileSync(join(folder, file), 'utf8');
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new Error(`adaptive-cards/${file} is not JSON`, { cause });
  }
}

/**
 * The template with every `{ "$part": "name", … }` replaced by that part. A part that is a list, used in an array, puts
 * its elements there. Throws, naming `file`, when a reference names no part, leaves a parameter out, has a key that is
 * neither a parameter nor `$when`, `spacing`, `style` or `data`, or sets one of these four where it cannot be set.
 */
export function resolveParts(template: Json, parts: Parts, file: string): Json {
  return resolve(template, parts, { file, inside: [], values: new Map() });
}

function resolve(node: Json, parts: Parts, place: Place): Json {
  if (typeof node === 'string') return withValues(node, place);
  if (isList(node)) return node.flatMap((one) => elements(one, parts, place));
  if (!isObject(node)) return node;
  if ('$part' in node) return putIn(node, parts, place);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value, parts, place)]));
}

/** One entry of an array: a reference to a list becomes several entries, anything else stays one. */
function elements(entry: Json, parts: Parts, place: Place): readonly Json[] {
  const resolved = resolve(entry, parts, place);
  return isObject(entry) && isList(resolved) ? resolved : [resolved];
}

function putIn({ $part: name, ...rest }: JsonObject, parts: Parts, place: Place): Json {
  const part = typeof name === 'string' ? parts.get(name) : undefined;
  if (typeof name !== 'string' || part === undefined) refuse(place, `there is no part ${JSON.stringify(name)}`);
  const inside = [...place.inside, name];
  if (place.inside.includes(name)) refuse(place, `a part cannot use itself: ${inside.join(' → ')}`);
  const given = new Map(Object.entries(rest).map(([key, value]) => [key, resolve(value, parts, place)]));
  const parameters = parametersOf(part);
  const missing = [...parameters].filter((parameter) => !given.has(parameter));
  if (missing.length > 0) refuse(place, `part "${name}" needs ${missing.join(', ')}`);
  const set = [...given].filter(([key]) => !parameters.has(key));
  const unknown = set.map(([key]) => key).filter((key) => !SETTABLE.includes(key));
  if (unknown.length > 0) refuse(place, `part "${name}" has no parameter ${unknown.join(', ')}`);
  const resolved = resolve(part, parts, { file: fileOf(name), inside, values: given });
  return set.length === 0 ? resolved : setOn(resolved, Object.fromEntries(set), name, place);
}

/** `data` adds fields to those of a button and cannot change them. The other keys replace what the part says. */
function setOn(element: Json, { data: more, ...rest }: JsonObject, name: string, place: Place): Json {
  if (!isObject(element)) refuse(place, `part "${name}" is a list: nothing can be set on it`);
  if (more === undefined) return { ...element, ...rest };
  const { data } = element;
  if (!isObject(data) || !isObject(more)) refuse(place, `part "${name}" takes no such data`);
  const taken = Object.keys(more).filter((key) => Object.hasOwn(data, key));
  if (taken.length > 0) refuse(place, `part "${name}" sets ${taken.join(', ')} of data itself`);
  return { ...element, ...rest, data: { ...data, ...more } };
}

/** A string that is one parameter and nothing else becomes its value, of any type. In a longer string it is text. */
function withValues(text: string, place: Place): Json {
  if (!text.includes('@')) return text;
  const [first] = parametersIn(text);
  if (first !== undefined && text === `@${first}`) return valueOf(first, place);
  return text.replace(PARAMETER, (_match, parameter: string) => {
    const value = valueOf(parameter, place);
    return typeof value === 'string' ? value : refuse(place, `@${parameter} in "${text}" must be a string`);
  });
}

function valueOf(parameter: string, place: Place): Json {
  const value = place.values.get(parameter);
  return value === undefined ? refuse(place, `@${parameter}: only a part has parameters`) : value;
}

function parametersIn(text: string): readonly string[] {
  return [...text.matchAll(PARAMETER)].map(([, name = '']) => name);
}

/** The parameters of each part that was asked for: some parts are put in a hundred times, and none of them changes. */
const parametersKnown = new WeakMap<object, ReadonlySet<string>>();

function parametersOf(node: Json): ReadonlySet<string> {
  if (typeof node === 'string') return new Set(parametersIn(node));
  if (typeof node !== 'object' || node === null) return new Set();
  const known = parametersKnown.get(node);
  if (known !== undefined) return known;
  const found = new Set(Object.values(node).flatMap((value: Json) => [...parametersOf(value)]));
  parametersKnown.set(node, found);
  return found;
}

function isList(node: Json): node is readonly Json[] {
  return Array.isArray(node);
}

function isObject(node: Json | undefined): node is JsonObject {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

function fileOf(part: string): string {
  return `parts/${part}.json`;
}

function refuse(place: Place, why: string): never {
  throw new Error(`adaptive-cards/${place.file}: ${why}`);
}

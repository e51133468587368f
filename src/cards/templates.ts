/**
 * The templates of adaptive-cards/: prepared once per process, expanded once per card.
 * Text enters a card only as bound data of one expansion. A template is never built from text, what was expanded cannot
 * be expanded again, and once the card is made nothing here still holds the data it was made from.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AdaptiveCard } from '../casework/ports/messenger.ts';
import type { StateName } from '../procedure/case.ts';
import { readJson, readParts, resolveParts, type Json } from './parts.ts';

/** The part of the library we use. Its own types pull TypeScript sources of another package into our compilation. */
interface Template {
  expand(context: { readonly $root: CardFields }): unknown;
}
const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as {
  readonly Template: new (source: AdaptiveCard) => Template;
};

declare const expanded: unique symbol;

/** A card that came out of exactly one expansion. */
type ExpandedCard = AdaptiveCard & { readonly [expanded]: true };

/** What may be bound: no null, no undefined, no function. A missing field would leave its expression on the card. */
export type CardData = string | number | boolean | readonly CardData[] | { readonly [field: string]: CardData };

/** The data of a whole card. */
export type CardFields = { readonly [field: string]: CardData };

/** Templates beside those that bear the name of a state. */
const OTHER_TEMPLATES = [
  'refused',
  'refusal',
  'pass',
  'pick-caller',
  'caller-not-found',
  'help',
  'cases',
  'log',
  'self-service-link',
  'notice-recovery-started',
  'notice-pass-issued',
  'manager-question',
  'approval-request',
  'alarm',
  'checkpoint',
  'request-closed',
  'portal-error',
  'mode',
  'confirmation',
  'guidance',
  'fault',
  'welcome',
] as const;

const STATE_TEMPLATES = {
  'asking-methods': true,
  'awaiting-self-service': true,
  'choosing-proof': true,
  'awaiting-callback': true,
  'awaiting-manager': true,
  'awaiting-approval': true,
  'ready-to-issue': true,
  issuing: true,
  'uncertain-pass': true,
  'awaiting-backup-method': true,
  'withdrawing-pass': true,
  closed: true,
} satisfies Record<StateName, true>;

/** The file name of a template, without `.json`. */
export type TemplateName = StateName | (typeof OTHER_TEMPLATES)[number];

/** Every template there must be. */
export const TEMPLATE_NAMES: readonly TemplateName[] = [
  ...(Object.keys(STATE_TEMPLATES) as StateName[]),
  ...OTHER_TEMPLATES,
];

/** The templates, ready to expand. */
export interface Templates {
  /** Binds `data` and returns the card. Throws (a bug) when the template asks for a field that `data` lacks. */
  expand(name: TemplateName, data: CardFields): ExpandedCard;
}

interface Prepared {
  /** Never expanded itself: an expansion leaves its data in the instance. */
  readonly template: Template;
  readonly expressions: readonly string[];
}

/** Prepared templates by their JSON. They do not change, so the same JSON never has to be prepared twice. */
const preparedBefore = new Map<string, Prepared>();

/**
 * Every template of the folder with its parts put in, ready for binding. Throws when a template is missing, is not known
 * or is no card of schema 1.5, and when a part is broken or used wrongly; the message names the file.
 */
export function readTemplates(folder: string): ReadonlyMap<TemplateName, AdaptiveCard> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const stray = files.filter((file) => !TEMPLATE_NAMES.some((name) => `${name}.json` === file));
  if (stray.length > 0) throw new Error(`adaptive-cards: no card uses ${stray.join(', ')}`);
  const parts = readParts(folder);
  return new Map(
    TEMPLATE_NAMES.map((name) => {
      const source = resolveParts(readJson(folder, `${name}.json`), parts, `${name}.json`);
      if (!isCard15(source)) throw new Error(`adaptive-cards/${name}.json is not an Adaptive Card 1.5`);
      return [name, source];
    }),
  );
}

/**
 * Reads and prepares every template of the folder; throws as `readTemplates` does. The first call for a set of templates
 * parses about a thousand expressions, so it belongs at the start of the process; the next ones only read the files.
 */
export function loadTemplates(folder: string): Templates {
  const prepared = new Map([...readTemplates(folder)].map(([name, source]) => [name, prepare(source)]));
  return {
    expand: (name, data) => {
      const { template, expressions } = prepared.get(name) ?? unknownTemplate(name);
      // The library stores the bound data, which may be a pass, in the instance it expands. This one shares the parsed
      // expressions through its prototype and is dropped with the data as soon as the card is made.
      const once = Object.create(template) as Template;
      const card = once.expand({ $root: data });
      const left = leftover(card, expressions);
      if (left !== null) throw new Error(`adaptive-cards/${name}.json: ${left} was not filled in`);
      return card as ExpandedCard;
    },
  };
}

function prepare(source: AdaptiveCard): Prepared {
  const json = JSON.stringify(source);
  const before = preparedBefore.get(json);
  if (before !== undefined) return before;
  const expressions = [...new Set(strings(source).flatMap(expressionsIn))];
  const prepared = { template: new Template(source), expressions };
  preparedBefore.set(json, prepared);
  return prepared;
}

function isCard15(source: Json): source is Json & AdaptiveCard {
  if (typeof source !== 'object' || source === null) return false;
  return 'type' in source && source.type === 'AdaptiveCard' && 'version' in source && source.version === '1.5';
}

function expressionsIn(text: string): readonly string[] {
  return text.match(/\$\{[^}]*\}/g) ?? [];
}

/**
 * Looks for the template's own expressions, not for any `${`: plain-text breaks those of people,
 * and a generated pass may hold any character at all.
 */
function leftover(card: unknown, expressions: readonly string[]): string | null {
  for (const text of strings(card)) {
    const found = expressions.find((expression) => text.includes(expression));
    if (found !== undefined) return found;
  }
  return null;
}

/** Every string value inside. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

function unknownTemplate(name: string): never {
  throw new Error(`adaptive-cards/${name}.json was not loaded`);
}

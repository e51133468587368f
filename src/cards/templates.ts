/**
 * The templates of adaptive-cards/: parsed once at start, expanded once per card.
 * The one rule kept here: text enters a card only as bound data of one expansion. A template is never built from text,
 * and what was expanded cannot be expanded again.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AdaptiveCard } from '../casework/ports/messenger.ts';
import type { StateName } from '../procedure/case.ts';

/** The part of the library we use. Its own types pull TypeScript sources of another package into our compilation. */
interface Template {
  expand(context: { readonly $root: CardFields }): unknown;
}
const { Template } = createRequire(import.meta.url)('adaptivecards-templating') as {
  readonly Template: new (source: AdaptiveCard) => Template;
};

declare const expanded: unique symbol;

/** A card that came out of exactly one expansion. */
export type ExpandedCard = AdaptiveCard & { readonly [expanded]: true };

/** What may be bound: no null, no undefined, no function. A missing field would leave its expression on the card. */
export type CardData = string | number | boolean | readonly CardData[] | { readonly [field: string]: CardData };

/** The data of a whole card. */
export type CardFields = { readonly [field: string]: CardData };

/** Templates beside those that bear the name of a state. */
export const OTHER_TEMPLATES = [
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
  'request-closed',
  'portal-error',
  'mode',
  'told',
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

interface Parsed {
  readonly template: Template;
  readonly expressions: readonly string[];
}

/**
 * Reads and parses every template of the folder. Throws when one is missing, when one is not known, or when one is not
 * a card of schema 1.5. Parsing costs tens of milliseconds a card: call it once, at start.
 */
export function loadTemplates(folder: string): Templates {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const stray = files.filter((file) => !TEMPLATE_NAMES.some((name) => `${name}.json` === file));
  if (stray.length > 0) throw new Error(`adaptive-cards: no card uses ${stray.join(', ')}`);
  const parsed = new Map(TEMPLATE_NAMES.map((name) => [name, parse(folder, name)]));
  return {
    expand: (name, data) => {
      const { template, expressions } = parsed.get(name) ?? unknownTemplate(name);
      const card = template.expand({ $root: data });
      const left = leftover(card, expressions);
      if (left !== null) throw new Error(`adaptive-cards/${name}.json: ${left} was not filled in`);
      return card as ExpandedCard;
    },
  };
}

function parse(folder: string, name: TemplateName): Parsed {
  const source: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  if (!isCard15(source)) throw new Error(`adaptive-cards/${name}.json is not an Adaptive Card 1.5`);
  return { template: new Template(source), expressions: [...new Set(strings(source).flatMap(expressionsIn))] };
}

function isCard15(source: unknown): source is AdaptiveCard {
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

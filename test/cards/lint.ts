/**
 * What a card of ours may never contain, checked on the expanded JSON.
 * Each finding is one sentence. A card without findings may be sent.
 */
import { ALLOWED_LINKS } from '../../src/cards/links.ts';
import { readAction } from '../../src/intents/read-action.ts';
import { CANARY } from './hostile-texts.ts';

type Json = Record<string, unknown>;
interface Seen {
  readonly at: string;
  readonly node: Json;
}

const ELEMENTS = new Set([
  'AdaptiveCard', 'Container', 'ColumnSet', 'Column', 'TextBlock', 'RichTextBlock', 'TextRun', 'Table', 'TableRow',
  'TableCell', 'ActionSet', 'Input.ChoiceSet', 'Input.Text', 'Action.Execute', 'Action.OpenUrl', 'Action.ShowCard',
]); // prettier-ignore
/** Texts of people that travel inside a button, unseen. */
const UNSEEN_TEXT = /\.data\.query$/;
const SIZE_MAX = 20_000;
const ACTIONS_MAX = 6;

/** Every finding. Empty: the card may be sent. */
export function lint(card: unknown): readonly string[] {
  const nodes = nodesIn(card, '');
  const typed = nodes.filter(({ node }) => typeof node['type'] === 'string');
  return [
    ...whole(card),
    ...nodes.flatMap(({ at, node }) => texts(at, node)),
    ...typed.flatMap(({ at, node }) => element(at, node)),
    ...typed.filter(({ node }) => String(node['type']).startsWith('Input.')).flatMap(({ at, node }) => input(at, node)),
    ...typed.filter(({ node }) => node['type'] === 'Action.Execute').flatMap(({ at, node }) => button(at, node, typed)),
    ...actionsOf(card),
    ...unique(typed.filter(({ node }) => 'id' in node).map(({ node }) => String(node['id']))),
  ];
}

function whole(card: unknown): readonly string[] {
  const json = JSON.stringify(card);
  const { type, version } = card as Json;
  const headings = json.match(/"style":"heading"/g)?.length ?? 0;
  return [
    ...(type === 'AdaptiveCard' && version === '1.5' ? [] : ['not an Adaptive Card 1.5']),
    ...(Buffer.byteLength(json) < SIZE_MAX ? [] : [`${Buffer.byteLength(json)} bytes are too many`]),
    ...(headings === 1 ? [] : [`${headings} headings instead of one`]),
    ...(/"(refresh|msteams|authentication)":/.test(json) ? ['refresh, msteams or authentication on a card'] : []),
  ];
}

function texts(at: string, node: Json): readonly string[] {
  return Object.entries(node).flatMap(([field, value]) => {
    if (typeof value !== 'string') return [];
    const path = `${at}.${field}`;
    const inTextRun = node['type'] === 'TextRun' && field === 'text';
    const findings: string[] = [];
    if (value.includes('${') || value.includes('{{')) findings.push(`${path}: an expression is left`);
    if (value.includes(CANARY) && !inTextRun && !UNSEEN_TEXT.test(path))
      findings.push(`${path}: text of people outside a TextRun`);
    if (
      /https?:/.test(value) &&
      !inTextRun &&
      !UNSEEN_TEXT.test(path) &&
      field !== '$schema' &&
      !ALLOWED_LINKS.includes(value)
    )
      findings.push(`${path}: an address off the list`);
    if (/\b(null|undefined|NaN|Invalid Date|\[object)/.test(value) && !value.includes(CANARY))
      findings.push(`${path}: "${value}"`);
    return findings;
  });
}

function element(at: string, node: Json): readonly string[] {
  const type = String(node['type']);
  return [
    ...(ELEMENTS.has(type) ? [] : [`${at}: ${type} is not in the safe core of 1.5`]),
    ...(type === 'TextBlock' && node['wrap'] !== true ? [`${at}: a TextBlock that does not wrap`] : []),
    ...(type === 'Action.OpenUrl' && !ALLOWED_LINKS.includes(String(node['url']))
      ? [`${at}: opens a foreign address`]
      : []),
  ];
}

function input(at: string, node: Json): readonly string[] {
  const named = typeof node['id'] === 'string' && typeof node['label'] === 'string' && node['label'] !== '';
  const explained = node['isRequired'] !== true || typeof node['errorMessage'] === 'string';
  return [
    ...(named ? [] : [`${at}: an input without id or label`]),
    ...(explained ? [] : [`${at}: required without a message`]),
  ];
}

/** A button must say its verb twice and be understood by those who read buttons. */
function button(at: string, node: Json, typed: readonly Seen[]): readonly string[] {
  const { verb, data } = node as { verb: string; data: Json };
  if (data['verb'] !== verb) return [`${at}: verb and data.verb differ`];
  const inputs =
    node['associatedInputs'] === 'none'
      ? []
      : typed.filter(({ node: one }) => String(one['type']).startsWith('Input.'));
  const filled = Object.fromEntries(inputs.map(({ node: one }) => [String(one['id']), filling(one)]));
  const press = readAction(verb, { ...filled, ...data });
  return press.kind === 'forged' ? [`${at}: ${verb} is not understood (${press.reason})`] : [];
}

function filling(node: Json): string {
  const choices = node['choices'] as readonly { value: string }[] | undefined;
  return choices?.[0]?.value ?? 'something short';
}

/** What is visible at once: the card's own actions and its action sets; an opened ShowCard counts for itself. */
function actionsOf(card: unknown): readonly string[] {
  const own = ((card as Json)['actions'] ?? []) as readonly Json[];
  const sets = nodesIn((card as Json)['body'], '').filter(({ node }) => node['type'] === 'ActionSet');
  const inSets = sets.flatMap(({ node }) => node['actions'] as readonly Json[]);
  const shown = [...own, ...inSets];
  const positive = shown.filter((action) => action['style'] === 'positive');
  const first = [own[0], inSets[0]].includes(positive[0]);
  const inner = shown.filter((action) => action['type'] === 'Action.ShowCard').map((action) => action['card']);
  return [
    ...(shown.length <= ACTIONS_MAX ? [] : [`${shown.length} actions at once`]),
    ...(positive.length <= 1 ? [] : ['more than one recommended action']),
    ...(positive.length === 0 || first ? [] : ['the recommended action is not the first']),
    ...inner.flatMap((one) => actionsOf(one)),
  ];
}

function unique(ids: readonly string[]): readonly string[] {
  return ids.length === new Set(ids).size ? [] : ['two inputs share an id'];
}

function nodesIn(value: unknown, at: string): readonly Seen[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, one]) => nodesIn(one, `${at}.${key}`));
  return Array.isArray(value) ? inside : [{ at, node: value as Json }, ...inside];
}

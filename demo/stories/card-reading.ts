/**
 * Reads an Adaptive Card as a person would: headline, text, facts, inputs, buttons. It relies on the schema alone, so
 * it can read any card.
 */

type Node = Readonly<Record<string, unknown>>;
/** A card as a client received it. */
export type SeenCard = Node;

/** A button on a card, with the inputs its press would send. */
export interface Button {
  readonly type: string;
  readonly title: string;
  readonly verb: string;
  readonly id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly style: string;
  readonly url: string | null;
  /** The inputs a client sends with it: those of the card and, in a ShowCard, those of the ShowCard. */
  readonly inputs: readonly CardInput[];
}

/** Something to fill in. */
interface CardInput {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
}

/** A card as read. */
export interface ReadCard {
  readonly headline: string;
  readonly lines: readonly string[];
  readonly inputs: readonly CardInput[];
  readonly buttons: readonly Button[];
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const nodesOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function runsOf(node: Node): string {
  const inlines: readonly unknown[] = Array.isArray(node['inlines']) ? node['inlines'] : [];
  return inlines.map((run) => (isNode(run) ? textOf(run['text']) : textOf(run))).join('');
}

function inputOf(node: Node): CardInput {
  return {
    id: textOf(node['id']),
    label: textOf(node['label']) || textOf(node['title']) || textOf(node['placeholder']),
    value: textOf(node['value']),
    required: node['isRequired'] === true,
    choices: nodesOf(node['choices']).map((one) => ({ title: textOf(one['title']), value: textOf(one['value']) })),
  };
}

/** The children of a layout element, whatever the property is called. */
function childrenOf(node: Node): readonly Node[] {
  return ['body', 'items', 'columns', 'cells', 'rows'].flatMap((name) =>
    // in a Table, `columns` are widths, not elements
    name === 'columns' && node['type'] === 'Table' ? [] : nodesOf(node[name]),
  );
}

const SIDE_BY_SIDE = new Set(['TableRow', 'ColumnSet']);

function linesOf(node: Node): string[] {
  const type = textOf(node['type']);
  if (node['isVisible'] === false) return [];
  if (type === 'TextBlock') return [textOf(node['text'])];
  if (type === 'RichTextBlock') return [runsOf(node)];
  if (type === 'FactSet') {
    return nodesOf(node['facts']).map((fact) => `${textOf(fact['title'])}: ${textOf(fact['value'])}`);
  }
  if (type.startsWith('Input.')) return inputLines(inputOf(node));
  if (SIDE_BY_SIDE.has(type)) {
    const cells = childrenOf(node).map((cell) => childrenOf(cell).flatMap(linesOf).filter(Boolean).join(' '));
    return [cells.filter(Boolean).join(' | ')];
  }
  return childrenOf(node).flatMap(linesOf);
}

function inputLines(input: CardInput): string[] {
  return [input.label, ...input.choices.map((choice) => `  ( ) ${choice.title}`)];
}

function inputsIn(node: Node): CardInput[] {
  if (textOf(node['type']).startsWith('Input.')) return [inputOf(node)];
  return childrenOf(node).flatMap(inputsIn);
}

function actionsIn(node: Node): Node[] {
  const own = [...nodesOf(node['actions']), ...(isNode(node['selectAction']) ? [node['selectAction']] : [])];
  return [...own, ...childrenOf(node).flatMap(actionsIn)];
}

function buttonsIn(card: Node, outer: readonly CardInput[]): Button[] {
  const inputs = [...outer, ...inputsIn(card)];
  return actionsIn(card).flatMap((action) => {
    const type = textOf(action['type']);
    if (type === 'Action.ShowCard') return isNode(action['card']) ? buttonsIn(action['card'], inputs) : [];
    return [
      {
        type,
        title: textOf(action['title']),
        verb: textOf(action['verb']),
        id: textOf(action['id']) || null,
        data: isNode(action['data']) ? action['data'] : {},
        style: textOf(action['style']),
        url: textOf(action['url']) || null,
        inputs: action['associatedInputs'] === 'none' ? [] : inputs,
      },
    ];
  });
}

function headingOf(node: Node): string | null {
  if (node['type'] === 'TextBlock' && node['style'] === 'heading') return textOf(node['text']);
  for (const child of childrenOf(node)) {
    const heading = headingOf(child);
    if (heading !== null) return heading;
  }
  return null;
}

/** Reads a card. The headline is its first heading, otherwise its first line. */
export function readCard(card: Node): ReadCard {
  const lines = linesOf(card).filter((line) => line.trim() !== '');
  const headline = headingOf(card) ?? lines[0] ?? '';
  const at = lines.indexOf(headline);
  return {
    headline,
    lines: lines.filter((_, index) => index !== at),
    inputs: inputsIn(card),
    buttons: buttonsIn(card, []),
  };
}

/** What a renderer would send for a press: the button's data, with the inputs that are filled in merged over it. */
export function dataOf(button: Button, filled: Readonly<Record<string, string>>): Record<string, unknown> {
  const unknown = Object.keys(filled).find((id) => !button.inputs.some((input) => input.id === id));
  if (unknown !== undefined) throw new Error(`The button "${button.title}" has no input "${unknown}".`);
  const values = button.inputs.map((input) => ({ input, value: filled[input.id] ?? input.value }));
  const empty = values.find(({ input, value }) => input.required && value === '');
  if (empty !== undefined) throw new Error(`The client would not send: "${empty.input.label}" is empty.`);
  const set = values.filter(({ value }) => value !== '').map(({ input, value }) => [input.id, value]);
  return { ...button.data, ...(Object.fromEntries(set) as Record<string, string>) };
}

/** What was filled in, as the card words it: for a choice, its title and not its value. */
export function wordsOfFilled(button: Button, filled: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(filled).flatMap(([id, value]) => {
    const choices = button.inputs.find((input) => input.id === id)?.choices ?? [];
    const chosen = choices.filter((choice) => value.split(',').includes(choice.value)).map(({ title }) => title);
    return chosen.length > 0 ? chosen : value === '' ? [] : [value];
  });
}

function bigMonospaced(node: unknown): string | null {
  if (Array.isArray(node)) return node.map(bigMonospaced).find((text) => text !== null) ?? null;
  if (!isNode(node)) return null;
  const isBig = node['type'] === 'TextRun' && node['fontType'] === 'Monospace' && node['size'] === 'ExtraLarge';
  return isBig ? textOf(node['text']) : bigMonospaced(Object.values(node));
}

/**
 * The pass on a card: the big monospaced text of the one card that asks whether it was read out. `null` when the card
 * shows no pass. A telephone number to dial is big and monospaced too, but it is not a pass.
 */
export function codeOn(card: SeenCard | null): string | null {
  if (card === null || !readCard(card).buttons.some(({ verb }) => verb === 'pass-read-out')) return null;
  return bigMonospaced(card);
}

/**
 * A card as text, for the golden cards: one line for what a person sees as one line.
 *
 *     accent| # Call the number on record         a headline, inside a container of the style `accent`
 *     *bold*, {warning:colored}, `monospaced`     how a text stands out
 *     Source | Office number, directory           the cells of a row
 *     ? Why? (because, required: "Choose.")       an input, and its choices below it
 *     [Go back] go-back case=12 v=4               a button: title, style, verb, data, whether inputs are sent along
 *
 * Size, spacing and other layout comes straight from the template and is left out. Everything that data can change is shown;
 * an element or a property that is not known here throws, so that nothing goes unseen.
 */
import type { AdaptiveCard } from '../../src/casework/ports/messenger.ts';

type Node = Readonly<Record<string, unknown>>;

/** Says nothing to a reader: how large, how far apart, how wide. */
const LAYOUT = ['$schema', 'version', 'spacing', 'separator', 'wrap', 'bleed', 'size', 'isSubtle', 'width', 'columns']
  .concat(['horizontalAlignment', 'verticalContentAlignment'])
  .concat(['showGridLines', 'firstRowAsHeader', 'firstRowAsHeaders']);
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ['fallbackText', 'body', 'actions'],
  Container: ['items', 'style'],
  TextBlock: ['text', 'weight', 'color', 'style'],
  RichTextBlock: ['inlines'],
  TextRun: ['text', 'weight', 'color', 'fontType'],
  Table: ['rows'],
  TableRow: ['cells'],
  TableCell: ['items'],
  ColumnSet: [],
  Column: ['items'],
  ActionSet: ['actions'],
  'Input.Text': ['id', 'label', 'maxLength', 'isRequired', 'errorMessage'],
  'Input.ChoiceSet': ['id', 'label', 'choices', 'value', 'style', 'isMultiSelect', 'isRequired', 'errorMessage'],
  'Action.Execute': ['title', 'verb', 'data', 'style', 'associatedInputs'],
  'Action.OpenUrl': ['title', 'url', 'style'],
  'Action.ShowCard': ['title', 'style', 'card'],
};

/** The whole card, each line ended. The first line is the one for notifications and screen readers. */
export function cardText(card: AdaptiveCard): string {
  return `${['notification: ' + text(card, 'fallbackText'), ...linesOf(card)].join('\n')}\n`;
}

function linesOf(node: Node): readonly string[] {
  checkProperties(node);
  const type = text(node, 'type');
  switch (type) {
    case 'AdaptiveCard':
      return [...nodes(node, 'body'), ...nodes(node, 'actions')].flatMap(linesOf);
    case 'Container': {
      const lines = nodes(node, 'items').flatMap(linesOf);
      const style = text(node, 'style');
      return style === '' ? lines : lines.map((line) => (/^\w+\| /.test(line) ? line : `${style}| ${line}`));
    }
    case 'TextBlock':
      return [text(node, 'style') === 'heading' ? `# ${text(node, 'text')}` : marked(node)];
    case 'RichTextBlock':
      return [nodes(node, 'inlines').map(run).join('')];
    case 'Table':
      return nodes(node, 'rows').map((row) => sideBySide(row, 'cells'));
    case 'ColumnSet':
      return [sideBySide(node, 'columns')];
    case 'ActionSet':
      return nodes(node, 'actions').flatMap(linesOf);
    default:
      return type.startsWith('Input.') ? inputLines(node) : actionLines(node, type);
  }
}

function sideBySide(node: Node, field: 'cells' | 'columns'): string {
  checkProperties(node);
  const cells = nodes(node, field).map((cell) => {
    checkProperties(cell);
    const lines = nodes(cell, 'items').flatMap(linesOf);
    return lines.filter((line) => line !== '').join(' / ');
  });
  return cells.join(' | ');
}

function run(node: Node): string {
  checkProperties(node);
  return text(node, 'fontType') === 'Monospace' && text(node, 'text') !== '' ? `\`${marked(node)}\`` : marked(node);
}

/** Bold and color, around the text without the spaces at its ends. */
function marked(node: Node): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text(node, 'text')) ?? [];
  if (inner === '') return before + after;
  const bold = text(node, 'weight').toLowerCase() === 'bolder' ? `*${inner}*` : inner;
  const color = text(node, 'color').toLowerCase();
  return before + (color === '' || color === 'default' ? bold : `{${color}:${bold}}`) + after;
}

function inputLines(node: Node): readonly string[] {
  const required = node['isRequired'] === true ? `required: "${text(node, 'errorMessage')}"` : '';
  const many = node['isMultiSelect'] === true ? 'any number' : '';
  const limit = typeof node['maxLength'] === 'number' ? `at most ${node['maxLength']}` : '';
  const style = text(node, 'style');
  const about = [text(node, 'id'), many, style === 'expanded' ? '' : style, limit, required].filter(Boolean).join(', ');
  const choices = nodes(node, 'choices').map((one) => {
    const chosen = text(one, 'value') === text(node, 'value') ? 'x' : ' ';
    return `  (${chosen}) ${text(one, 'title')} = ${text(one, 'value')}`;
  });
  return [`? ${text(node, 'label')} (${about})`, ...choices];
}

function actionLines(node: Node, type: string): readonly string[] {
  const style = text(node, 'style');
  const start = [`[${text(node, 'title')}]`, ['', 'default'].includes(style) ? '' : style];
  const line = (...more: readonly string[]): string => [...start, ...more].filter(Boolean).join(' ');
  if (type === 'Action.OpenUrl') return [line(text(node, 'url'))];
  if (type === 'Action.ShowCard') {
    const inside = (node['card'] ?? {}) as Node;
    return [line('opens'), ...linesOf(inside).map((one) => `  ${one}`)];
  }
  const data = Object.entries((node['data'] ?? {}) as Node).filter(([field]) => field !== 'verb');
  const fields = data.map(([field, value]) => `${field}=${typeof value === 'string' ? `"${value}"` : String(value)}`);
  const inputs = text(node, 'associatedInputs') === 'none' ? '' : 'and the inputs';
  return [line(text(node, 'verb'), ...fields, inputs)];
}

function checkProperties(node: Node): void {
  const type = text(node, 'type');
  const shown = SHOWN[type];
  if (shown === undefined) throw new Error(`card-text.ts cannot show ${type || JSON.stringify(node)}`);
  const unknown = Object.keys(node).filter((key) => key !== 'type' && !shown.includes(key) && !LAYOUT.includes(key));
  if (unknown.length > 0) throw new Error(`card-text.ts cannot show ${unknown.join(', ')} of ${type}`);
}

function text(node: Node, field: string): string {
  const value = node[field];
  return typeof value === 'string' ? value : '';
}

function nodes(node: Node, field: string): readonly Node[] {
  const value = node[field];
  return Array.isArray(value) ? (value as readonly Node[]) : [];
}

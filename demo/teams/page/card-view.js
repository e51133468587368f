// Draws an Adaptive Card with Microsoft's renderer and reports which button was pressed.
import { hostConfig } from './host-config.js';
import { markdownToHtml } from './markdown.js';
import { el } from './dom.js';

const AC = globalThis.AdaptiveCards;
const config = new AC.HostConfig(hostConfig);
AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

/**
 * on.press({ type, title, verb, id, data }, button, otherButtons) for Execute and Submit; on.open(url) for links.
 * A card that the renderer refuses is shown as an error, not hidden.
 */
export function renderCard(json, on) {
  const card = new AC.AdaptiveCard();
  card.hostConfig = config;
  card.onExecuteAction = (action) => {
    const type = action.getJsonTypeName();
    if (type === 'Action.OpenUrl') return on.open(action.url);
    if (type !== 'Action.Execute' && type !== 'Action.Submit') return undefined;
    const isExecute = type === 'Action.Execute';
    const button = action.renderedElement ?? null;
    const others = [...box.querySelectorAll('button')].filter((one) => one !== button);
    return on.press(
      {
        type,
        title: action.title ?? '',
        verb: (isExecute ? action.verb : undefined) ?? '',
        id: action.id ?? null,
        data: action.data ?? {},
      },
      button,
      others,
    );
  };
  card.onAnchorClicked = (_element, anchor) => {
    on.open(anchor.href);
    return true;
  };
  // What a button expands is drawn only then. It has to be scrolled into view, and its buttons need labels too.
  card.onInlineCardExpanded = (action, isExpanded) => {
    action.card.getAllActions().forEach(label);
    if (isExpanded) action.card.renderedElement?.scrollIntoView({ block: 'nearest' });
  };
  const box = el('div', { class: 'card' });
  try {
    card.parse(json);
    const rendered = card.render();
    if (rendered === undefined) throw new Error('it has no content');
    rendered.removeAttribute('tabindex');
    card.getAllActions().forEach(label);
    box.append(rendered);
  } catch (error) {
    box.append(el('p', { class: 'card-broken' }, `This card cannot be shown: ${error.message}`));
  }
  return box;
}

/** Adds a button's verb and fields as data attributes, so that it can be found by what it does and not by its text. */
function label(action) {
  const button = action.renderedElement;
  if (!button || !action.verb) return;
  button.dataset.verb = action.verb;
  for (const [name, value] of Object.entries(action.originalData ?? action._originalData ?? {})) {
    if (typeof value === 'string' && name !== 'verb' && /^[a-zA-Z]+$/.test(name)) button.dataset[name] = value;
  }
}

/**
 * Every verb on a card, with the text of its button. If a verb occurs twice, the first one counts.
 * For a button that another one expands, the texts of both.
 */
export function verbsOf(json) {
  const verbs = new Map();
  const collect = (node, path) => {
    if (Array.isArray(node)) node.forEach((one) => collect(one, path));
    else if (node !== null && typeof node === 'object') {
      const { verb, type, title = verb } = node;
      if (typeof verb === 'string' && !verbs.has(verb)) verbs.set(verb, [...path, title].join(' › '));
      const deeper = type === 'Action.ShowCard' ? [...path, title] : path;
      Object.values(node).forEach((one) => collect(one, deeper));
    }
  };
  collect(json, []);
  return verbs;
}

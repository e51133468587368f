// Draws one Adaptive Card with Microsoft's renderer and tells which button was pressed.
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
 * A card the renderer refuses is shown as such, not hidden.
 */
export function renderCard(json, on) {
  const card = new AC.AdaptiveCard();
  card.hostConfig = config;
  card.onExecuteAction = (action) => {
    if (action instanceof AC.OpenUrlAction) return on.open(action.url);
    if (!(action instanceof AC.SubmitAction)) return undefined; // Execute inherits from Submit in the renderer
    const isExecute = action.getJsonTypeName() === 'Action.Execute';
    const button = action.renderedElement ?? null;
    const others = [...box.querySelectorAll('button')].filter((one) => one !== button);
    return on.press(
      {
        type: isExecute ? 'Action.Execute' : 'Action.Submit',
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
  const box = el('div', { class: 'card' });
  try {
    card.parse(json);
    const rendered = card.render();
    if (rendered === undefined) throw new Error('it has no content');
    rendered.removeAttribute('tabindex');
    box.append(rendered);
  } catch (error) {
    box.append(el('p', { class: 'card-broken' }, `This card cannot be shown: ${error.message}`));
  }
  return box;
}

/** Every verb a card offers, wherever the button stands. */
export function verbsOf(json) {
  const verbs = new Set();
  const walk = (node) => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && typeof node === 'object') {
      if (typeof node.verb === 'string') verbs.add(node.verb);
      Object.values(node).forEach(walk);
    }
  };
  walk(json);
  return verbs;
}

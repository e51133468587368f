// One person's chat with the bot: the messages as they see them, and a box to write in.
import { renderCard } from './card-view.js';
import { busyWhile, clock, el, fill } from './dom.js';
import * as api from './api.js';

const STANDING = { private: 'Only you see this', edited: 'Updated' };

/** on.open(url) is called for links in cards, on.changed() after every change of the chat. */
export function createChat({ empty, placeholder, on }) {
  let person = null;
  let messages = new Map();
  let drawn = new Map();

  const log = el('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'Chat with Hardline',
    tabindex: 0,
  });
  const typing = el('div', { class: 'typing', hidden: true }, 'Hardline is working');
  const problem = el('div', { class: 'problem', role: 'alert', hidden: true });
  const input = el('input', {
    type: 'text',
    'aria-label': 'Message to Hardline',
    placeholder,
    maxlength: 4000,
    autocomplete: 'off',
  });
  const send = el('button', { class: 'solid', type: 'submit' }, 'Send');
  const form = el('form', { class: 'compose', onsubmit: submit }, input, send);
  const root = el('div', { class: 'panel-body' }, log, typing, problem, form);

  function complain(text) {
    problem.textContent = text ?? '';
    problem.hidden = !text;
  }

  async function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    complain(null);
    input.value = '';
    const result = await busyWhile(send, () => api.say(person, text), complain);
    if (result === undefined) input.value = text;
    else if (result.httpStatus !== 200) complain('The bot did not take the message. Try again in a moment.');
    input.focus();
  }

  function press(message) {
    return (button, element, others) => {
      complain(null);
      const work = () => api.press(person, { messageId: message.id, ...button });
      return busyWhile(element ?? send, work, complain, others);
    };
  }

  function draw(message) {
    const { from, card, text, deleted } = message;
    const tag = STANDING[message.standing];
    const meta = el('p', { class: 'meta' }, from === 'bot' ? 'Hardline ' : '', clock(message.at), ' ');
    if (tag && !deleted) meta.append(el('span', { class: 'tag' }, tag));
    const parts = [meta];
    if (deleted) parts.push(el('div', { class: 'text' }, 'This message was deleted.'));
    else if (card) parts.push(renderCard(card, { press: press(message), open: on.open }));
    else parts.push(el('div', { class: 'text' }, text ?? ''));
    if (message.notice) {
      const role = message.notice.kind === 'error' ? 'alert' : 'status';
      parts.push(el('div', { class: `notice ${message.notice.kind}`, role }, message.notice.text));
    }
    const kind = deleted ? ' deleted' : message.standing === 'private' ? ' private' : '';
    return el('article', { class: `message ${from}${kind}`, 'data-id': message.id }, parts);
  }

  /** Whether the newest message is in view. Only then does the chat scroll to the next one. */
  const newestInView = () => {
    const last = log.lastElementChild;
    return last === null || log.scrollTop + log.clientHeight > last.offsetTop - log.offsetTop;
  };

  /** Draws a message in its place, and keeps the newest one in view. */
  function place(message) {
    const old = drawn.get(message.id);
    const wasInView = newestInView();
    const fresh = draw(message);
    if (old) old.replaceWith(fresh);
    else log.append(fresh);
    drawn.set(message.id, fresh);
    if (log.lastElementChild !== fresh || (old && !wasInView)) return;
    keepInView();
  }

  /** Scrolls to the end, or to the top of the newest message if it is longer than the window. */
  function keepInView() {
    const last = log.lastElementChild;
    if (last === null) return;
    const isLong = last.offsetHeight > log.clientHeight;
    log.scrollTop = isLong ? last.offsetTop - log.offsetTop - 8 : log.scrollHeight;
  }

  // Messages that arrived while the chat was hidden can be measured only when it is shown.
  let wasHidden = true;
  new ResizeObserver(() => {
    if (wasHidden && log.clientHeight > 0) keepInView();
    wasHidden = log.clientHeight === 0;
  }).observe(log);

  return {
    root,
    complain,
    setPerson(id) {
      person = id;
      complain(null);
      typing.hidden = true;
    },
    show(all) {
      messages = new Map(all.map((message) => [message.id, message]));
      drawn = new Map();
      fill(log, all.length === 0 ? el('p', { class: 'empty' }, empty) : null);
      all.forEach(place);
      on.changed();
    },
    update(message) {
      typing.hidden = true;
      if (messages.size === 0) fill(log);
      if ((messages.get(message.id)?.revision ?? 0) >= message.revision) return;
      messages.set(message.id, message);
      place(message);
      on.changed(message);
    },
    typing() {
      typing.hidden = false;
    },
    /** People without the app, and people who have blocked the bot, cannot write to it. */
    setReach(reach) {
      form.hidden = reach !== 'has-app';
    },
    suggest(text) {
      input.value = text;
      input.focus();
    },
    /** When the person last wrote, in milliseconds since 1970; 0: never. */
    lastWritten: () => [...messages.values()].filter((message) => message.from === 'person').at(-1)?.at ?? 0,
    newestCard: () => [...messages.values()].filter((message) => message.card && !message.deleted).at(-1)?.card ?? null,
  };
}

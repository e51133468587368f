// One person's chat with the bot: messages as they see them, and the box to write in.
import { renderCard } from './card-view.js';
import { busyWhile, clock, el, fill } from './dom.js';
import * as api from './api.js';

const STANDING = { private: 'Only you see this', edited: 'Updated' };

/** on.open(url) for links in cards; on.changed() after every change of the chat. */
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
  const root = el('div', { class: 'seat-body' }, log, typing, problem, form);

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
    if (deleted) parts.push(el('div', { class: 'said' }, 'This message was deleted.'));
    else if (card) parts.push(renderCard(card, { press: press(message), open: on.open }));
    else parts.push(el('div', { class: 'said' }, text ?? ''));
    if (message.notice) {
      const role = message.notice.kind === 'error' ? 'alert' : 'status';
      parts.push(el('div', { class: `notice ${message.notice.kind}`, role }, message.notice.text));
    }
    const kind = deleted ? ' deleted' : message.standing === 'private' ? ' private' : '';
    return el('article', { class: `message ${from}${kind}`, 'data-id': message.id }, parts);
  }

  /** Whether the newest message is on the screen: then it is followed. Reading further up is not disturbed. */
  const follows = () => {
    const last = log.lastElementChild;
    return last === null || log.scrollTop + log.clientHeight > last.offsetTop - log.offsetTop;
  };

  /** Draws a message in its place. The newest is kept in view, from its headline on where it is long. */
  function place(message) {
    const old = drawn.get(message.id);
    const followed = follows();
    const fresh = draw(message);
    if (old) old.replaceWith(fresh);
    else log.append(fresh);
    drawn.set(message.id, fresh);
    if (log.lastElementChild !== fresh || (old && !followed)) return;
    keepInView();
  }

  /** The newest message at the end; from its headline on where it is longer than the window. */
  function keepInView() {
    const last = log.lastElementChild;
    if (last === null) return;
    const isLong = last.offsetHeight > log.clientHeight;
    log.scrollTop = isLong ? last.offsetTop - log.offsetTop - 8 : log.scrollHeight;
  }

  // What came while the chat was behind another view is measured when it is shown.
  let wasHidden = true;
  new ResizeObserver(() => {
    if (wasHidden && log.clientHeight > 0) keepInView();
    wasHidden = log.clientHeight === 0;
  }).observe(log);

  return {
    root,
    complain,
    sit(id) {
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
    /** Whoever has no app, or has blocked the bot, cannot write to it. */
    reach(reach) {
      form.hidden = reach !== 'has-app';
    },
    suggest(text) {
      input.value = text;
      input.focus();
    },
    /** When the person last wrote, milliseconds since 1970; 0: never. */
    lastSaid: () => [...messages.values()].filter((message) => message.from === 'person').at(-1)?.at ?? 0,
    newestCard: () => [...messages.values()].filter((message) => message.card && !message.deleted).at(-1)?.card ?? null,
  };
}

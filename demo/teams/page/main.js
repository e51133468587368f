// Puts the page together: who sits where, one stream for all, and what happens in one seat shows in the others.
import * as api from './api.js';
import { createChat } from './chat.js';
import { createHint } from './hint.js';
import { createLedger } from './ledger.js';
import { createLaptop } from './laptop.js';
import { createMode } from './mode.js';
import { createPhone } from './phone.js';
import { createReach } from './reach.js';
import { createSeat } from './seat.js';
import { createStream } from './stream.js';
import { createCallerBody } from './caller.js';
import { setUpTabs } from './tabs.js';
import { setUpTheme } from './theme.js';

const at = (id) => document.getElementById(id);
setUpTheme(at('theme'));
const tabs = setUpTabs(at('tabs'));
const cast = await api.getCast().catch((error) => {
  at('hint').textContent = error.message;
  throw error;
});
// Names are the directory's word: signs that turn or hide text are taken out before anybody reads them.
const HIDDEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu;
for (const person of cast.people) person.name = person.name.replace(HIDDEN, '');
const nameOf = (id) => cast.people.find((person) => person.id === id)?.name ?? `${id.slice(0, 8)}…`;
at('house').textContent = `${cast.house ?? 'Emulated tenant'} · everything here is emulated and stays on this machine`;

// Several windows can be open at once, with other people in the seats: ?technician=ID&caller=ID&approver=ID.
const wished = new URLSearchParams(location.search);
const firstIn = (role) => (cast.seats[role].includes(wished.get(role)) ? wished.get(role) : cast.seats[role][0]);
const sitting = { technician: firstIn('technician'), caller: firstIn('caller'), approver: firstIn('approver') };
const peopleOf = (role) => cast.seats[role].map((id) => cast.people.find((person) => person.id === id)).filter(Boolean);

const phone = createPhone();
const laptop = createLaptop({ onOutcome: () => tabs.mark('caller') });
const open = (url) => {
  if (url.startsWith('tel:')) return phone.dial();
  if (laptop.open(url)) {
    caller.showLaptop();
    return tabs.show('caller');
  }
  return chats.technician.complain(`In real life this link opens ${url}`);
};
const chatFor = (role, empty) =>
  createChat({
    empty,
    placeholder: 'Write to Hardline',
    on: { open, changed: (message) => changed(role, message) },
  });
const chats = {
  technician: chatFor('technician', 'You are at the helpdesk. Somebody calls and cannot sign in. Ask Hardline.'),
  caller: chatFor('caller', 'What Hardline tells the caller in Teams appears here.'),
  approver: chatFor('approver', 'Requests that need a second person appear here.'),
};
const reach = createReach({ onError: (text) => chats.caller.complain(text) });
const caller = createCallerBody({ laptop: laptop.root, chat: chats.caller.root, phone: phone.root, reach });

const seats = {
  technician: createSeat({ ...seat('technician', 'Technician'), body: chats.technician.root }),
  caller: createSeat({ ...seat('caller', 'Caller'), body: caller.root, extra: caller.switcher }),
  approver: createSeat({ ...seat('approver', 'Approver and manager'), body: chats.approver.root }),
};
function seat(role, label) {
  return { root: at(role), role: label, people: peopleOf(role), pick: (id) => sit(role, id) };
}

const hint = createHint({
  root: at('hint'),
  stories: cast.stories,
  on: {
    type: (text) => {
      tabs.show('technician');
      chats.technician.suggest(text);
    },
    choose: (story) => {
      sit('technician', story.technician);
      sit('caller', story.caller);
      if (story.approver) sit('approver', story.approver);
      phone.sit(...onTheLine(story.scene));
      api.slowPass(story.slowPass === true).catch((error) => chats.technician.complain(error.message));
    },
  },
});
const ledger = createLedger({
  root: at('ledger'),
  nameOf,
  lines: () => tabs.mark('ledger'),
});

const mode = createMode({ root: at('mode'), nameOf });

const stream = createStream({
  chat: ({ person, messages, reach: stands }) =>
    inSeatsOf(person, (chat, role) => {
      chat.show(messages);
      reached(role, stands);
    }),
  message: ({ person, message }) => inSeatsOf(person, (chat) => chat.update(message)),
  typing: ({ person }) => inSeatsOf(person, (chat) => chat.typing()),
  reach: ({ person, reach: stands }) => inSeatsOf(person, (_, role) => reached(role, stands)),
  ledger: (lines) => {
    ledger.add(lines);
    mode.add(lines);
  },
  state: (state) => {
    at('link-state').className = `link-state ${state}`;
    at('link-state').textContent = state === 'live' ? 'Live' : 'Connection lost. Is the demo still running?';
  },
});

function inSeatsOf(person, work) {
  for (const role of Object.keys(sitting)) if (sitting[role] === person) work(chats[role], role);
}
function reached(role, stands) {
  chats[role].reach(stands);
  if (role === 'caller') reach.show(stands);
}
function changed(role, message) {
  if (role !== 'caller')
    hint.follow(chats.technician.newestCard(), chats.technician.lastSaid(), chats.approver.newestCard());
  if (message?.from !== 'bot') return;
  tabs.mark(role);
  if (role === 'caller') caller.news();
}
function take(role, id) {
  sitting[role] = id;
  seats[role].sit(id);
  chats[role].sit(id);
  if (role !== 'caller') return;
  const person = cast.people.find((one) => one.id === id);
  phone.sit(...onTheLine());
  laptop.sit(person);
  reach.sit(person);
  caller.reset();
  hint.sit(person.name);
}
const CALLS = 'NAME is on the line: “I can’t sign in. Can you just set me a new password?”';
function onTheLine(scene = CALLS) {
  const name = nameOf(sitting.caller);
  return [name, scene.replaceAll('NAME', name)];
}
function sit(role, id) {
  if (sitting[role] === id) return;
  take(role, id);
  stream.follow(Object.values(sitting));
}

for (const role of Object.keys(sitting)) take(role, sitting[role]);
if (wished.size === 0) hint.choose(cast.stories[0].id, 0);
else hint.follow(null, 0, null);
stream.follow(Object.values(sitting));

// Puts the page together: three panels, one event stream for all of them, and the ledger below.
import * as api from './api.js';
import { createChat } from './chat.js';
import { createHint } from './hint.js';
import { createLedger } from './ledger.js';
import { createLaptop } from './laptop.js';
import { createMode } from './mode.js';
import { createPhone } from './phone.js';
import { createReach } from './reach.js';
import { createPanel } from './panel.js';
import { createStream } from './stream.js';
import { createCallerBody } from './caller.js';
import { setUpTabs } from './tabs.js';
import { setUpTheme } from './theme.js';
import { createTiming } from './timing.js';

const at = (id) => document.getElementById(id);
setUpTheme(at('theme'));
const tabs = setUpTabs(at('tabs'));
const setup = await api.getSetup().catch((error) => {
  at('hint').textContent = error.message;
  throw error;
});
// Names come from the directory, so characters that hide text or change its direction are removed first.
const HIDDEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu;
for (const person of setup.people) person.name = person.name.replace(HIDDEN, '');
const nameOf = (id) => setup.people.find((person) => person.id === id)?.name ?? `${id.slice(0, 8)}…`;
at('company').textContent =
  `${setup.house ?? 'Emulated tenant'} · everything here is emulated and stays on this machine`;

// Several windows can be open at once with different people: ?technician=ID&caller=ID&approver=ID.
const wanted = new URLSearchParams(location.search);
const firstIn = (role) => (setup.seats[role].includes(wanted.get(role)) ? wanted.get(role) : setup.seats[role][0]);
const shown = { technician: firstIn('technician'), caller: firstIn('caller'), approver: firstIn('approver') };
const peopleOf = (role) =>
  setup.seats[role].map((id) => setup.people.find((person) => person.id === id)).filter(Boolean);

const phone = createPhone();
const laptop = createLaptop({ onOutcome: () => tabs.mark('caller') });
const open = (url) => {
  if (url.startsWith('tel:')) return phone.dial();
  if (laptop.open(url)) {
    caller.showLaptop();
    return tabs.show('caller');
  }
  return chats.technician.complain(`Outside this demo, the link opens ${url}`);
};
const chatFor = (role, empty) =>
  createChat({
    empty,
    placeholder: 'Write to Hardline',
    on: { open, changed: (message) => changed(role, message) },
  });
const chats = {
  technician: chatFor('technician', 'You work at the helpdesk. Somebody calls and cannot sign in. Ask Hardline.'),
  caller: chatFor('caller', 'Messages from Hardline to the caller appear here.'),
  approver: chatFor('approver', 'Requests that need a second person appear here.'),
};
const reach = createReach({ onError: (text) => chats.caller.complain(text) });
const caller = createCallerBody({ laptop: laptop.root, chat: chats.caller.root, phone: phone.root, reach });

const panels = {
  technician: createPanel({ ...panel('technician', 'Technician'), body: chats.technician.root }),
  caller: createPanel({ ...panel('caller', 'Caller'), body: caller.root, extra: caller.switcher }),
  approver: createPanel({ ...panel('approver', 'Approver and manager'), body: chats.approver.root }),
};
function panel(role, label) {
  return { root: at(role), role: label, people: peopleOf(role), pick: (id) => choose(role, id) };
}

const hint = createHint({
  root: at('hint'),
  stories: setup.stories,
  on: {
    type: (text) => {
      tabs.show('technician');
      chats.technician.suggest(text);
    },
    choose: (story) => {
      choose('technician', story.technician);
      choose('caller', story.caller);
      if (story.approver) choose('approver', story.approver);
      phone.begin(...firstWords(story.scene));
      api.slowPass(story.slowPass === true).catch((error) => chats.technician.complain(error.message));
    },
  },
});
const ledger = createLedger({
  root: at('ledger'),
  nameOf,
  onEntries: () => tabs.mark('ledger'),
});

createTiming({ root: at('timing'), onError: (text) => chats.technician.complain(text) });
const mode = createMode({ root: at('mode'), nameOf });

const stream = createStream({
  chat: ({ person, messages, reach: current }) =>
    forPanelsOf(person, (chat, role) => {
      chat.show(messages);
      showReach(role, current);
    }),
  message: ({ person, message }) => forPanelsOf(person, (chat) => chat.update(message)),
  typing: ({ person }) => forPanelsOf(person, (chat) => chat.typing()),
  reach: ({ person, reach: current }) => forPanelsOf(person, (_, role) => showReach(role, current)),
  ledger: (entries) => {
    ledger.add(entries);
    mode.add(entries);
  },
  state: (state) => {
    at('link-state').className = `link-state ${state}`;
    at('link-state').textContent = state === 'live' ? 'Live' : 'Connection lost. Is the demo still running?';
  },
});

function forPanelsOf(person, work) {
  for (const role of Object.keys(shown)) if (shown[role] === person) work(chats[role], role);
}
function showReach(role, current) {
  chats[role].setReach(current);
  if (role === 'caller') reach.show(current);
}
function changed(role, message) {
  if (role !== 'caller')
    hint.follow(chats.technician.newestCard(), chats.technician.lastWritten(), chats.approver.newestCard());
  if (message?.from !== 'bot') return;
  tabs.mark(role);
  if (role === 'caller') caller.news();
}
function setPerson(role, id) {
  shown[role] = id;
  panels[role].setPerson(id);
  chats[role].setPerson(id);
  if (role !== 'caller') return;
  const person = setup.people.find((one) => one.id === id);
  phone.begin(...firstWords());
  laptop.setPerson(person);
  reach.setPerson(person);
  caller.reset();
  hint.setCaller(person.name);
}
const CALLS = 'NAME is on the phone: “I can’t sign in. Can you just set me a new password?”';
/** How the caller turns up: their name, and what they say. */
function firstWords(scene = CALLS) {
  const name = nameOf(shown.caller);
  return [name, scene.replaceAll('NAME', name)];
}
function choose(role, id) {
  if (shown[role] === id) return;
  setPerson(role, id);
  stream.follow(Object.values(shown));
}

for (const role of Object.keys(shown)) setPerson(role, shown[role]);
if (wanted.size === 0) hint.choose(setup.stories[0].id, 0);
else hint.follow(null, 0, null);
stream.follow(Object.values(shown));

// The guide above the panels: what to try, and what to do next, worked out from the buttons on the newest cards.
import { el, fill } from './dom.js';
import { verbsOf } from './card-view.js';

// {verb} becomes the text of the button with that verb, NAME the caller's first name.
const NEXT = [
  [
    'pass-read-out',
    'Read the pass out. As NAME, type it at <b>Sign in</b> on the laptop. Then press <b>{pass-read-out}</b>.',
  ],
  [
    'issue-pass',
    'The caller’s identity is confirmed. Press <b>{issue-pass}</b>: the pass is shown once, and only to you.',
  ],
  [
    'record-callback',
    'On the telephone, press <b>Hang up and dial</b>: an answer counts only after the time a call takes. Then record on the card who answered.',
  ],
  ['choose-callback', 'Choose the office number on record. Never take a number from the caller.'],
  ['pick-caller', 'Several people match. Choose the right one.'],
  ['open-lockout', 'A password is never set by hand. Press <b>{open-lockout}</b>.'],
];
const AT_RESET = 'As NAME, open <b>Password reset</b> on the laptop and go through it. The card updates by itself.';
const AT_METHODS =
  'As NAME, sign in on the laptop and add two methods under <b>Security info</b>. The card updates by itself.';

/** `stories` are the guides of guides.ts. Calls on.type(text) and on.choose(story). */
export function createHint({ root, stories, on }) {
  let story = stories[0];
  let name = '';
  const select = el('select', { onchange: () => choose(select.value) });
  for (const one of stories) select.append(el('option', { value: one.id }, one.title));
  const next = el('p', { class: 'next', role: 'status' });
  const type = el('button', { class: 'small', type: 'button', onclick: startTyping }, 'Type it for me');
  fill(root, el('label', {}, 'Try', select), next, type);

  let chosenAt = 0;
  function choose(id, at = Date.now()) {
    story = stories.find((one) => one.id === id) ?? stories[0];
    select.value = story.id;
    chosenAt = at;
    on.choose(story);
    begin();
  }
  function startTyping() {
    choose(story.id);
    on.type(story.say);
  }
  function begin() {
    show(`${story.first ?? ''} Write to Hardline as the technician: <b>${story.say}</b>`);
    type.textContent = 'Type it for me';
  }

  /** Shows a sentence, with names and button texts filled in as text. */
  function show(sentence, titles = new Map()) {
    const words = sentence.replace(/\{([a-z-]+)\}/g, (_, verb) => titles.get(verb) ?? verb).replaceAll('NAME', name);
    fill(
      next,
      words.split(/(<b>.*?<\/b>)/).map((part) => {
        const bold = /^<b>(.*)<\/b>$/.exec(part);
        return bold ? el('b', {}, bold[1]) : part;
      }),
    );
  }

  function nextFor(card, titles, approverTitles) {
    const found = [...Object.entries(story.at ?? {}), ...NEXT].find(([verb]) => titles.has(verb));
    if (found) return found[1];
    if (titles.has('tick-methods')) return story.atMethods;
    if (titles.size === 0) return story.end;
    if (approverTitles.has('decide-approval'))
      return story.atApproval ?? 'A second person is needed: decide in the approver’s panel, with a reason.';
    if (approverTitles.has('manager-answer')) return 'The manager is asked: answer in the approver’s panel.';
    if (titles.has('show-case'))
      return 'Hardline is working, or waiting for somebody else. The card updates by itself.';
    if (JSON.stringify(card).includes('aka.ms/sspr')) return AT_RESET;
    return titles.has('withdraw-pass') ? AT_METHODS : 'Continue with one of the buttons on the card.';
  }

  /** `lastWritten`: when the technician last wrote. A guide starts with their first message after it was chosen. */
  function follow(card, lastWritten, approverCard) {
    if (card === null || lastWritten <= chosenAt) return begin();
    const titles = verbsOf(card);
    show(nextFor(card, titles, approverCard === null ? new Map() : verbsOf(approverCard)), titles);
    type.textContent = 'Begin again';
  }

  return {
    choose,
    setCaller(caller) {
      name = caller.split(' ')[0];
    },
    follow,
  };
}

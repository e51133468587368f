// The guide above the seats: what to try, and what comes next, told from the buttons the newest cards offer.
import { el, fill } from './dom.js';
import { verbsOf } from './card-view.js';

// {verb} becomes the words on the button with that verb; NAME the first name of the caller.
const NEXT = [
  [
    'pass-read-out',
    'Read the pass out. As NAME, type it at <b>Sign in</b> on the laptop. Then press <b>{pass-read-out}</b>.',
  ],
  ['issue-pass', 'The caller is proven. Press <b>{issue-pass}</b>: it is shown once, to you alone.'],
  ['record-callback', 'At the telephone, press <b>Hang up and dial</b>. Then record on the card who answered.'],
  ['choose-callback', 'Choose the office number on record. Never take a number from the caller.'],
  ['pick-caller', 'Several people match. Pick the right one.'],
  ['open-lockout', 'A password is never set by hand. Press <b>{open-lockout}</b>.'],
];
const AT_RESET = 'As NAME, open <b>Password reset</b> on the laptop and go through it. The card follows by itself.';
const AT_METHODS =
  'As NAME, sign in on the laptop and add two methods under <b>Security info</b>. The card moves by itself.';

/** `stories` from the cast: see guides.ts. on.type(text), on.choose(story). */
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
    tell(`${story.first ?? ''} Write to Hardline as the technician: <b>${story.say}</b>`);
    type.textContent = 'Type it for me';
  }

  /** Puts a sentence together; names and titles go in as text. */
  function tell(sentence, titles = new Map()) {
    const words = sentence.replace(/\{([a-z-]+)\}/g, (_, verb) => titles.get(verb) ?? verb).replaceAll('NAME', name);
    fill(
      next,
      words.split(/(<b>.*?<\/b>)/).map((part) => {
        const bold = /^<b>(.*)<\/b>$/.exec(part);
        return bold ? el('b', {}, bold[1]) : part;
      }),
    );
  }

  function nextFor(card, titles, beside) {
    const found = [...Object.entries(story.at ?? {}), ...NEXT].find(([verb]) => titles.has(verb));
    if (found) return found[1];
    if (titles.has('tick-methods')) return story.atMethods;
    if (titles.size === 0) return story.end;
    if (beside.has('decide-approval'))
      return story.atApproval ?? 'A second person is needed: decide in the approver’s seat, with a reason.';
    if (beside.has('manager-answer')) return 'The manager is asked: answer in their seat, where approvers sit.';
    if (titles.has('show-case')) return 'Hardline is at work, or waits for somebody else. The card moves by itself.';
    if (JSON.stringify(card).includes('aka.ms/sspr')) return AT_RESET;
    return titles.has('withdraw-pass') ? AT_METHODS : 'Go on with a button of the card.';
  }

  /** `lastSaid`: when the technician last wrote. A story begins with their first words after it was chosen. */
  function follow(card, lastSaid, besideCard) {
    if (card === null || lastSaid <= chosenAt) return begin();
    const titles = verbsOf(card);
    tell(nextFor(card, titles, besideCard === null ? new Map() : verbsOf(besideCard)), titles);
    type.textContent = 'Begin again';
  }

  return {
    choose,
    sit(caller) {
      name = caller.split(' ')[0];
    },
    follow,
  };
}

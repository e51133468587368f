// The guide above the seats: what to try, and what comes next, told from the buttons the newest cards offer.
import { el, fill } from './dom.js';
import { verbsOf } from './card-view.js';

const NEXT = [
  [
    'pass-read-out',
    'Read the pass out to NAME. As NAME, type it at <b>Sign in</b> on their laptop. Then press <b>I have read it out</b> on the card.',
  ],
  ['issue-pass', 'The caller is proven. Press <b>Issue</b>: one pass is made and shown once, to you alone.'],
  [
    'record-callback',
    'Use the telephone below the chat: <b>Hang up and dial</b>. Then record on the card what happened.',
  ],
  ['choose-callback', 'Choose the office number on record. Never take a number from the caller.'],
  ['manager-answer', 'The manager decides whether they are speaking with the caller now.'],
  ['decide-approval', 'A second person decides, with a reason.'],
  ['pick-caller', 'Several people match. Pick the right one.'],
  ['open-lockout', 'A password is never set by hand. Press the button to open the lockout procedure.'],
];

/** `stories` from the cast: { id, title, caller, technician, say, tell }. on.type(text), on.choose(story). */
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
    tell(`Write to Hardline as the technician: <b>${story.say}</b>`);
    type.textContent = 'Type it for me';
  }

  /** The one place that writes markup: sentences of this file, with names put in as text. */
  function tell(markup) {
    fill(next);
    for (const part of markup.split(/(<b>.*?<\/b>)/)) {
      const bold = /^<b>(.*)<\/b>$/.exec(part);
      next.append(bold ? el('b', {}, bold[1].replaceAll('NAME', name)) : part.replaceAll('NAME', name));
    }
  }

  function afterVerbs(card) {
    const verbs = verbsOf(card);
    const found = NEXT.find(([verb]) => verbs.has(verb));
    if (found) return found[1];
    if (verbs.has('tick-methods')) return story.atMethods;
    if (JSON.stringify(card).includes('aka.ms/sspr'))
      return 'As NAME, open <b>Password reset</b> on their laptop and go through it. The card follows by itself.';
    if (verbs.has('withdraw-pass'))
      return 'As NAME, on their laptop: sign in with the pass, then add two methods under <b>Security info</b>. The card moves by itself.';
    return null;
  }

  /** `lastSaid`: when the technician last wrote. A story begins with their first words after it was chosen. */
  function follow(card, lastSaid) {
    if (card === null || lastSaid <= chosenAt) return begin();
    tell(afterVerbs(card) ?? story.end);
    type.textContent = 'Begin again';
  }

  return {
    choose,
    sit(caller) {
      name = caller;
    },
    follow,
  };
}

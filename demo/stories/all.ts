/**
 * Every story by name.
 * The one rule kept here: each starts from a fresh tenant and a fresh ledger, so none leans on another.
 */
import { ADA, LENA, MARA, SOFIA, TESS } from './cast.ts';
import { noAnswerFromGraph } from './lost-answer.ts';
import { askedForAManualReset } from './manual-reset.ts';
import { callerIsAnAdministrator, someoneElseAnswers, technicianIsTheCaller, twoMethodsAtHand } from './other-ways.ts';
import { phoneLeftAtHome } from './phone-left-at-home.ts';
import type { Actor, Stage } from './stage.ts';

/** A story. */
export interface Story {
  readonly name: string;
  readonly title: string;
  /** Whose chats the transcript shows. */
  readonly audience: readonly Actor[];
  readonly play: (stage: Stage) => Promise<void>;
}

/** All of them, in the order of the demo. */
export const STORIES: readonly Story[] = [
  {
    name: 'phone-left-at-home',
    title: 'Phone left at home',
    audience: [TESS, LENA, MARA],
    play: phoneLeftAtHome,
  },
  { name: 'two-methods-at-hand', title: 'Two methods at hand', audience: [TESS, SOFIA], play: twoMethodsAtHand },
  {
    name: 'caller-is-an-administrator',
    title: 'The caller is an administrator',
    audience: [TESS],
    play: callerIsAnAdministrator,
  },
  {
    name: 'asked-for-a-manual-reset',
    title: 'Twenty ways to ask for a manual reset',
    audience: [TESS],
    play: askedForAManualReset,
  },
  {
    name: 'technician-is-the-caller',
    title: 'The technician is the caller',
    audience: [TESS],
    play: technicianIsTheCaller,
  },
  {
    name: 'someone-else-answers',
    title: 'Somebody else answers the callback',
    audience: [TESS, ADA],
    play: someoneElseAnswers,
  },
  { name: 'no-answer-from-graph', title: 'No answer from Graph', audience: [TESS, LENA], play: noAnswerFromGraph },
];

/** A story by name; `undefined` when there is none. */
export function storyNamed(name: string): Story | undefined {
  return STORIES.find((story) => story.name === name);
}

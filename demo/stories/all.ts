/**
 * Every story by name. Each is played with a fresh tenant and a fresh ledger, so that none depends on another.
 */
import { ABEL, ADA, LENA, MARA, SOFIA, TESS } from './people.ts';
import { lockdown } from './lockdown.ts';
import { noAnswerFromGraph } from './lost-answer.ts';
import { askedForAManualReset } from './manual-reset.ts';
import { callerIsAnAdministrator, someoneElseAnswers, technicianIsTheCaller, twoMethodsAtHand } from './other-ways.ts';
import { thisWasNotMe } from './not-me.ts';
import { phoneLeftAtHome } from './phone-left-at-home.ts';
import { readOutAnError } from './portal-error.ts';
import { callerHasNoApp } from './reaching.ts';
import type { Actor, Runner } from './runner.ts';
import { approvalDenied, managerVouches, twoPeople } from './two-people.ts';

/** A story. */
export interface Story {
  readonly name: string;
  readonly title: string;
  /** Whose chats the transcript shows. */
  readonly audience: readonly Actor[];
  readonly play: (runner: Runner) => Promise<void>;
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
  { name: 'two-people', title: 'Two people for a pass', audience: [TESS, ADA, ABEL, LENA], play: twoPeople },
  { name: 'approval-denied', title: 'The second person says no', audience: [TESS, ADA, ABEL], play: approvalDenied },
  { name: 'manager-vouches', title: 'The manager vouches', audience: [TESS, MARA, ADA], play: managerVouches },
  { name: 'this-was-not-me', title: 'This was not me', audience: [TESS, LENA, ADA], play: thisWasNotMe },
  { name: 'lockdown', title: 'A lead switches lockdown on', audience: [TESS, ADA, SOFIA], play: lockdown },
  {
    name: 'caller-has-no-app',
    title: 'The caller has no app',
    audience: [TESS, LENA, SOFIA],
    play: callerHasNoApp,
  },
  { name: 'read-out-an-error', title: 'The caller reads out an error', audience: [TESS], play: readOutAnError },
];

/** A story by name; `undefined` when there is none. */
export function storyNamed(name: string): Story | undefined {
  return STORIES.find((story) => story.name === name);
}

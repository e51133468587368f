/**
 * English: what the technician says when somebody asks for a manual reset.
 * The one rule kept here: it works for any caller, whoever they say they are; nothing in it can be argued with.
 */

/** Read out as it stands, line by line. */
export const script: readonly string[] = [
  '"I cannot set a password for you. Nobody at the helpdesk can, for anyone. The system has no button for it."',
  '"That protects you: nobody can talk us into opening your account."',
  '"There is a quick safe way. I will go through it with you now."',
];

/** For when the caller pushes: rank, hurry, anger, a favor. */
export const pressure: readonly { readonly they: string; readonly you: string }[] = [
  {
    they: '"I am the CFO, I have a board meeting."',
    you: '"Then let us start now. The way is the same for everyone, and it is the fastest one."',
  },
  {
    they: '"Just this once." "Your boss said yes."',
    you: '"My boss has no button for it either. I am staying with you until you are in."',
  },
  {
    they: '"I will report you."',
    you: '"Please do. I will note it. Shall we start?"',
  },
];

/**
 * English: cards outside a case: welcome, help, lists, the search for a caller.
 * The examples are what people really write.
 */
import type { ReaderRole } from '../../../casework/ports/card-views.ts';

/** The texts of the template with the same name. */
export const helpdeskCards = {
  welcome: {
    headline: 'Hello. Is somebody locked out?',
    lead: 'Write who it is, and I will take you through the lockout procedure.',
    example: 'Lena Hartmann is locked out',
    never: 'I cannot set a password, and neither can you. That is on purpose.',
  },
  help: {
    headline: 'What you can write',
    lead: 'Use your own words. These always work:',
    never: 'Hardline never sets a password and never accepts a phone number from a caller.',
  },
  cases: {
    headline: 'Your cases',
    none: 'You have no cases yet. Write who is locked out.',
  },
  log: {
    headline: 'Log',
    none: 'Nothing has been recorded yet.',
  },
  'pick-caller': {
    headline: 'Choose the right person',
    lead: 'Several people match. Ask the caller for their sign-in name, then choose.',
    similar: 'Nobody has exactly this name, but this is close. Ask the caller for their sign-in name, then choose.',
    pick: 'Open a case',
    more: 'There are more matches. Not in this list? Write the sign-in name, email or employee number.',
  },
  'caller-not-found': {
    headline: 'Nobody found. Ask for the sign-in name',
    lead: 'Ask the caller to spell their sign-in name. Then write it, or their email or employee number.',
    careful: 'Still nobody? Do not guess. They may be a guest, or not work here.',
  },
};

/** Commands by role: what to write, and what it does. */
export const commands = {
  technician: [
    { write: 'Lena Hartmann is locked out', does: 'starts the lockout procedure' },
    { write: 'send the link to Lena Hartmann', does: 'sends them the self-service link' },
    { write: 'Lena Hartmann sees "contact your administrator"', does: 'explains an error on a Microsoft page' },
    { write: 'cases', does: 'lists your cases' },
    { write: 'case 12', does: 'shows case 12' },
  ],
  approver: [{ write: 'case 12', does: 'shows case 12' }],
  auditor: [
    { write: 'log', does: 'shows the newest log entries' },
    { write: 'log 12', does: 'shows the log of case 12' },
  ],
  lead: [
    { write: 'mode', does: 'shows the current mode' },
    { write: 'lockdown on REASON', does: 'no passes until a lead ends it' },
    { write: 'elevated on REASON', does: 'every pass needs a second person' },
    { write: 'log', does: 'shows the newest log entries' },
    { write: 'case 12', does: 'shows case 12' },
  ],
} satisfies Record<ReaderRole, readonly { write: string; does: string }[]>;

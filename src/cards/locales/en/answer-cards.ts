/**
 * English: the refusal of a manual reset, every other refusal, confirmations and faults.
 * First what happened, then what to do next. No blame and no threat.
 */

const NOT_RECORDED = 'This could not be written to the log of Hardline. Make a note of it, and tell a lead.';

/** The texts of the template with the same name. */
export const answerCards = {
  refused: {
    headline: 'Nobody at the helpdesk can set a password',
    readOut: 'Read this to the caller',
    pressure: 'If they insist',
    logged: 'The request was recorded. Anybody may ask; the answer is always the same.',
    notRecorded: NOT_RECORDED,
    open: 'Start the lockout procedure',
    queryLabel: 'Who is locked out? Sign-in name, email, employee number or name.',
    queryError: 'Write who is locked out.',
    backToCase: 'Continue with the case',
  },
  refusal: {
    notRecorded: NOT_RECORDED,
    missing: 'Not read yet',
    showCase: 'Open the case',
  },
  confirmation: {
    showCase: 'Open the case',
  },
  fault: {
    openFirst: 'Open the case and see where it is before you press anything again.',
    showCase: 'Open the case',
  },
};

/** What the technician says when somebody asks for a manual reset. It works for any caller, whoever they say they are. */
export const refusalScript: readonly string[] = [
  '"I cannot set a password for you. Nobody at the helpdesk can, for anyone. The system has no button for it."',
  '"That protects you: nobody can talk us into opening your account."',
  '"There is a quick and safe way. I will go through it with you now."',
];

/** For when the caller insists: rank, a favor, a threat. */
export const pressure: readonly { readonly they: string; readonly you: string }[] = [
  {
    they: '"I am the CFO, I have a board meeting."',
    you: '"Then let us start right away. It is the same for everyone, and it is the fastest way."',
  },
  {
    they: '"Just this once." "Your boss said yes."',
    you: '"My boss has no button for it either. I will stay with you until you are in."',
  },
  {
    they: '"I will report you."',
    you: '"Please do. I will make a note of it. Shall we start?"',
  },
];

/** The line that notifications and screen readers get. No names: it may show on a locked screen. */
export const summaries = {
  manualReset: 'A manual reset is never possible. Here is what to say.',
  pass: 'The pass, shown once.',
};

/**
 * English: the ledger cannot be written, or can again. Sent to the leads.
 */
/** It began. */
export const began = {
  what: 'Hardline cannot write to its log',
  next: 'No case moves on and no pass is issued. Call the operator of Hardline: the disk may be full, or the file locked.',
};

/** Somebody asked for the link to be sent: it is to be read out. */
export const linkNotSent = {
  what: 'Read out the link',
  next: 'Hardline cannot write to its log, so nothing was sent to them. They can open the link in any browser.',
};

/** It is over. `minutes`: rounded up. `unrecorded`: answers that have no entry. */
export const over = {
  what: 'Hardline can write to its log again',
  next: (minutes: number, unrecorded: number): string =>
    `It could not for ${minutes <= 1 ? 'up to a minute' : `about ${minutes} minutes`}. ${lost(unrecorded)}`,
};

function lost(unrecorded: number): string {
  if (unrecorded === 0) return 'Nothing was answered without an entry.';
  return unrecorded === 1
    ? '1 answer was given without an entry. The log says so.'
    : `${unrecorded} answers were given without an entry. The log says so.`;
}

/**
 * English: checkpoints of the log, for the leads. They name nobody.
 */
import type { CheckpointPlaceName } from '../../../casework/ports/checkpoints.ts';

/** The places where checkpoints are kept. */
export const places = {
  file: 'the checkpoint file',
  container: 'the container in Azure',
  bucket: 'the S3 bucket',
} satisfies Record<CheckpointPlaceName, string>;

/** The daily card. */
export const daily = {
  headline: "Today's checkpoint of the log",
  lead: 'Keep this message: with it, anybody can prove later that nothing in the log before it was changed or removed.',
  next: 'To check the log, give these three lines to whoever runs the bot: "npm run ledger:verify" compares the log with them.',
};

/** Checkpoints do not reach a place. */
export const late = {
  headline: 'Checkpoints of the log are not being kept',
  lead: (place: string) => `For an hour or longer, no checkpoint has reached ${place}.`,
  next: 'Ask whoever runs the bot to look at its messages. Cases go on as usual.',
};

/** A place has something else. */
export const differs = {
  headline: 'The log differs from a checkpoint that was kept',
  lead: (place: string) =>
    `What was kept in ${place} does not fit. The log was changed, or an older copy was put back.`,
  next: 'Tell security now. Ask whoever runs the bot to leave the data folder as it is and to verify the log.',
};

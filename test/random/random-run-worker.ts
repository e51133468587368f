/** Plays random days in a process of its own, one for each core. It is told which, and sends back what became of them. */
import { playDays, type RunRequest } from './random-days.ts';

process.once('message', (shift) => {
  void playDays(shift as RunRequest).then((played) => process.send?.(played, () => process.disconnect()));
});

/**
 * Plays one story against a running demo and reports what failed. Any failed expectation or error fails the story.
 */
import type { Story } from './all.ts';
import { openDemoClient } from './demo-client.ts';
import { createRunner } from './runner.ts';
import { createTranscript } from './transcript.ts';

/** Plays it. `print` gets the transcript, line by line. Resolves with what failed; empty when everything passed. */
export async function playStory(
  origin: string,
  story: Story,
  print: (line: string) => void,
): Promise<readonly string[]> {
  const transcript = createTranscript(print);
  transcript.title(story.title);
  const client = await openDemoClient(
    origin,
    story.audience.map((actor) => actor.id),
  );
  try {
    const runner = await createRunner({ client, transcript, audience: story.audience });
    const failures = await story.play(runner).then(
      () => runner.failures,
      (error: unknown) => {
        const { message } = error as Error;
        transcript.failed(message);
        return [...runner.failures, message];
      },
    );
    print('');
    print(failures.length === 0 ? `${story.name}: passed` : `${story.name}: ${failures.length} failed`);
    return failures;
  } finally {
    client.close();
  }
}

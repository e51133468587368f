import assert from 'node:assert/strict';
import { type Demo, startDemo } from '../../demo/start.ts';
import { STORIES } from '../../demo/stories/all.ts';
import { playStory } from '../../demo/stories/play.ts';
import { rowsOf } from '../lane.ts';

/** The story of the quick lane: most people have a part in it. */
const SAMPLE = new Set(['two-people']);

/** Those in which a pass is made and shown to the technician. */
const SHOWS_A_PASS = new Set(['phone-left-at-home', 'two-people', 'manager-vouches']);

describe('the stories of the demo, played over HTTP on the whole bot', function () {
  this.timeout(60_000);
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo({ port: 0, seedFile: null, dataFolder: null, impatient: true });
  });
  afterEach(() => demo.close());

  for (const story of rowsOf(STORIES, ({ name }) => SAMPLE.has(name))) {
    it(`${story.title}: every check in it passes, and the transcript shows no pass`, async () => {
      const canary = 'Zq7KwXt9';
      demo.tenant.control.nextPass(canary);
      const lines: string[] = [];
      const failures = await playStory(demo.origin, story, (line) => lines.push(line));
      const transcript = lines.join('\n');
      assert.deepEqual(failures, [], transcript);
      assert.ok(
        !transcript.includes(canary.slice(0, 4)) && !transcript.includes(canary.slice(4)),
        'not even in pieces',
      );
      assert.equal(transcript.includes('••••••••'), SHOWS_A_PASS.has(story.name), 'shown where one is issued');
    });
  }
});

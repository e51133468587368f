// What must not compile: an event of the procedure without an answer to who may cause it.
import assert from 'node:assert/strict';
import { itInFull } from '../lane.ts';
import { compileWith } from './compile-with.ts';

const EVENTS = 'src/procedure/events.ts';
const ACTORS = 'src/procedure/actors.ts';

describe('Who causes an event', function () {
  this.timeout(60_000);

  itInFull('is known for the code as it is, which compiles', () => assert.deepEqual(compileWith({}), []));

  itInFull('must be said before a new event compiles', () => {
    const proof = "  | { readonly kind: 'video-call-shown'; readonly by: PersonId; readonly place: string }\n";
    const where = "  | { readonly kind: 'no-pass-found'; readonly at: Instant }\n";
    const errors = compileWith({ [EVENTS]: (text) => text.replace(where, `${where}${proof}`) });
    const [first] = errors.filter(({ path }) => path === ACTORS);
    assert.match(first?.message ?? '', /'"?video-call-shown"?'/, JSON.stringify(errors));
  });

  itInFull('is somebody the event names, where a button causes it', () => {
    const errors = compileWith({
      'src/procedure/actions.ts': (text) => text.replace("event: 'went-back'", "event: 'pass-deleted'"),
    });
    assert.notDeepEqual(errors, []);
  });
});

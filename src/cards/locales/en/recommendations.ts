/**
 * English: the recommended next step, and why.
 */
import type { Recommendation } from '../../../procedure/policy.ts';

/** What to do next. */
export const routes = {
  'self-service': 'Ask what they have with them. It should be enough to reset the password themselves.',
  pass: 'Ask what they have with them. They will probably need a pass.',
  wait: 'Ask what they have with them. If it is not enough, wait until everything is read.',
  escalate: 'Ask what they have with them. If it is not enough, hand the case over.',
} satisfies Record<Recommendation['route'], string>;

/** Why. */
export const because = {
  'enough-methods': 'Enough methods are registered for self-service.',
  'too-few-methods': 'Too few methods are registered for self-service.',
  'no-methods': 'No method is registered that works for self-service.',
  'methods-not-at-hand': 'They do not have enough of their methods with them.',
  'not-licensed': 'Their license does not include self-service reset.',
  'self-service-off': 'Self-service is not switched on for them.',
  'no-writeback': 'Their password is stored on premises, and self-service cannot write it back.',
  'self-service-failed': 'Self-service did not work earlier in this case.',
  'weak-methods-only': 'Only weak methods are registered.',
  stopped: 'A rule does not allow a pass.',
  unread: 'A fact that matters here could not be read yet.',
} satisfies Record<Recommendation['because'], string>;

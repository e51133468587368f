/**
 * English: the recommended next step and its reason.
 * The one rule kept here: a recommendation says what to do first, then why.
 */
import type { Recommendation } from '../../../procedure/policy.ts';

/** What to do next. */
export const routes = {
  'self-service': 'Ask what they have with them. It should be enough to reset it themselves.',
  pass: 'Ask what they have with them. They will probably need a pass.',
  escalate: 'Ask what they have with them. If it is not enough, somebody else must help.',
} satisfies Record<Recommendation['route'], string>;

/** Why. */
export const because = {
  'enough-methods': 'Enough methods are registered for self-service.',
  'too-few-methods': 'Too few methods are registered for self-service.',
  'no-methods': 'No method is registered that self-service accepts.',
  'methods-not-at-hand': 'Too few of their methods are at hand.',
  'not-licensed': 'Their plans do not include self-service reset.',
  'self-service-off': 'Self-service is not switched on for them.',
  'no-writeback': 'Their password is kept on premises, and self-service cannot write it back.',
  'self-service-failed': 'Self-service failed before in this case.',
  'weak-methods-only': 'Only weak methods are registered.',
  stopped: 'A rule stands in the way of a pass.',
  unread: 'Something that decides could not be read.',
} satisfies Record<Recommendation['because'], string>;

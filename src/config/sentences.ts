/**
 * What is wrong with a value, in words an operator can act on. The value itself is never repeated: it can be a secret.
 */
import type { z } from 'zod';

/** The rest of a sentence that begins with the name of the setting. */
export function wrongWith(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'number' ? `must be ${issue.minimum} or more.` : sentence(issue.message, 'is too short.');
    case 'too_big':
      return issue.origin === 'number' ? `must be ${issue.maximum} or less.` : 'is too long.';
    case 'invalid_type':
      return issue.expected === 'int' ? 'must be a whole number.' : `must be ${article(issue.expected)}.`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}.`;
    case 'custom':
      return `${issue.message}.`;
    case 'invalid_format':
      return sentence(issue.message, 'has another form than it must have.');
    default:
      return 'cannot be used.';
  }
}

/** Sentences of ours begin with "must" or "is"; those of the library do not. */
function sentence(ours: string, otherwise: string): string {
  return /^(?:must|is) /.test(ours) ? `${ours}.` : otherwise;
}

function article(what: string): string {
  return `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;
}

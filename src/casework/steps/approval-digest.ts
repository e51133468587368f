/**
 * What an approver saw, as a short digest that fits on a button.
 * The one rule kept here: the digest travels, the subject stays; a click brings back the digest and is compared with the case as it is.
 */
import { createHash } from 'node:crypto';

/** SHA-256 of an approval subject, base64url. */
export function subjectDigest(subject: string): string {
  return createHash('sha256').update(subject, 'utf8').digest('base64url');
}

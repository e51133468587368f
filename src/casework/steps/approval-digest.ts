/**
 * What an approver saw, as a short digest that fits on a button.
 * The subject itself stays with the case. A click brings back the digest, which is compared with the case as it is then.
 */
import { createHash } from 'node:crypto';

/** SHA-256 of an approval subject, base64url. */
export function subjectDigest(subject: string): string {
  return createHash('sha256').update(subject, 'utf8').digest('base64url');
}

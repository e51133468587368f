/**
 * What a person can mean by a message: a closed list. An intent is a guess. It contains no decision, no verified
 * person and no secret.
 */
import type { CaseId } from '../procedure/case.ts';
import type { Policy } from '../procedure/policy.ts';
import type { PortalErrorCode } from '../procedure/portal-errors.ts';

/**
 * What was meant. `who` is the name, UPN, mail address or employee id as it was written, cleaned and at most
 * 200 characters; `null` when nobody was named. It is a search term for the directory, never a verified person.
 */
export type Intent =
  /** A request, in whatever words, to set, change or tell a password. Always checked first. */
  | { readonly kind: 'manual-reset'; readonly who: string | null }
  /** Somebody cannot sign in: the lockout procedure starts. */
  | { readonly kind: 'open-case'; readonly who: string | null }
  /** Send somebody the self-service link. */
  | { readonly kind: 'send-link'; readonly who: string | null }
  /** Somebody reads out what one of Microsoft's pages says. */
  | { readonly kind: 'explain-error'; readonly error: PortalErrorCode; readonly who: string | null }
  /** Switch the mode. `reason` in the lead's words, without punctuation, at most 200 characters; `null` when none was given. */
  | { readonly kind: 'set-mode'; readonly mode: Policy['mode']; readonly reason: string | null }
  | { readonly kind: 'show-mode' }
  | { readonly kind: 'help' }
  | { readonly kind: 'list-cases' }
  | { readonly kind: 'show-case'; readonly id: CaseId }
  /** `id` is `null` when the whole log is meant. */
  | { readonly kind: 'show-log'; readonly id: CaseId | null }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'unknown' };

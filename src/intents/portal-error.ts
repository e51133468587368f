/**
 * Which error of Microsoft's pages somebody reads out: an error number, or a text we know. A number counts before any
 * text, and a specific text before "contact your administrator".
 */
import { PORTAL_ERROR_CODES, type PortalErrorCode } from '../procedure/portal-errors.ts';
import type { Item } from './lexicon.ts';

/** Texts that appear with almost every error; they count only when there is no other. */
const UNSPECIFIC: readonly PortalErrorCode[] = ['cannot-reset-own-password', 'contact-your-administrator'];

/** The error that is read out; `null` when there is none. Of several, the first specific one. */
export function portalErrorIn(items: readonly Item[]): PortalErrorCode | null {
  const code = items.find((item) => item.means.has('portal-code'));
  if (code !== undefined) return numbered(code);
  const errors = items.flatMap((item) => PORTAL_ERROR_CODES.filter((error) => isAbout(item, error)));
  return (
    errors.find((error) => !UNSPECIFIC.includes(error)) ?? UNSPECIFIC.find((error) => errors.includes(error)) ?? null
  );
}

function isAbout(item: Item, error: PortalErrorCode): boolean {
  const means: ReadonlySet<string> = item.means;
  return means.has(error);
}

function numbered(item: Item): PortalErrorCode {
  const number = Number(item.words.at(-1)?.key.replace(/\D/gu, ''));
  const name = `SSPR_${String(number).padStart(4, '0')}`;
  return PORTAL_ERROR_CODES.find((error) => error === name) ?? 'SSPR_unknown';
}

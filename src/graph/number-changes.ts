/**
 * Which numbers on record, or which manager, an entry of the tenant's audit log changed. An entry that may have changed a
 * number counts as a change: a number is proof only if nobody changed it lately, and an attacker may have done so yesterday.
 */
import type { AuditEntry } from './audit-shapes.ts';

/** What an entry can have changed; `registered`: any phone that is registered for signing in. */
export type ChangedKind = 'office' | 'mobile' | 'registered' | 'manager';
const EVERY_KIND: readonly ChangedKind[] = ['office', 'mobile', 'registered', 'manager'];

/** Values in the log are JSON inside JSON strings, sometimes twice. Text that is not JSON is returned as it is. */
function unwrapped(value: string): unknown {
  let current: unknown = value;
  for (let depth = 0; depth < 3 && typeof current === 'string'; depth += 1) {
    try {
      current = JSON.parse(current);
    } catch {
      return current; // plain text
    }
  }
  return current;
}

const STRONG_PHONE_KEYS = new Set(['PhoneNumber', 'AlternativePhoneNumber', 'VoiceOnlyPhoneNumber']);

/** The phone numbers inside a `StrongAuthenticationUserDetails` value, as one text that can be compared; `null` = unreadable. */
function strongPhones(value: string): string | null {
  const inner = unwrapped(value);
  if (inner === null || inner === '') return '';
  const details: unknown = Array.isArray(inner) ? inner[0] : inner;
  if (details === undefined) return '';
  if (typeof details !== 'object' || details === null) return null;
  return JSON.stringify(Object.entries(details).filter(([key, number]) => STRONG_PHONE_KEYS.has(key) && number));
}

/** Which kinds of numbers a property name can mean. The names are not documented, so the match is generous. */
function kindsNamed(name: string): readonly ChangedKind[] {
  if (/^manager$/i.test(name.trim())) return ['manager'];
  if (/StrongAuthentication(PhoneApp|Method|Requirement)/i.test(name)) return [];
  if (/StrongAuthentication/i.test(name)) return ['registered'];
  if (/mobile/i.test(name)) return ['mobile'];
  return /phone/i.test(name) ? ['office'] : [];
}

function changedByUpdate(entry: AuditEntry): readonly ChangedKind[] {
  const properties = entry.targetResources.flatMap(({ modifiedProperties }) => modifiedProperties);
  if (properties.length === 0) return EVERY_KIND; // something was updated, and the entry does not say what
  return properties.flatMap(({ displayName, oldValue, newValue }) => {
    if (/Included Updated Properties/i.test(displayName)) {
      const names = String(unwrapped(newValue)).split(',');
      // The registered numbers come with their own old and new values, which are compared below.
      return names.flatMap((name) => kindsNamed(name).filter((kind) => kind !== 'registered'));
    }
    const kinds = kindsNamed(displayName);
    if (!kinds.includes('registered')) return kinds;
    const before = strongPhones(oldValue);
    return before !== null && before === strongPhones(newValue) ? [] : kinds;
  });
}

const REGISTERING = /^(user|admin) (registered|updated|changed default) security info/i;

/** What an entry changed, or may have changed. */
export function changedBy(entry: AuditEntry): readonly ChangedKind[] {
  const { activityDisplayName, resultReason, result } = entry;
  if (/^failure$/i.test(result)) return [];
  if (/^update user$/i.test(activityDisplayName)) return changedByUpdate(entry);
  if (/user manager$/i.test(activityDisplayName)) return ['manager'];
  if (!REGISTERING.test(activityDisplayName)) return [];
  if (resultReason === '') return ['registered'];
  const aboutPhone = /phone|sms|voice|call/i.test(resultReason.replaceAll(/phone ?app|authenticator/gi, ''));
  return aboutPhone ? ['registered'] : [];
}

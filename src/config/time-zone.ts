/**
 * Whether a name is a time zone.
 */

/** True for UTC and for the names of the IANA database, such as Europe/Berlin. */
export function isTimeZone(name: string): boolean {
  return name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name);
}

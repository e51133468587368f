/**
 * Who counts as one sender. The address is that of the connection. What a client writes into `x-forwarded-for` is never used,
 * because everybody can write it.
 */

/** The first 64 bits of an IPv6 address, because one customer has all addresses behind them. Every other address as it is. */
export function networkOf(address = ''): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const between = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...between, ...after].slice(0, 4).join(':');
}

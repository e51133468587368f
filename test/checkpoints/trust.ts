/** Certificates that this process trusts. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Trusts a certificate in this process, until the result is called. */
export function trust(certificate: string): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, certificate]);
  return () => setDefaultCACertificates(before);
}

import { isIPv4, isIPv6 } from 'node:net';

/** Host of an endpoint or URL as people write it: without scheme, user, port, brackets and path. */
function hostOf(endpoint: string): string {
  const rest = endpoint.trim().replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, '');
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const hostPort = authority.slice(authority.lastIndexOf('@') + 1);
  if (isIPv6(hostPort)) return hostPort;
  const bracketed = /^\[([^\]]*)\]/.exec(hostPort)?.[1];
  return (bracketed ?? hostPort.replace(/:\d*$/, '')).replace(/\.$/, '').toLowerCase();
}

/**
 * Whether an endpoint (`127.0.0.1`, `https://localhost:6443`, `[::1]:50000`) leads to the computer Minos runs on: a loopback
 * address, the address of nobody, or a name that means one of them (RFC 6761).
 */
export function isThisComputer(endpoint: string): boolean {
  const host = hostOf(endpoint);
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  if (isIPv4(host)) return host.startsWith('127.') || host === '0.0.0.0';
  if (!isIPv6(host) || host.includes('%')) return false;
  // The one spelling of each address: `0:0:0:0:0:0:0:1` is `::1`.
  const address = new URL(`http://[${host}]`).hostname.slice(1, -1);
  return address === '::1' || address === '::' || /^::ffff:7f[0-9a-f]{2}:/.test(address);
}

/** What to do when such an endpoint fails. */
export const thisComputerHint = (endpoint: string): string =>
  `${endpoint} is your own computer: check address and port, start the tunnel or the local cluster that listens there, or use a control plane.`;

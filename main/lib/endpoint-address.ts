import { isIPv6 } from 'node:net';

/**
 * What an endpoint string of a configuration means (docs/talos-behaviour.md, "endpoint strings"). Every upstream row is
 * a row of the test.
 */
export interface EndpointAddress {
  /** As the user wrote it. */
  readonly endpoint: string;
  /** Name or address without brackets. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  /** `host:port`, IPv6 in brackets: what is dialled. */
  readonly target: string;
  /** The name the server's certificate must carry: the host itself. */
  readonly name: string;
}

/** An endpoint string that cannot be dialled, with one sentence that says why. */
export interface EndpointProblem {
  readonly endpoint: string;
  readonly problem: string;
}

/** Used when the string has no port. */
const DEFAULT_PORT = 50_000;

/** Joins a host and a port; IPv6 gets brackets. */
export const joinHostPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/**
 * `scheme://host…` → `host…` (https without a port → 443); anything else, such as `localhost:890`, which other parsers
 * read as a scheme, stays as it is.
 */
function withoutScheme(text: string): string {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)/.exec(text);
  if (!match) return text;
  const [, scheme = '', authority = ''] = match;
  const hostPort = authority.slice(authority.lastIndexOf('@') + 1);
  const hasPort = /:[0-9]+$/.test(hostPort) && !isIPv6(hostPort);
  return scheme.toLowerCase() === 'https' && !hasPort ? `${hostPort}:443` : hostPort;
}

/** Splits off the port, if there is one. Bare IPv6 has none; brackets are optional around IPv6 and kept nowhere. */
function splitPort(text: string): { host: string; port: string | undefined } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) return { host: bracketed[1] ?? '', port: bracketed[2] };
  const colons = text.split(':').length - 1;
  if (colons !== 1) return { host: text, port: undefined };
  const [host = '', port = ''] = text.split(':');
  return { host, port };
}

/** Reads one endpoint string. Never throws: a string that means nothing comes back with its problem. */
export function parseEndpoint(endpoint: string): EndpointAddress | EndpointProblem {
  const bad = (problem: string): EndpointProblem => ({ endpoint, problem });
  if (endpoint.trim() === '') return bad('The endpoint is empty.');
  const { host, port: portText } = splitPort(withoutScheme(endpoint.trim()));
  if (host === '' || /[\s/?#@[\]]/.test(host)) return bad(`"${endpoint}" is not a host name or an address.`);
  if (host.includes(':') && !isIPv6(host)) return bad(`"${endpoint}" is not an IPv6 address.`);
  const port = portText === undefined ? DEFAULT_PORT : Number(portText);
  if (portText === '' || !Number.isInteger(port) || port < 1 || port > 65_535) {
    return bad(`"${portText ?? ''}" is not a port (1 to 65535) in "${endpoint}".`);
  }
  return { endpoint, host, port, target: joinHostPort(host, port), name: host };
}

/** Reads a list; the same target written twice counts once, under its first spelling. */
export function parseEndpoints(endpoints: readonly string[]): (EndpointAddress | EndpointProblem)[] {
  const seen = new Set<string>();
  return endpoints.map(parseEndpoint).filter((parsed) => {
    const key = 'target' in parsed ? parsed.target : parsed.endpoint;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

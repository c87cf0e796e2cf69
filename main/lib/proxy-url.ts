/** A proxy server as a URL describes it. Holds a password: never log or show it; show `host:port`. */
export interface ProxyServer {
  readonly scheme: 'http' | 'https' | 'socks5';
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}

/** A proxy setting that cannot be used, with one sentence that says why. Never repeats a password. */
export interface ProxyProblem {
  readonly problem: string;
}

const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 } as const;

const UNREADABLE: ProxyProblem = { problem: 'The proxy URL cannot be read. It looks like http://host:port.' };

/** Reads the URL of a proxy: `http`, `https` or `socks5`, with user and password if there are any. */
export function parseProxyUrl(text: string): ProxyServer | ProxyProblem {
  const url = text.includes('://') ? URL.parse(text) : null;
  // Nothing of it is repeated: without a scheme, its first word may be a user's name.
  if (url === null) return UNREADABLE;
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined) return UNREADABLE;
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'socks5') {
    return { problem: `The proxy scheme "${scheme}" is not supported: use http, https or socks5.` };
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === '') return { problem: 'The proxy URL names no host.' };
  return {
    scheme,
    host,
    port: url.port === '' ? DEFAULT_PORTS[scheme] : Number(url.port),
    ...(user !== '' && { user }),
    ...(password !== '' && { password }),
  };
}

/** Undefined for percent signs that are no escapes: `%zz`. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

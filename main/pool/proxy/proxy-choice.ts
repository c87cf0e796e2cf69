import { BlockList, isIP, isIPv6 } from 'node:net';
import { parseProxyUrl, type ProxyProblem, type ProxyServer } from '../../lib/proxy-url.ts';

/** Where the choice comes from (docs/talos-behaviour.md, HTTP proxy). */
export interface ProxySettings {
  /** `proxy-url` of the context: overrides the environment; `direct` means none. Empty means not set. */
  readonly proxyUrl?: string | undefined;
  /** `HTTPS_PROXY`, `NO_PROXY` and their lower-case twins are read at every dial. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** PEM of further authorities an `https` proxy may be signed by, besides the system's. */
  readonly authorities?: readonly string[];
}

/** The proxy for a target, a problem with the setting, or undefined for none. */
export function chooseProxy(
  settings: ProxySettings,
  target: { readonly host: string; readonly port: number },
): ProxyServer | ProxyProblem | undefined {
  if (settings.proxyUrl === 'direct') return undefined;
  if (settings.proxyUrl) return parseProxyUrl(settings.proxyUrl);
  const fromEnv = anyCase(settings.env, 'HTTPS_PROXY');
  if (!fromEnv || !usesProxy(target, anyCase(settings.env, 'NO_PROXY') ?? '')) return undefined;
  // As Go reads it: without a scheme it is an http proxy.
  return parseProxyUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(fromEnv) ? fromEnv : `http://${fromEnv}`);
}

const anyCase = (env: ProxySettings['env'], name: string): string | undefined => env[name] || env[name.toLowerCase()];

/** Go's rules for NO_PROXY: `*`, addresses, CIDR blocks, `.domain` (below it), `domain` (and below), each with `:port`. */
export function usesProxy(target: { readonly host: string; readonly port: number }, noProxy: string): boolean {
  const host = target.host.toLowerCase().replace(/\.$/, '');
  if (host === 'localhost' || isLoopback(host)) return false;
  const entries = noProxy.split(',').map((entry) => entry.trim().toLowerCase());
  return !entries.some((entry) => entry !== '' && matches(entry, host, target.port));
}

function matches(entry: string, host: string, port: number): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return inBlock(entry, host);
  const { name, port: onlyPort } = splitEntry(entry);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (isIP(name) !== 0 || isIP(host) !== 0) return sameAddress(name, host);
  const suffix = name.replace(/^\*/, '');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function splitEntry(entry: string): { name: string; port: number | undefined } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(entry);
  if (bracketed) return { name: bracketed[1] ?? '', port: toPort(bracketed[2]) };
  if (isIPv6(entry)) return { name: entry, port: undefined };
  const [name = '', port] = entry.split(':');
  return { name, port: toPort(port) };
}

const toPort = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');

function sameAddress(a: string, b: string): boolean {
  if (isIP(a) === 0 || isIP(b) === 0) return false;
  const one = new BlockList();
  one.addAddress(a, family(a));
  return one.check(b, family(b));
}

function inBlock(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/');
  if (isIP(network) === 0 || isIP(host) === 0 || !/^\d+$/.test(bits)) return false;
  if (Number(bits) > (isIPv6(network) ? 128 : 32)) return false;
  const block = new BlockList();
  block.addSubnet(network, Number(bits), family(network));
  return block.check(host, family(host));
}

function isLoopback(host: string): boolean {
  return inBlock('127.0.0.0/8', host) || sameAddress('::1', host);
}

import { assertNever } from '../../lib/assert-never.ts';
import { isPlainList, Literal, type PlainValue } from '../../yaml/plain-value.ts';
import type { ContextContent, TalosconfigEdit } from '../../talosconfig/talosconfig-edit.ts';
import { parseEndpoint } from '../../lib/endpoint-address.ts';
import { parseProxyUrl } from '../../lib/proxy-url.ts';

/**
 * A host that main would dial. `key` is equal for what is the same to dial; `shown` is safe to show. A proxy is another
 * one with another user, password or port: it sees where everything goes, and is told who asks.
 */
export interface NamedHost {
  readonly key: string;
  readonly shown: string;
}

/** What an endpoint or the address of an API server names. One that means nothing stands for itself. */
export function endpointHost(endpoint: string): NamedHost {
  const parsed = parseEndpoint(endpoint);
  const host = 'host' in parsed ? parsed.host.toLowerCase().replace(/\.$/, '') : endpoint.trim();
  return { key: `host ${host}`, shown: host };
}

/** Undefined where a proxy setting leads nowhere: '', `direct`, and what cannot be read. */
function proxyHost(proxyUrl: string): NamedHost | undefined {
  if (proxyUrl === '' || proxyUrl === 'direct') return undefined;
  const parsed = parseProxyUrl(proxyUrl);
  if ('problem' in parsed) return undefined;
  const { scheme, host, port } = parsed;
  return { key: `proxy ${proxyUrl}`, shown: `${scheme} proxy ${host}:${port}` };
}

/** The hosts of one context. */
export function contextHosts(endpoints: readonly string[], proxyUrl = ''): readonly NamedHost[] {
  return [...endpoints.map(endpointHost), ...[proxyHost(proxyUrl) ?? []].flat()];
}

/** Every host that edits write into a file. */
export const hostsIn = (edits: readonly TalosconfigEdit[]): readonly NamedHost[] => edits.flatMap(hostsOf);

function hostsOf(edit: TalosconfigEdit): readonly NamedHost[] {
  switch (edit.kind) {
    case 'add':
    case 'overwrite':
      return hostsOfContent(edit.content);
    case 'set-endpoints':
      return contextHosts(edit.endpoints);
    case 'set-proxy-url':
      return contextHosts([], edit.proxyUrl);
    case 'select':
    case 'rename':
    case 'remove':
    case 'set-nodes':
    case 'set-cluster':
    case 'set-credentials':
      return [];
    default:
      return assertNever(edit);
  }
}

function hostsOfContent(content: ContextContent): readonly NamedHost[] {
  const fields = content.reveal();
  const endpoints = fields.get('endpoints');
  const list = isPlainList(endpoints) ? endpoints : endpoints === undefined ? [] : [endpoints];
  // The older name of one endpoint, where it is not text.
  const all = [...list, ...[fields.get('target') ?? []].flat()];
  return contextHosts(all.flatMap(textOf), textOf(fields.get('proxy-url'))[0]);
}

function textOf(value: PlainValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return value instanceof Literal && value.text !== '' ? [value.text] : [];
}

/** The hosts that are not among the known ones, each once, in their order. */
export function newHosts(hosts: readonly NamedHost[], known: ReadonlySet<string>): readonly NamedHost[] {
  const seen = new Set(known);
  return hosts.filter(({ key }) => !seen.has(key) && seen.add(key));
}

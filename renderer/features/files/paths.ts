import type { NodeSummary } from '../../../preload/contract/index.ts';

/** What the address names: a node and a path of it, `/` when it names none. */
export interface FilePlace {
  readonly node: string;
  readonly path: string;
}

/** The part of the address for a place: `10.5.0.2/var/log`. */
export function partOf({ node, path }: FilePlace): string {
  return path === '/' ? node : `${node}${path}`;
}

/** The place an address names; undefined for none. */
export function placeOf(part: string | undefined): FilePlace | undefined {
  if (part === undefined || part === '') return undefined;
  const at = part.indexOf('/');
  return at < 0 ? { node: part, path: '/' } : { node: part.slice(0, at), path: part.slice(at) };
}

/** The node that is called so: by its target, its name or any address. */
export function nodeCalled(nodes: readonly NodeSummary[], name: string): NodeSummary | undefined {
  return (
    nodes.find(({ target }) => target === name) ??
    nodes.find(({ hostname, addresses }) => hostname === name || addresses.includes(name))
  );
}

/** An entry of a folder. */
export function joined(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** The folder above; that of `/` is itself. */
export function above(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}

/** Every folder on the way, from `/` on, with what its step is called. */
export function crumbsOf(path: string): readonly { readonly path: string; readonly name: string }[] {
  const names = path.split('/').filter((name) => name !== '');
  return [
    { path: '/', name: '/' },
    ...names.map((name, at) => ({ path: `/${names.slice(0, at + 1).join('/')}`, name })),
  ];
}

/** A typed path as it is asked: from `/` on. */
export function typedPath(text: string): string {
  const path = text.trim();
  return path.startsWith('/') ? path : `/${path}`;
}

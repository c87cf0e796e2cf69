import type { Thing } from '../view.svelte.ts';

/** A service of a node, for menus of a right click. */
export function serviceThing(node: string, service: string): Thing {
  return { kind: 'service', id: JSON.stringify([node, service]) };
}

/** A container of Kubernetes on a node: `namespace/pod:container`, also with the hash behind it. */
export function containerThing(node: string, container: string): Thing {
  return { kind: 'container', id: JSON.stringify([node, container]) };
}

/** An image on a node, in a namespace of talosctl: `cri`, `system`. */
export function imageThing(node: string, image: string, namespace: string): Thing {
  return { kind: 'image', id: JSON.stringify([node, image, namespace]) };
}

/** A disk or partition of a node, as its kernel calls it. */
export function deviceThing(node: string, device: string): Thing {
  return { kind: 'device', id: JSON.stringify([node, device]) };
}

/** Nodes that a failure is about. */
export function failureThing(nodes: readonly string[]): Thing {
  return { kind: 'failure', id: JSON.stringify(nodes) };
}

/** Several clusters that are chosen together, by the ids of their contexts. */
export function clustersThing(contexts: readonly string[]): Thing {
  return { kind: 'clusters', id: JSON.stringify(contexts) };
}

/** A member of etcd: the machine it runs on, empty where none is known, and its id. */
export function etcdMemberThing(node: string | undefined, member: string): Thing {
  return { kind: 'etcd-member', id: JSON.stringify([node ?? '', member]) };
}

/** The etcd of the cluster in use: a machine by which it is best asked, then those of all its members. */
export function etcdThing(through: string, nodes: readonly string[]): Thing {
  return { kind: 'etcd', id: JSON.stringify([through, ...nodes]) };
}

/** What the id of one of these holds: the node first, or all the nodes of a failure, or the clusters. */
export function thingParts(id: string): readonly string[] {
  const parts: unknown = JSON.parse(id);
  return Array.isArray(parts) ? parts.filter((part): part is string => typeof part === 'string') : [];
}

import { Failed, isCancelled } from '../../lib/failed.ts';
import type { HeldCertificate } from '../cluster-text/certificates.ts';
import type { TextReading } from '../cluster-text/cluster-texts.ts';
import type { Caller, UnaryOptions } from '../clusters/caller.ts';

/** How certificates are read. */
interface ReadOptions extends Pick<UnaryOptions, 'deadlineMs' | 'signal' | 'onEndpoint'> {
  /** Nobody asked for them now: resources with the keys of whole authorities are left alone then. */
  readonly isUnasked?: boolean;
}

/** Types of resources that hold certificates, and what they are for. All of them hold keys as well. */
const TYPES = [
  ['ApiCertificates.secrets.talos.dev', 'Talos API'],
  ['TrustdCertificates.secrets.talos.dev', 'trustd'],
  ['OSRootSecrets.secrets.talos.dev', 'Talos authority'],
  ['EtcdSecrets.secrets.talos.dev', 'etcd'],
  ['EtcdRootSecrets.secrets.talos.dev', 'etcd authority'],
  ['KubernetesDynamicCerts.secrets.talos.dev', 'Kubernetes'],
  ['KubernetesSecrets.secrets.talos.dev', 'Kubernetes'],
  ['KubernetesRootSecrets.secrets.talos.dev', 'Kubernetes authority'],
  ['KubeletSecrets.secrets.talos.dev', 'kubelet'],
] as const;

/** What holds the key of an authority, with which anybody can make certificates of the cluster. */
const isOfAuthority = ([type]: (typeof TYPES)[number]): boolean => type.includes('RootSecrets');

/** A certificate of a machine and what it is for, such as `etcd`. */
export interface KeptCertificate extends HeldCertificate {
  readonly purpose: string;
}

/** What {@link readMachineCertificates} found. */
export interface MachineCertificates {
  readonly certificates: readonly KeptCertificate[];
  /** When it was read, epoch milliseconds. */
  readonly atMs: number;
  /** Resources, or kinds of them, that are not among these. */
  readonly unread: number;
}

/** Resources of one type: Talos has one or a few. */
const MOST_RESOURCES = 64;

/**
 * Certificates a node keeps. Throws Failed `denied` for whoever is not os:admin, since the resources hold their keys as well; only the
 * certificates leave the reader of their text.
 */
export async function readMachineCertificates(
  connection: Caller,
  node: string,
  options: ReadOptions,
): Promise<MachineCertificates> {
  const reading = connection.texts.reading(options.signal);
  // Side by side: a slow node would be asked for as many times as there are types.
  const types = options.isUnasked === true ? TYPES.filter((type) => !isOfAuthority(type)) : TYPES;
  const answers = await Promise.all(types.map((type) => readType(connection, node, options, reading, type)));
  if (answers.every((answer) => answer === 'refused')) {
    throw new Failed({
      code: 'denied',
      message: `${node} tells of its certificates only to os:admin: the resources hold their keys as well.`,
      hint: 'Endpoints shows the certificate of each endpoint to everybody.',
      where: { node },
    });
  }
  const told = answers.filter((answer) => answer !== 'refused');
  const left = answers.length - told.length + told.filter(({ isCut }) => isCut).length;
  return { certificates: told.flatMap(({ held }) => held), atMs: Date.now(), unread: reading.unread + left };
}

async function readType(
  connection: Caller,
  node: string,
  { deadlineMs, signal, onEndpoint }: ReadOptions,
  reading: TextReading,
  [type, purpose]: (typeof TYPES)[number],
): Promise<{ readonly held: readonly KeptCertificate[]; readonly isCut: boolean } | 'refused'> {
  const held: KeptCertificate[] = [];
  let count = 0;
  try {
    const place = { namespace: 'secrets', type };
    const call = { node, deadlineMs, signal, ...(type === TYPES[0][0] && { onEndpoint }) };
    for await (const { resource } of connection.serverStream('/cosi.resource.State/List', place, call)) {
      if (count === MOST_RESOURCES) return { held, isCut: true };
      count += 1;
      const found = await reading.read('certificates', resource?.spec?.yaml_spec ?? '');
      held.push(...(found ?? []).map((one) => ({ ...one, purpose })));
    }
  } catch (error) {
    if (isCancelled(error)) throw error;
    const why = connection.explain(error, { node });
    if (why.code === 'denied') return 'refused';
    // An older Talos, or a worker, has not all of them.
    if (why.code !== 'not-found') throw error;
  }
  return { held, isCut: false };
}

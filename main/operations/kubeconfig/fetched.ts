import type {
  CertificateFacts,
  ContextSummary,
  FetchedKubeconfig,
  NodesState,
  NodeSummary,
} from '../../../preload/contract/index.ts';
import { refusedKubeconfig } from '../../kubeconfig/handed-out-fields.ts';
import { handedOutText, type HandedOutKubeconfig } from '../../kubeconfig/handed-out.ts';
import { summarizeKubeconfig, type KubeContext } from '../../kubeconfig/summary.ts';
import { handedOutIdentity, judgeClient } from '../../credentials/handed-out-client.ts';
import type { Identity } from '../../credentials/identity.ts';
import type { KubernetesServer } from '../../kubernetes/connection.ts';
import { Failed } from '../../lib/failed.ts';
import { maskAddresses } from '../../lib/proxy-address.ts';
import { Secret } from '../../lib/secret.ts';
import { talosctlLine, type TalosctlPlace } from '../commands/kit/talosctl-line.ts';
import { controlPlaneServers } from './control-planes.ts';
import type { Fetched } from './fetch.ts';
import { factsOf } from './certificates-by-data.ts';
import type { KubeconfigTexts } from './texts.ts';

/** A fetched kubeconfig that waits to be merged. Holds a key. */
export interface HeldKubeconfig {
  readonly talos: ContextSummary;
  readonly text: Secret;
  /** Its one context. */
  readonly kube: KubeContext;
  /** Other addresses of its API server. */
  readonly alternatives: readonly string[];
  readonly shown: FetchedKubeconfig;
}

/** Where what is judged beside main's thread, and by which clock. */
export interface Judging {
  readonly texts: Pick<KubeconfigTexts, 'readHandedOut'>;
  readonly nowMs: number;
}

/**
 * Judges what a node sent and keeps it, written anew from what was read. Throws Failed `invalid` for anything but a
 * kubeconfig of Talos whose certificate works now; the message names the field.
 */
export async function heldKubeconfig(
  talos: ContextSummary,
  place: TalosctlPlace,
  nodes: NodesState,
  { text, node }: Fetched,
  judging: Judging,
): Promise<HeldKubeconfig> {
  const where = { context: talos.id, ...(node && { node: node.target }) };
  const own = await judgedText(text, judging).catch((error: unknown): never => {
    if (!(error instanceof Failed)) throw error;
    throw new Failed({ ...error.failure, where: { ...error.failure.where, ...where } });
  });
  const [kube] = summarizeKubeconfig(own).contexts;
  const certificate = kube && factsOf(kube.certificateData);
  if (!kube || !certificate) throw new Error('what was judged has a context and a certificate');
  return {
    talos,
    text: new Secret(own),
    kube,
    alternatives: controlPlaneServers(nodes, kube.server),
    shown: shownKubeconfig(talos, place, node, kube, certificate),
  };
}

/**
 * Who the cluster lets us be for its Kubernetes, and where that is: for what is asked now, not to be kept. Throws what
 * {@link heldKubeconfig} throws.
 */
export async function handedOutAccess(
  text: Secret,
  { texts, nowMs }: Judging,
): Promise<{ readonly server: KubernetesServer; readonly identity: Identity }> {
  const { server, caData, certData, keyData } = await read(text, texts);
  const identity = handedOutIdentity({ ca: caData, crt: certData, key: keyData }, nowMs);
  if ('why' in identity) throw refusedKubeconfig(FIELD[identity.field], identity.why);
  const { hostname, port } = new URL(server);
  return { server: { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) || 443 }, identity };
}

const FIELD = {
  ca: 'clusters[0].cluster.certificate-authority-data',
  crt: 'users[0].user.client-certificate-data',
  key: 'users[0].user.client-key-data',
} as const;

async function judgedText(text: Secret, { texts, nowMs }: Judging): Promise<string> {
  const handedOut = await read(text, texts);
  const { caData, certData, keyData } = handedOut;
  const judged = judgeClient({ ca: caData, crt: certData, key: keyData }, nowMs);
  if ('why' in judged) throw refusedKubeconfig(FIELD[judged.field], judged.why);
  return handedOutText(handedOut);
}

async function read(text: Secret, texts: Judging['texts']): Promise<HandedOutKubeconfig> {
  try {
    return await texts.readHandedOut(text);
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.code !== 'file-invalid') throw error;
    throw new Failed({
      ...error.failure,
      code: 'invalid',
      message: `The node sent no kubeconfig: ${error.message}`,
      hint: 'Nothing was written. Look at what it sends with talosctl kubeconfig -.',
    });
  }
}

function shownKubeconfig(
  talos: ContextSummary,
  place: TalosctlPlace,
  node: NodeSummary | undefined,
  kube: KubeContext,
  certificate: CertificateFacts,
): FetchedKubeconfig {
  return {
    context: talos.id,
    ...(node && { node: node.hostname ?? node.target }),
    server: maskAddresses(kube.server),
    certificate,
    talosctl: talosctlLine(place, node ? [node.target] : [], ['kubeconfig']),
  };
}

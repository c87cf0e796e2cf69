import type {
  CertificateFacts,
  ContextSummary,
  FetchedKubeconfig,
  NodesState,
  NodeSummary,
} from '../../../preload/contract/index.ts';
import { summarizeKubeconfig, type KubeContext } from '../../config/kubeconfig/summary.ts';
import { Failed } from '../../lib/failed.ts';
import type { Secret } from '../../lib/secret.ts';
import { talosctlLine, type TalosctlPlace } from '../talosctl-line.ts';
import { controlPlaneServers } from './control-planes.ts';
import type { Fetched } from './fetch.ts';
import { factsOf } from './state.ts';

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

/** Checks what a node sent. Throws Failed `invalid` for something that is no kubeconfig of Talos. */
export function heldKubeconfig(
  talos: ContextSummary,
  place: TalosctlPlace,
  nodes: NodesState,
  { text, node }: Fetched,
): HeldKubeconfig {
  const { contexts, currentContext } = read(text);
  const kube = contexts.find(({ name }) => name === currentContext) ?? contexts[0];
  const certificate = kube && factsOf(kube.certificateData);
  if (!kube || !certificate || kube.server === '') {
    throw new Failed({
      code: 'invalid',
      message: `What ${node?.hostname ?? talos.name} sent has no context with a server and a client certificate.`,
      hint: 'Look at it with talosctl kubeconfig -.',
    });
  }
  return {
    talos,
    text,
    kube,
    alternatives: controlPlaneServers(nodes, kube.server),
    shown: shownKubeconfig(talos, place, node, kube, certificate),
  };
}

function read(text: Secret): ReturnType<typeof summarizeKubeconfig> {
  try {
    return summarizeKubeconfig(text.reveal());
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    throw new Failed({ ...error.failure, code: 'invalid', message: `The node sent no kubeconfig: ${error.message}` });
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
    server: kube.server,
    certificate,
    talosctl: talosctlLine(place, node ? [node.target] : [], ['kubeconfig']),
  };
}

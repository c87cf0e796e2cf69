import { stream, unary, type AnswerEntry } from '../endpoint/answer.ts';
import { invalidArgument, onlyControlPlane } from '../endpoint/errors.ts';
import { kubeconfigText } from '../cluster/kubeconfig-text.ts';
import { talosconfigText } from '../cluster/talosconfig-text.ts';
import { unfinishedTarGz } from '../faults/unfinished-tar.ts';

const PRIVATE_MODE = 0o600;

/** `reader@prod` for exactly one role, else the cluster's name. */
function contextName(roles: readonly string[], cluster: string): string {
  const [role, second] = roles;
  return role !== undefined && second === undefined ? `${role.replace(/^os:/, '')}@${cluster}` : cluster;
}

/** Handing out access to Kubernetes and to Talos. Both issue a new certificate on every call. */
export const accessAnswers: readonly AnswerEntry[] = [
  stream('/machine.MachineService/Kubeconfig', async function* (_request, { node, cluster, nowMs }) {
    if (node.role !== 'controlplane') throw onlyControlPlane('kubeconfig');
    const { caPem, leaf } = await cluster.certificates.kubernetesClient();
    const text = kubeconfigText({
      cluster: cluster.name,
      server: cluster.kubernetesUrl,
      caPem,
      certPem: leaf.certPem,
      keyPem: leaf.keyPem,
    });
    const handed = (await cluster.handsOut.kubeconfig?.(text)) ?? text;
    yield { bytes: unfinishedTarGz('kubeconfig', Buffer.from(handed), PRIVATE_MODE, nowMs()) };
  }),
  unary('/machine.MachineService/GenerateClientConfiguration', async (request, { node, cluster }) => {
    if (node.role !== 'controlplane') throw onlyControlPlane('generate client configuration');
    const ttlMs = Number(request.crt_ttl?.seconds ?? 0) * 1000 + (request.crt_ttl?.nanos ?? 0) / 1e6;
    if (ttlMs <= 0) throw invalidArgument('crt_ttl should be positive');
    const { clockSkewMs } = node;
    const notBeforeMs = Date.now() + clockSkewMs;
    const leaf = await cluster.certificates.client({ roles: request.roles, ttlMs: ttlMs + clockSkewMs, notBeforeMs });
    const { caPem } = cluster.certificates;
    const talosconfig = talosconfigText([
      {
        name: contextName(request.roles, cluster.name),
        endpoints: [],
        nodes: [],
        caPem,
        certPem: leaf.certPem,
        keyPem: leaf.talosKeyPem,
      },
    ]);
    const real = { ca: caPem, crt: leaf.certPem, key: leaf.talosKeyPem, talosconfig };
    const { ca, crt, key, talosconfig: text } = (await cluster.handsOut.client?.(real)) ?? real;
    return {
      messages: [{ ca: Buffer.from(ca), crt: Buffer.from(crt), key: Buffer.from(key), talosconfig: Buffer.from(text) }],
    };
  }),
];

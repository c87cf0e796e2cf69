import type { CommonJob } from './common-job.ts';

const ARGUMENT = {
  ARGUMENT: { about: 'The name of the flag without its dashes, such as rotate-server-certificates.' },
  VALUE: { about: 'What it is set to, such as true.' },
};
const LABEL = { LABEL: { about: 'The key, such as example.org/zone.' }, VALUE: { about: 'Its value.' } };
const SAN = { SAN: { about: 'A name or address, such as kubernetes.example.org.' } };

/** The kubelet, the API server and the node as Kubernetes sees it. */
export const KUBERNETES_JOBS: readonly CommonJob[] = [
  {
    id: 'kubelet-argument',
    name: 'Kubelet argument',
    about: 'A flag for the kubelet of the machine, which restarts for it. Some flags are set by Talos and refused.',
    forms: [
      {
        ...{ kind: 'KubeletConfig', since: 14, isAddedTo: true, oldSections: ['machine.kubelet'] },
        text: `apiVersion: v1alpha1
kind: KubeletConfig
extraArgs:
    \${ARGUMENT}: \${VALUE}
`,
        variables: ARGUMENT,
      },
      {
        text: `machine:
    kubelet:
        extraArgs:
            \${ARGUMENT}: \${VALUE}
`,
        variables: ARGUMENT,
      },
    ],
  },
  {
    id: 'node-label',
    name: 'Node label',
    about: 'A label of the node in Kubernetes, kept by Talos.',
    forms: [
      {
        ...{ kind: 'KubeNodeConfig', since: 14, oldSections: ['machine.nodeLabels', 'machine.kubelet'] },
        text: `apiVersion: v1alpha1
kind: KubeNodeConfig
labels:
    \${LABEL}: \${VALUE}
`,
        variables: LABEL,
      },
      {
        text: `machine:
    nodeLabels:
        \${LABEL}: \${VALUE}
`,
        variables: LABEL,
      },
    ],
  },
  {
    id: 'api-server-san',
    name: 'Name in the certificate of the API server',
    about: 'A further name or address by which the API server of Kubernetes is reached. For every control plane.',
    isForControlPlanes: true,
    forms: [
      {
        ...{ kind: 'KubeAPIServerConfig', since: 14, isAddedTo: true, oldSections: ['cluster.apiServer'] },
        text: `apiVersion: v1alpha1
kind: KubeAPIServerConfig
certExtraSANs:
    - \${SAN}
`,
        variables: SAN,
      },
      {
        text: `cluster:
    apiServer:
        certSANs:
            - \${SAN}
`,
        variables: SAN,
      },
    ],
  },
  {
    id: 'schedule-on-control-planes',
    name: 'Workloads on control planes',
    about: 'Lets ordinary pods run on control planes, as in a cluster without workers. For every control plane.',
    isForControlPlanes: true,
    forms: [
      {
        ...{ kind: 'KubeNodeConfig', since: 14, isAddedTo: true },
        text: `apiVersion: v1alpha1
kind: KubeNodeConfig
taints:
    node-role.kubernetes.io/control-plane:
        $patch: delete
`,
        variables: {},
      },
      {
        text: `cluster:
    allowSchedulingOnControlPlanes: true
`,
        variables: {},
      },
    ],
  },
];

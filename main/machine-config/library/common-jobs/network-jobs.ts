import type { CommonJob, JobVariable } from './common-job.ts';

const LINK: JobVariable = { about: 'The name of the link, such as eth0 or enp0s3.' };
const INTERFACES = 'machine.network.interfaces';
const LINKS = ['LinkConfig', 'BondConfig', 'BridgeConfig', 'VLANConfig', 'DHCPv4Config', 'Layer2VIPConfig'];

/** Addresses, names, time and mirrors. */
export const NETWORK_JOBS: readonly CommonJob[] = [
  {
    id: 'static-address',
    name: 'Static address',
    about:
      'Gives a link a fixed address and a way out. A link that the config names asks DHCP only where the config says so.',
    forms: [
      {
        ...{ kind: 'LinkConfig', since: 14, oldSections: [INTERFACES], beside: LINKS },
        text: `apiVersion: v1alpha1
kind: LinkConfig
name: \${LINK}
addresses:
    - address: \${ADDRESS}
routes:
    - gateway: \${GATEWAY}
`,
        variables: {
          LINK,
          ADDRESS: { about: 'The address with its prefix, such as 192.168.1.20/24.' },
          GATEWAY: { about: 'The gateway of the default route, such as 192.168.1.1.' },
        },
      },
      {
        text: `machine:
    network:
        interfaces:
            - interface: \${LINK}
              dhcp: false
              addresses:
                  - \${ADDRESS}
              routes:
                  - network: \${NETWORK}
                    gateway: \${GATEWAY}
`,
        variables: {
          LINK,
          ADDRESS: { about: 'The address with its prefix, such as 192.168.1.20/24.' },
          NETWORK: { about: 'What goes by the gateway: all of it, unless you know better.', initial: '0.0.0.0/0' },
          GATEWAY: { about: 'The gateway, such as 192.168.1.1.' },
        },
      },
    ],
  },
  {
    id: 'hostname',
    name: 'Hostname',
    about:
      'Gives the machine a fixed name, in the place of one that Talos makes up or DHCP tells. For one machine only.',
    forms: [
      {
        ...{ kind: 'HostnameConfig', since: 12, oldSections: ['machine.network.hostname'] },
        text: `apiVersion: v1alpha1
kind: HostnameConfig
auto: off
hostname: \${HOSTNAME}
`,
        variables: { HOSTNAME: { about: 'The name, with or without its domain.' } },
      },
      {
        text: `machine:
    network:
        hostname: \${HOSTNAME}
`,
        variables: { HOSTNAME: { about: 'The name, with or without its domain.' } },
      },
    ],
  },
  {
    id: 'vip',
    name: 'Virtual IP',
    about:
      'An address that the control planes share: one of them has it at any time. For every control plane, on a link in the network of that address; not for the endpoints of Talos itself.',
    isForControlPlanes: true,
    forms: [
      {
        ...{ kind: 'Layer2VIPConfig', since: 14, oldSections: [INTERFACES], beside: LINKS },
        text: `apiVersion: v1alpha1
kind: Layer2VIPConfig
name: \${ADDRESS}
link: \${LINK}
`,
        variables: { ADDRESS: { about: 'The shared address, such as 192.168.1.10.' }, LINK },
      },
      {
        text: `machine:
    network:
        interfaces:
            - interface: \${LINK}
              dhcp: \${DHCP}
              vip:
                  ip: \${ADDRESS}
`,
        // Without it a link that is named here for the first time would lose the address that it has by DHCP.
        variables: {
          LINK,
          DHCP: {
            about:
              'true where the link has its own address by DHCP, which it loses otherwise; false where that is fixed.',
          },
          ADDRESS: { about: 'The shared address, such as 192.168.1.10.' },
        },
      },
    ],
  },
  {
    id: 'ntp-servers',
    name: 'NTP servers',
    about: 'Where the machine gets its time from. Lists are appended: servers that are there already stay.',
    forms: [
      {
        ...{ kind: 'TimeSyncConfig', since: 14, oldSections: ['machine.time'] },
        text: `apiVersion: v1alpha1
kind: TimeSyncConfig
ntp:
    servers:
        - \${SERVER}
`,
        variables: { SERVER: { about: 'A name or address, such as time.example.org.' } },
      },
      {
        text: `machine:
    time:
        servers:
            - \${SERVER}
`,
        variables: { SERVER: { about: 'A name or address, such as time.example.org.' } },
      },
    ],
  },
  {
    id: 'registry-mirror',
    name: 'Registry mirror',
    about:
      'Images of a registry are pulled from a mirror first, and from the registry itself when the mirror has them not.',
    forms: [
      {
        ...{ kind: 'RegistryMirrorConfig', since: 12, oldSections: ['machine.registries.mirrors'] },
        text: `apiVersion: v1alpha1
kind: RegistryMirrorConfig
name: \${REGISTRY}
endpoints:
    - url: \${MIRROR}
`,
        variables: {
          REGISTRY: { about: 'The registry that images name, such as docker.io; * for all.', initial: 'docker.io' },
          MIRROR: { about: 'Where the mirror answers, such as https://mirror.example.org.' },
        },
      },
      {
        text: `machine:
    registries:
        mirrors:
            \${REGISTRY}:
                endpoints:
                    - \${MIRROR}
`,
        variables: {
          REGISTRY: { about: 'The registry that images name, such as docker.io; * for all.', initial: 'docker.io' },
          MIRROR: { about: 'Where the mirror answers, such as https://mirror.example.org.' },
        },
      },
    ],
  },
];

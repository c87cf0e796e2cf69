import { resources } from './resource-type.ts';

const GATEWAY = '10.5.0.1';
const MTU = 1500;

/** Addresses, links and names. */
export const networkTypes = [
  resources({
    type: 'HostnameStatuses.net.talos.dev',
    owner: 'network.HostnameSpecController',
    drafts: (node) => [{ id: 'hostname', spec: { hostname: node.name, domainname: '' } }],
  }),
  resources({
    type: 'NodeAddresses.net.talos.dev',
    owner: 'network.NodeAddressController',
    drafts: (node) =>
      ['accumulative', 'current', 'default', 'routed'].map((id) => ({
        id,
        spec: { addresses: [`${node.address}/24`], sortAlgorithm: 'v1' },
      })),
  }),
  resources({
    type: 'AddressStatuses.net.talos.dev',
    owner: 'network.AddressStatusController',
    drafts: (node) => [
      {
        id: `eth0/${node.address}/24`,
        spec: {
          address: `${node.address}/24`,
          local: node.address,
          broadcast: '10.5.0.255',
          linkIndex: 8,
          linkName: 'eth0',
          family: 'inet4',
          scope: 'global',
          flags: 'permanent',
        },
      },
      {
        id: 'lo/127.0.0.1/8',
        spec: {
          address: '127.0.0.1/8',
          local: '127.0.0.1',
          linkIndex: 1,
          linkName: 'lo',
          family: 'inet4',
          scope: 'host',
          flags: 'permanent',
        },
      },
    ],
  }),
  resources({
    type: 'LinkStatuses.net.talos.dev',
    owner: 'network.LinkStatusController',
    drafts: (node) => [
      {
        id: 'eth0',
        spec: {
          index: 8,
          type: 'ether',
          linkIndex: 0,
          flags: 'UP,BROADCAST,RUNNING,MULTICAST,LOWER_UP',
          hardwareAddr: node.profile.hardwareAddress,
          mtu: MTU,
          kind: '',
          operationalState: 'up',
          linkState: true,
          speedMbit: 10_000,
          port: 'Fibre',
          duplex: 'Full',
          driver: 'ixgbe',
        },
      },
      {
        id: 'lo',
        spec: {
          index: 1,
          type: 'loopback',
          linkIndex: 0,
          flags: 'UP,LOOPBACK,RUNNING,LOWER_UP',
          hardwareAddr: '00:00:00:00:00:00',
          mtu: 65_536,
          kind: '',
          operationalState: 'unknown',
          linkState: true,
        },
      },
    ],
  }),
  resources({
    type: 'RouteStatuses.net.talos.dev',
    owner: 'network.RouteStatusController',
    drafts: () => [
      {
        id: `inet4/${GATEWAY}//1024`,
        spec: {
          family: 'inet4',
          dst: '',
          src: '',
          gateway: GATEWAY,
          outLinkName: 'eth0',
          table: 'main',
          priority: 1024,
        },
      },
      {
        id: 'inet4//10.5.0.0/24/0',
        spec: { family: 'inet4', dst: '10.5.0.0/24', gateway: '', outLinkName: 'eth0', table: 'main', priority: 0 },
      },
    ],
  }),
  resources({
    type: 'ResolverStatuses.net.talos.dev',
    owner: 'network.ResolverSpecController',
    drafts: () => [{ id: 'resolvers', spec: { dnsServers: [GATEWAY], searchDomains: [] } }],
  }),
  resources({
    type: 'TimeServerStatuses.net.talos.dev',
    owner: 'network.TimeServerSpecController',
    drafts: () => [{ id: 'timeservers', spec: { timeServers: ['time.cloudflare.com'], useNTS: false } }],
  }),
  resources({
    type: 'NetworkStatuses.net.talos.dev',
    owner: 'network.StatusController',
    drafts: () => [
      {
        id: 'status',
        spec: { addressReady: true, connectivityReady: true, hostnameReady: true, etcFilesReady: true },
      },
    ],
  }),
];

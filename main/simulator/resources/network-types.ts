import { resourceType } from './resource-type.ts';

const GATEWAY = '10.5.0.1';
const MTU = 1500;

/** Addresses, links and names. */
export const networkTypes = [
  resourceType({
    type: 'HostnameStatuses.net.talos.dev',
    namespace: 'network',
    owner: 'network.HostnameSpecController',
    aliases: ['hostname'],
    columns: [
      ['Hostname', '{.hostname}'],
      ['Domainname', '{.domainname}'],
    ],
    drafts: (node) => [{ id: 'hostname', spec: { hostname: node.name, domainname: '' } }],
  }),
  resourceType({
    type: 'NodeAddresses.net.talos.dev',
    namespace: 'network',
    owner: 'network.NodeAddressController',
    columns: [
      ['Addresses', '{.addresses}'],
      ['SortAlgorithm', '{.sortAlgorithm}'],
    ],
    drafts: (node) =>
      ['accumulative', 'current', 'default', 'routed'].map((id) => ({
        id,
        spec: { addresses: [`${node.address}/24`], sortAlgorithm: 'v1' },
      })),
  }),
  resourceType({
    type: 'AddressStatuses.net.talos.dev',
    namespace: 'network',
    owner: 'network.AddressStatusController',
    aliases: ['address', 'addresses'],
    columns: [
      ['Address', '{.address}'],
      ['Link', '{.linkName}'],
    ],
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
  resourceType({
    type: 'LinkStatuses.net.talos.dev',
    namespace: 'network',
    owner: 'network.LinkStatusController',
    aliases: ['link', 'links'],
    columns: [
      ['Alias', '{.alias}'],
      ['Type', '{.type}'],
      ['Kind', '{.kind}'],
      ['Hw Addr', '{.hardwareAddr}'],
      ['Oper State', '{.operationalState}'],
      ['Link State', '{.linkState}'],
    ],
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
  resourceType({
    type: 'RouteStatuses.net.talos.dev',
    namespace: 'network',
    owner: 'network.RouteStatusController',
    aliases: ['route', 'routes'],
    columns: [
      ['Destination', '{.dst}'],
      ['Gateway', '{.gateway}'],
      ['Link', '{.outLinkName}'],
      ['Metric', '{.priority}'],
    ],
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
  resourceType({
    type: 'ResolverStatuses.net.talos.dev',
    namespace: 'network',
    owner: 'network.ResolverSpecController',
    aliases: ['resolvers'],
    columns: [
      ['Resolvers', '{.dnsServers}'],
      ['Search Domains', '{.searchDomains}'],
    ],
    drafts: () => [{ id: 'resolvers', spec: { dnsServers: [GATEWAY], searchDomains: [] } }],
  }),
  resourceType({
    type: 'TimeServerStatuses.net.talos.dev',
    namespace: 'network',
    owner: 'network.TimeServerSpecController',
    aliases: ['timeserver', 'timeservers'],
    columns: [
      ['Timeservers', '{.timeServers}'],
      ['UseNTS', '{.useNTS}'],
    ],
    drafts: () => [{ id: 'timeservers', spec: { timeServers: ['time.cloudflare.com'], useNTS: false } }],
  }),
  resourceType({
    type: 'NetworkStatuses.net.talos.dev',
    namespace: 'network',
    owner: 'network.StatusController',
    aliases: ['netstatus', 'netstatuses'],
    columns: [
      ['Address', '{.addressReady}'],
      ['Connectivity', '{.connectivityReady}'],
      ['Hostname', '{.hostnameReady}'],
      ['Etc', '{.etcFilesReady}'],
    ],
    drafts: () => [
      {
        id: 'status',
        spec: { addressReady: true, connectivityReady: true, hostnameReady: true, etcFilesReady: true },
      },
    ],
  }),
];

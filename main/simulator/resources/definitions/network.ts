/**
 * The resource types of addresses, links, routes, KubeSpan and SideroLink. A type a line: full name | default namespace |
 * declared aliases | `sensitive` (needs os:admin) or another flag | print columns. `-` is nothing.
 */
export const NETWORK_TYPES = `
KubeSpanConfigs.kubespan.talos.dev | config | - | sensitive | -
KubeSpanEndpoints.kubespan.talos.dev | kubespan | - | - | Endpoint = {.endpoint}; Affiliate ID = {.affiliateID}
KubeSpanIdentities.kubespan.talos.dev | kubespan | - | sensitive | Address = {.address}; PublicKey = {.publicKey}
KubeSpanPeerSpecs.kubespan.talos.dev | kubespan | - | - | Label = {.label}; Endpoints = {.endpoints}
KubeSpanPeerStatuses.kubespan.talos.dev | kubespan | - | - | Label = {.label}; Endpoint = {.endpoint}; State = {.state}; Rx = {.receiveBytes}; Tx = {.transmitBytes}
AddressSpecs.net.talos.dev | network | - | - | -
AddressStatuses.net.talos.dev | network | address, addresses | - | Address = {.address}; Link = {.linkName}
BGPInstanceConfigs.net.talos.dev | network | - | - | Local ASN = {.localASN}; Router ID = {.routerID}; VRF = {.vrf}; Neighbors = {.neighbors}
BGPPeerStatuses.net.talos.dev | network | - | - | Instance = {.instance}; Peer = {.peer}; Peer AS = {.peerASN}; State = {.state}; Since = {.since}; Received = {.received}
DNSResolveCaches.net.talos.dev | network | - | - | Status = {.status}
DNSUpstreams.net.talos.dev | network | - | - | Healthy = {.healthy}; Address = {.addr}
DeviceConfigSpecs.net.talos.dev | network | - | sensitive | -
EthernetSpecs.net.talos.dev | network | - | - | -
EthernetStatuses.net.talos.dev | network | ethtool | - | Link = {.linkState}; Speed = {.speedMbit}
HardwareAddresses.net.talos.dev | network | - | - | -
HostDNSConfigs.net.talos.dev | network | - | - | Enabled = {.enabled}
HostnameSpecs.net.talos.dev | network | - | - | -
HostnameStatuses.net.talos.dev | network | hostname | - | Hostname = {.hostname}; Domainname = {.domainname}
LinkAliasSpecs.net.talos.dev | network | - | - | Alias = {.alias}
LinkRefreshes.net.talos.dev | network | - | - | -
LinkSpecs.net.talos.dev | network | - | sensitive | -
LinkStatuses.net.talos.dev | network | link, links | - | Alias = {.alias}; Type = {.type}; Kind = {.kind}; Hw Addr = {.hardwareAddr}; Oper State = {.operationalState}; Link State = {.linkState}
NetworkStatuses.net.talos.dev | network | netstatus, netstatuses | - | Address = {.addressReady}; Connectivity = {.connectivityReady}; Hostname = {.hostnameReady}; Etc = {.etcFilesReady}
NfTablesChains.net.talos.dev | network | chain, chains | - | Type = {.type}; Hook = {.hook}; Priority = {.priority}; Policy = {.policy}
NodeAddressFilters.net.talos.dev | network | - | - | Include Subnets = {.includeSubnets}; Exclude Subnets = {.excludeSubnets}
NodeAddressSortAlgorithms.net.talos.dev | network | - | - | Algorithm = {.algorithm}
NodeAddresses.net.talos.dev | network | - | - | Addresses = {.addresses}; SortAlgorithm = {.sortAlgorithm}
OperatorSpecs.net.talos.dev | network | - | sensitive | -
PlatformConfigs.net.talos.dev | network | - | - | -
ProbeSpecs.net.talos.dev | network | - | - | -
ProbeStatuses.net.talos.dev | network | probe, probes | - | Success = {.success}
ResolverSpecs.net.talos.dev | network | - | - | Layer = {.layer}; Resolvers = {.dnsServers}; Search Domains = {.searchDomains}
ResolverStatuses.net.talos.dev | network | resolvers | - | Resolvers = {.dnsServers}; Search Domains = {.searchDomains}
RouteSpecs.net.talos.dev | network | - | - | -
RouteStatuses.net.talos.dev | network | route, routes | - | Destination = {.dst}; Gateway = {.gateway}; Link = {.outLinkName}; Metric = {.priority}
RoutingRuleSpecs.net.talos.dev | network | - | - | -
RoutingRuleStatuses.net.talos.dev | network | routingrule, routingrules | - | Src = {.src}; Dst = {.dst}; Table = {.table}; Priority = {.priority}
StaticHosts.net.talos.dev | network | - | - | Addresses = {.addresses}
TimeServerSpecs.net.talos.dev | network | - | - | Timeservers = {.timeServers}; UseNTS = {.useNTS}
TimeServerStatuses.net.talos.dev | network | timeserver, timeservers | - | Timeservers = {.timeServers}; UseNTS = {.useNTS}
SiderolinkConfigs.siderolink.talos.dev | config | - | sensitive | API Endpoint = {.apiEndpoint}; Tunnel = {.tunnel}
SiderolinkStatuses.siderolink.talos.dev | config | - | - | Host = {.host}; Connected = {.connected}
SiderolinkTunnels.siderolink.talos.dev | config | - | sensitive | API Endpoint = {.apiEndpoint}; Link name = {.linkName}; MTU = {.mtu}; Node address = {.nodeAddress}
`;

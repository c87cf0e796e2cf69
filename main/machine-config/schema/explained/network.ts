import type { FieldWords } from './field-words.ts';

/** Documents about names, time, addresses that are shared, and what may come in. */
export const NETWORK: FieldWords = {
  'network.HostnameConfigV1Alpha1': {
    auto: 'stable: Talos makes up a name that stays. off: it makes up none. A fixed hostname goes only with off, or with nothing here.',
    hostname: 'A fixed name, with or without its domain. It goes before one from DHCP.',
  },
  'network.ResolverConfigV1Alpha1': {
    nameservers: 'Resolvers in the place of those from DHCP.',
    searchDomains: 'Domains that are tried behind short names.',
    hostDNS: 'A resolver on the machine that caches answers, and can serve pods as well.',
  },
  'network.NameserverConfig': {
    address: 'Its IP address.',
    protocol: 'Plain DNS (Do53), or encrypted: DoT, DoH. Those need a tlsServerName, and host DNS.',
    tlsServerName: 'The name in the certificate of the resolver.',
  },
  'network.SearchDomainsConfig': {
    domains: 'The domains, in their order.',
    disableDefault: 'The domain of the machine is not searched by itself.',
  },
  'network.HostDNSConfig': {
    enabled: 'Runs the resolver on the machine.',
    forwardKubeDNSToHost: 'CoreDNS asks the resolver of the machine. It needs enabled.',
    resolveMemberNames: 'Names of the members of the cluster are answered from discovery.',
  },
  'network.TimeSyncConfigV1Alpha1': {
    enabled: 'Whether Talos sets the clock.',
    bootTimeout: 'How long the start waits for the time. 0 waits for ever.',
    ntp: 'Servers that tell the time. Not beside ptp.',
    ptp: 'A clock of the hypervisor or of a card. Not beside ntp.',
  },
  'network.NTPConfig': {
    servers: 'Names or addresses of NTP servers.',
    useNTS: 'Servers have to prove who they are; then they are named by their hostnames.',
  },
  'network.KubeSpanConfigV1Alpha1': {
    enabled: 'Builds encrypted tunnels between all machines of the cluster. It needs discovery.',
    advertiseKubernetesNetworks:
      'The tunnels lead to the subnets of pods as well. Not needed where the network of pods goes from machine to machine, as flannel does.',
    allowDownPeerBypass: 'Traffic to a machine whose tunnel is down goes unencrypted in the place of nowhere.',
    harvestExtraEndpoints: 'Machines tell each other by which addresses they were reached.',
    mtu: 'The MTU of the tunnels, at least 1280.',
  },
  'network.StaticHostConfigV1Alpha1': {
    name: 'The address of the line in /etc/hosts.',
    hostnames: 'Names that lead to it.',
  },
  'network.Layer2VIPConfigV1Alpha1': {
    name: 'The address that control planes share: one of them has it at any time.',
    link: 'The link that gets it, in the network of that address.',
  },
  'network.DefaultActionConfigV1Alpha1': {
    ingress:
      'accept or block: what happens to packets that come in and that no rule names. With block, the API of Talos needs a rule too.',
  },
  'network.RuleConfigV1Alpha1': {
    portSelector: 'For which ports and which protocol the rule is.',
    ingress: 'From where packets may come. A patch replaces the list.',
  },
  'network.RulePortSelector': {
    ports: 'Single ports, or ranges such as 8000-8080. A patch replaces the list.',
    protocol: 'tcp, udp, icmp or icmpv6.',
  },
  'network.IngressRule': {
    subnet: 'The subnet that may send.',
    except: 'A part of it that may not.',
  },
  'cluster.DiscoveryIdentityConfigV1Alpha1': {
    clusterID: 'By it machines find each other in discovery. Random, and no secret.',
    clusterSecret: 'Encrypts what machines tell each other by discovery: base64 of 32 bytes, the same on all machines.',
  },
  'cluster.DiscoveryServiceConfigV1Alpha1': {
    endpoint: 'The discovery service by which machines find each other. It sees only what is encrypted.',
  },
};

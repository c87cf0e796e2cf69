import type { FieldWords } from './field-words.ts';

/** The network section of the v1alpha1 document. */
export const OLD_NETWORK: FieldWords = {
  'v1alpha1.NetworkConfig': {
    hostname: 'A fixed name for the machine. It goes before one from DHCP.',
    interfaces: 'Links and what they have. One that stands here gets its address by DHCP only where that is said.',
    nameservers: 'Resolvers in the place of those from DHCP.',
    searchDomains: 'Domains that are tried behind short names.',
    extraHostEntries: 'Further lines of /etc/hosts.',
    kubespan: 'An encrypted network of all machines of the cluster, made by WireGuard.',
    disableSearchDomain: 'The domain of the machine is not searched by itself.',
  },
  'v1alpha1.Device': {
    interface: 'The name of the link, such as eth0 or enp0s3. Patches find it by this name.',
    deviceSelector: 'Finds the link by what it is, in the place of a name that may change.',
    addresses: 'Fixed addresses, with their prefix.',
    cidr: 'One address; addresses takes several and is preferred.',
    routes: 'Routes over this link.',
    bond: 'Makes several links one.',
    bridge: 'Joins links as a switch does.',
    vlans: 'VLANs on top of this link. Patches find one by its vlanId.',
    mtu: 'The largest packet of the link. All machines of a network have to agree.',
    dhcp: 'Asks DHCP for an address.',
    ignore: 'Talos leaves the link alone.',
    dummy: 'A link without a device, to hold addresses.',
    dhcpOptions: 'How DHCP is asked, and how its routes are weighed.',
    wireguard: 'Makes the link a WireGuard tunnel.',
    vip: 'An address that control planes share: one of them has it at any time.',
  },
  'v1alpha1.NetworkDeviceSelector': {
    busPath: 'Where the card is plugged in; * stands for anything.',
    hardwareAddr: 'The address that the link has now; * stands for anything.',
    permanentAddr: 'The address that the card was made with, also when it is part of a bond.',
    driver: 'The driver of the kernel; * stands for anything.',
    physical: 'Only links with a device of their own.',
  },
  'v1alpha1.Route': {
    network: 'Where it leads; left out, or 0.0.0.0/0, for everything.',
    gateway: 'Over which neighbour.',
    source: 'The address from which packets are sent.',
    metric: 'The smaller goes first; 1024 where nothing is said.',
  },
  'v1alpha1.Vlan': {
    vlanId: 'The number of the VLAN.',
    addresses: 'Fixed addresses in it, with their prefix.',
    dhcp: 'Asks DHCP in the VLAN.',
  },
  'v1alpha1.DHCPOptions': {
    routeMetric: 'How routes from DHCP are weighed: the smaller goes first.',
    ipv4: 'Asks for an IPv4 address; it does unless this is false.',
    ipv6: 'Asks for an IPv6 address too.',
  },
  'v1alpha1.Bond': {
    interfaces: 'Names of the links that it is made of.',
    mode: 'How they work together, such as 802.3ad or active-backup. The switch has to fit.',
    lacpRate: 'How often partners of 802.3ad speak: slow or fast.',
    miimon: 'Every how many milliseconds links are looked at; without it a dead link goes unseen.',
  },
  'v1alpha1.DeviceVIPConfig': {
    ip: 'The shared address. It is moved with the help of etcd, so it does not work while etcd has no quorum.',
  },
  'v1alpha1.NetworkKubeSpan': {
    enabled: 'Builds the tunnels. It needs cluster discovery.',
    advertiseKubernetesNetworks:
      'The tunnels lead to the subnets of pods as well. Not needed where the network of pods goes from machine to machine, as flannel does.',
    allowDownPeerBypass: 'Traffic to a machine whose tunnel is down goes unencrypted in the place of nowhere.',
    mtu: 'The MTU of the tunnels, at least 1280.',
  },
  'v1alpha1.ExtraHost': {
    ip: 'The address.',
    aliases: 'Names that lead to it.',
  },
};

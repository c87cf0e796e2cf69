import type { FieldWords } from './field-words.ts';

/** What links of every kind have. */
const LINK = {
  name: 'The name of the link, such as eth0, or an alias of a LinkAliasConfig.',
  up: 'Whether the link is switched on. It is, once it is configured.',
  mtu: 'The largest packet of the link. All machines of a network have to agree.',
  addresses: 'Fixed addresses. Patches append to this list.',
  routes: 'Routes over this link. Patches append to this list.',
};

/** Documents about links. */
export const LINKS: FieldWords = {
  'network.LinkConfigV1Alpha1': LINK,
  'network.DummyLinkConfigV1Alpha1': { ...LINK, name: 'The name of a link without a device, which holds addresses.' },
  'network.BondConfigV1Alpha1': {
    ...LINK,
    name: 'The name of the bond, such as bond0.',
    links: 'Names of the links that it is made of. They have no addresses of their own.',
    bondMode: 'How they work together, such as 802.3ad or active-backup. The switch has to fit.',
    miimon: 'Every how many milliseconds links are looked at; without it a dead link goes unseen.',
    lacpRate: 'How often partners of 802.3ad speak: slow or fast.',
    xmitHashPolicy: 'By what of a packet its link is chosen.',
  },
  'network.BridgeConfigV1Alpha1': {
    ...LINK,
    name: 'The name of the bridge, such as br0.',
    links: 'Names of the links that it joins. They have no addresses of their own.',
    stp: 'Finds loops between bridges.',
  },
  'network.VLANConfigV1Alpha1': {
    ...LINK,
    name: 'The name of the link for the VLAN, such as eth0.100.',
    vlanID: 'The number of the VLAN, 1 to 4094.',
    parent: 'The link that it is on top of.',
  },
  'network.WireguardConfigV1Alpha1': {
    ...LINK,
    name: 'The name of the tunnel, such as wg0.',
    privateKey: 'The private key of this machine, in base64.',
    listenPort: 'The UDP port on which others reach it. Left out where it only calls.',
    peers: 'The other ends of the tunnel.',
  },
  'network.WireguardPeer': {
    publicKey: 'The public key of the other end, in base64.',
    presharedKey: 'A further secret that both ends share.',
    endpoint: 'Where it is reached. Left out for one that calls.',
    persistentKeepaliveInterval: 'How often something is sent so that routers between keep the way open.',
    allowedIPs: 'Addresses that are behind it: what is sent there goes through the tunnel.',
  },
  'network.AddressConfig': {
    address: 'The address with its prefix, such as 192.168.1.20/24.',
    routePriority: 'How the route of its own network is weighed: the smaller goes first.',
  },
  'network.RouteConfig': {
    destination: 'Where it leads; left out for everything, which makes it the default route.',
    gateway: 'Over which neighbour.',
    source: 'The address from which packets are sent.',
    metric: 'The smaller goes first.',
    table: 'The routing table, main where nothing is said.',
  },
  'network.DHCPv4ConfigV1Alpha1': {
    name: 'The link on which DHCP is asked for an IPv4 address.',
    routeMetric: 'How its routes are weighed: the smaller goes first.',
    ignoreHostname: 'A name that DHCP tells is not taken.',
    ignoreRoutes: 'Routes that DHCP tells are not taken.',
  },
  'network.DHCPv6ConfigV1Alpha1': {
    name: 'The link on which DHCP is asked for an IPv6 address.',
    ignoreHostname: 'A name that DHCP tells is not taken.',
  },
  'network.LinkAliasConfigV1Alpha1': {
    name: 'A name of yours for a link, which other documents can use.',
    selector: 'Finds the link by what it is.',
  },
  'network.LinkSelector': {
    match: 'An expression that is true for the link, over its driver, addresses and bus.',
  },
};

type Sentences = Readonly<Record<number, string>>

export const attributeMeanings: Sentences = {
  1: 'How the route came into BGP at its source.',
  2: 'The networks that the route came through: whoever finds itself in the list drops the route, so nothing goes in circles.',
  3: 'The router to which packets are sent next.',
  4: 'Which of several links into the sender’s network it would like to be used; the lowest wins.',
  5: 'How much this network likes the route; the highest wins. It never leaves the network.',
  6: 'Says that networks were left out of the path when routes were put together.',
  7: 'Who put several routes together into this one.',
  8: 'Labels by which networks sort routes.',
  9: 'The router within this network from which the route came: it does not take it back.',
  10: 'The route reflectors that the route passed, so that it does not go in circles among them.',
  14: 'Routes of other kinds than plain IPv4, with their next hop.',
  15: 'Routes of other kinds than plain IPv4 that are gone.',
  16: 'Labels with a type, such as the VPNs that a route belongs to.',
  17: 'The path with long AS numbers, carried through routers that know short ones only.',
  18: 'Who put routes together, with a long AS number, carried through routers that know short ones only.',
  22: 'Which multicast tunnel carries the traffic.',
  23: 'By which tunnels the next hop can be reached, with what they need to be told.',
  26: 'The cost of the way summed over several networks of one operator.',
  32: 'Labels with room for long AS numbers.',
  35: 'The network from which the route may go to customers only, so that leaks are noticed.',
  40: 'The label or address by which segment routing reaches the prefix.',
  128: 'The attributes that a customer’s route had, kept while it crosses the provider.',
}

export const familyMeanings: Sentences = {
  1: 'Networks of IPv4 addresses, or of customers that have such addresses in a VPN.',
  2: 'Networks of IPv6 addresses, or of customers that have such addresses in a VPN.',
  25: 'No IP at all, but links and MAC addresses: for VPNs that join Ethernets.',
  16388: 'The map of a network, links and routers, told to a controller.',
}

export const subsequentMeanings: Sentences = {
  1: 'Plain routes, to which packets for one receiver follow.',
  2: 'Routes by which it is checked that multicast comes from the right side.',
  4: 'Plain routes with an MPLS label: packets to them travel through a tunnel.',
  5: 'Which customers’ multicast groups a provider has to carry where.',
  65: 'Ethernets that a provider joins over MPLS, as one switch.',
  70: 'MAC addresses and where they are, so that switches need not flood to learn them: the control of VXLAN in data centres.',
  128: 'Routes of a customer’s VPN with an MPLS label, kept apart from other customers’ by a route distinguisher.',
  132: 'Which VPNs the sender serves: routes of all others need not be told to it.',
  133: 'No destinations, but filters for traffic, most often against an attack.',
}

export const originMeanings: Sentences = {
  0: 'The network that has the prefix announced it on purpose. Wins over the other two.',
  1: 'It came from EGP, BGP’s forerunner; today only someone who wants the route to look worse sets it.',
  2: 'It came from elsewhere, such as a static route that was redistributed.',
}

export const segmentMeanings: Sentences = {
  1: 'Networks whose order was lost when routes were put together; the set counts as one step. Deprecated (RFC 9774).',
  2: 'Networks in order, the nearest first; each counts as a step.',
  3: 'Parts of one network, in order; to the outside they do not count.',
  4: 'Parts of one network whose order was lost. Deprecated (RFC 9774).',
}

export const roleMeanings: Sentences = {
  0: 'The sender sells the receiver a way to the whole Internet.',
  1: 'The sender passes routes on at an exchange point and carries no traffic itself.',
  2: 'The sender lets a route server pass its routes on.',
  3: 'The sender buys from the receiver: routes of its other providers must not come this way.',
  4: 'The two exchange only their own and their customers’ routes.',
}

export const errorMeanings: Sentences = {
  1: 'The header itself is wrong: the two no longer agree where messages begin.',
  2: 'The two cannot work together as they are configured; a person has to look at it.',
  3: 'A route was told in a way that cannot be understood.',
  4: 'Nothing was heard for so long that the other side is taken for dead. The line or the processor is overloaded, or large packets get lost.',
  5: 'A message came that does not belong into this state of the connection.',
  6: 'Nothing is wrong: the connection is ended on purpose.',
  7: 'A request to tell routes again was not in order (RFC 7313).',
}

/** Sentences for subcodes, by error code. */
export const suberrorMeanings: readonly Sentences[] = [
  {},
  {
    1: 'The marker is not all ones: what is taken for the start of a message is none.',
    2: 'A length below 19, above the limit, or one that does not fit the kind of message.',
    3: 'A kind of message that the receiver does not know.',
  },
  {
    1: 'The other side does not speak version 4; the data says which it does.',
    2: 'The number of the other network is not the one configured. The most frequent mistake in new connections.',
    3: 'The identifier is 0, or the same as the receiver’s own.',
    4: 'A parameter that is neither known nor allowed.',
    6: 'A hold time of 1 or 2 seconds, or one that the configuration forbids.',
    7: 'The other side lacks a capability that is asked for, or has one that is not wanted; the data lists which.',
    11: 'Both call themselves provider, for example (RFC 9234).',
  },
  {
    1: 'Attributes do not fill their list, or one is there twice.',
    2: 'An attribute is marked as known to everyone, and the receiver does not know it.',
    3: 'An attribute that every route needs is missing: origin, path or next hop.',
    4: 'The flags of an attribute contradict its type.',
    5: 'The length of an attribute does not fit its type.',
    6: 'The origin is none of the three.',
    8: 'The next hop is no address that a router can have, or the receiver’s own.',
    9: 'An optional attribute is known and wrong.',
    10: 'A network with more bits than its address has.',
    11: 'The path cannot be read, or does not begin with the sender.',
  },
  {},
  {},
  {
    1: 'More networks came than the receiver was told to expect: a leak on the other side, or a limit that is too low.',
    2: 'A person took the connection down; a text may say why.',
    3: 'The other side was taken out of the configuration.',
    4: 'A person restarts the connection; it comes back by itself.',
    5: 'The other side is not known, or not wanted at this moment.',
    6: 'Something else in the configuration changed and needs a restart.',
    7: 'Both sides had called at once: of two connections one is closed, and the other stays.',
    8: 'Memory or something else has run out.',
    9: 'Restart without keeping routes, in spite of graceful restart (RFC 8538).',
    10: 'BFD saw the link fail before BGP did (RFC 9384).',
  },
  { 1: 'The length does not fit the request; the data has the whole message.' },
]

export const communityMeanings: Sentences = {
  4294901760: 'The route is about to go away for maintenance: better take another one already (RFC 8326).',
  4294901766: 'The route is stale and kept as a last resort (RFC 9494).',
  4294901767: 'The route must not be kept when it has become stale (RFC 9494).',
  4294902426:
    'Traffic to this network is to be thrown away, most often because of an attack on it (RFC 7999).',
  4294967041: 'The route stays within this network.',
  4294967042: 'The receiver tells nobody of the route.',
  4294967043: 'The route stays within this part of the network.',
  4294967044: 'The route goes to customers and providers, but not to peers (RFC 3765).',
}

export const extendedTypeMeanings: Sentences = {
  0: 'An AS number of 2 bytes and a number of 4 that its owner chose, as most VPNs have it.',
  1: 'An IPv4 address and a number of 2 bytes that its owner chose.',
  2: 'An AS number of 4 bytes and a number of 2 that its owner chose.',
  3: 'Six bytes whose form the subtype decides.',
  6: 'Something about MAC addresses, such as that one has moved, or how a tunnel is used for them.',
  64: 'As type 0, and taken off where the route leaves the network.',
  65: 'As type 1, and taken off where the route leaves the network.',
  66: 'As type 2, and taken off where the route leaves the network.',
  67: 'As type 3, and taken off where the route leaves the network.',
  128: 'What to do with traffic that a filter matches: how much of it may pass, where else it goes.',
}

/** What the subtypes that people of VPNs meet are for, where the value is an AS number or an address. */
export const extendedMeanings: Sentences = {
  2: 'A route target: routers take the route into the VPNs that import this value.',
  3: 'A route origin: keeps a route from going back to the site where it comes from.',
  4: 'How wide the link is on which the route came: traffic is shared out in proportion.',
  5: 'Which OSPF network of the customer the route comes from, so that it is not taken for a foreign one elsewhere.',
}

export const opaqueMeanings: Sentences = {
  0: 'Whether the route was found to be valid by RPKI, told on inside the network.',
  1: 'A cost that is compared at a step of the choice that it names itself.',
  6: 'What kind of route it was in the customer’s OSPF.',
  11: 'A colour: the traffic takes the way that the network keeps for it, such as the fast one.',
  12: 'By which tunnel the next hop is reached, VXLAN for example.',
}

export const tunnelMeanings: Sentences = {
  2: 'Packets go into GRE on the way to the next hop.',
  7: 'Packets go into another IP packet and nothing else.',
  8: 'Frames go into VXLAN over UDP, as in data centres.',
  10: 'Packets get a label and need no other tunnel.',
  13: 'Packets get a label and go into UDP, which spreads them over parallel links.',
  19: 'Frames go into Geneve over UDP.',
}

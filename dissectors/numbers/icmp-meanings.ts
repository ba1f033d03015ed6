/** What messages of ICMP are for, for the types that people meet. */
export const icmpTypeMeanings: Readonly<Record<number, string>> = {
  0: 'The answer to a ping, with the same identifier, number and data: both ways work.',
  3: 'An error: the packet quoted below did not arrive. The code says why.',
  4: 'An error of old: slow down. Nobody sends it any more (RFC 6633).',
  5: 'A router’s advice: another router on the same link is nearer to this destination. Gateways of tunnels rarely mean it, and many hosts pass over it.',
  8: 'A ping: the receiver is to send the same data back.',
  9: 'A router offers itself as the way out of this link.',
  10: 'A host asks for routers on this link.',
  11: 'An error: the packet quoted below was on its way for too long.',
  12: 'An error: the header of the packet quoted below makes no sense at the byte that the pointer names.',
  13: 'Asks for the time of day at the other host.',
  14: 'The time of day, in milliseconds since midnight.',
  17: 'Asks how many bits of the address name the network; DHCP has taken its place.',
  18: 'How many bits of the address name the network; DHCP has taken its place.',
  40: 'An error: IPsec at the other side could not take the packet quoted below.',
  42: 'A ping of an interface that need not be the one it comes in at.',
  43: 'Whether the interface asked about is up.',
}

/** The same for ICMPv6. */
export const icmpv6TypeMeanings: Readonly<Record<number, string>> = {
  1: 'An error: the packet quoted below did not arrive. The code says why.',
  2: 'An error: the packet quoted below does not pass the next link, and only its sender may cut it. Path MTU discovery lives on this; where it is filtered, connections through tunnels hang.',
  3: 'An error: the packet quoted below was on its way for too long.',
  4: 'An error: the packet quoted below makes no sense at the byte that the pointer names.',
  128: 'A ping: the receiver is to send the same data back.',
  129: 'The answer to a ping, with the same identifier, number and data: both ways work.',
  130: 'A router asks which multicast groups are wanted on this link.',
  131: 'A host wants a multicast group.',
  132: 'A host wants a multicast group no longer.',
  133: 'A host has come up and asks for routers at once.',
  134: 'A router tells its link how to get out and which prefixes to make addresses from.',
  135: 'Asks for the link address that belongs to an IPv6 address, as ARP does for IPv4; or whether anyone has the address already.',
  136: 'Tells the link address that belongs to an IPv6 address. Nothing proves that it is true.',
  137: 'A router’s advice: another one on the same link, or the host itself, is nearer to this destination.',
  143: 'A host tells which multicast groups, and which of their senders, it wants.',
  155: 'RPL: nodes of a mesh of small radios agree on ways.',
}

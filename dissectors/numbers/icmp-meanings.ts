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

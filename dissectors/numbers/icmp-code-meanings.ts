type Sentences = Readonly<Record<number, string>>

export const redirectMeanings: Sentences = {
  0: 'Meant a whole network; since networks have no classes, nobody can say which, and hosts take it for one host.',
  1: 'Means the one host to which the quoted packet goes.',
  2: 'Means packets of one type of service to a network; no one tells the type of service apart any more.',
  3: 'Means packets of one type of service to one host.',
}

export const parameterMeanings: Sentences = {
  0: 'The pointer names the byte that makes no sense.',
  1: 'An option is missing that this network demands, such as a security label.',
  2: 'A length in the header does not fit.',
}

/** Of messages by which an IPsec gateway refuses a packet (RFC 2521). */
export const ipsecFailureMeanings: Sentences = {
  0: 'The receiver has no such SPI: its association has run out, or the gateway was restarted.',
  1: 'The authenticator does not fit: the keys differ, or somebody changed the packet.',
  2: 'What was decrypted could not be decompressed.',
  3: 'What was decrypted makes no sense, as with a wrong key.',
  4: 'The packet has to come through an association with authentication, and did not.',
  5: 'The packet is authenticated, but its user may not send it here.',
}

export const parameter6Meanings: Sentences = {
  0: 'A field of the IPv6 header or of an extension has a value that cannot be.',
  1: 'The receiver does not speak what follows a header: for a tunnel, the far end is not set up for it.',
  2: 'The receiver does not know an option whose number says: then drop the packet and tell.',
  3: 'The first fragment ends before all headers have come, so nobody can judge the packet (RFC 7112).',
  5: 'A node on the way, not the receiver, cannot pass what follows a header (RFC 8883).',
  6: 'An extension header is longer than a node on the way reads (RFC 8883).',
  7: 'All extension headers together are longer than a node on the way reads (RFC 8883).',
  8: 'There are more extension headers than a node on the way reads (RFC 8883).',
  9: 'There are more options in a header than a node on the way reads (RFC 8883).',
  10: 'An option is longer than a node on the way reads (RFC 8883).',
}

export const extendedEchoMeanings: Sentences = {
  0: 'The interface was found; the flags say how it is.',
  1: 'The question could not be read.',
  2: 'The node has no interface of that name, index or address.',
  3: 'The interface belongs to a neighbour that the node’s table does not list.',
  4: 'More than one interface fits the question.',
}

/** Of entries in the table of neighbours (RFC 4861 §7.3.2). */
export const neighborStateMeanings: Sentences = {
  1: 'The neighbour was asked for its link address and has not answered yet.',
  2: 'The neighbour was heard of a moment ago.',
  3: 'The neighbour was heard of some time ago; nobody knows whether it is still there.',
  4: 'A packet was sent to a neighbour of doubtful state, and a sign of life is waited for.',
  5: 'The neighbour is being asked whether it is still there.',
  6: 'The neighbour was asked and did not answer.',
}

export const rplMessageMeanings: Sentences = {
  0: 'A node asks the nodes around which graphs there are.',
  1: 'A node tells how far from the root it is, so that others can choose it as a parent.',
  2: 'A node tells upwards which addresses are reached through it.',
  3: 'A parent says whether it will pass packets down to those addresses.',
  128: 'As the plain request for graphs, with a proof of who sends it.',
  129: 'As the plain announcement of a graph, with a proof of who sends it.',
  130: 'As the plain advertisement of addresses, with a proof of who sends it.',
  131: 'As the plain acknowledgment of addresses, with a proof of who sends it.',
  138: 'Two nodes compare the counters of their proofs, so that old messages are known.',
}

/** Of addresses that are registered or looked for twice (RFC 6775). */
export const registrationMeanings: Sentences = {
  0: 'Nobody else has the address.',
  1: 'Somebody else has the address: another one is needed.',
  2: 'The router can remember no further address.',
}

/** How a node is to take one of several routers (RFC 4191 §2.1); two bits with a sign. */
export const preferenceMeanings: Sentences = {
  0: 'As good as any router that says nothing of it.',
  1: 'Before all routers of medium preference.',
  2: 'Not to be sent; who gets it takes it for medium, or drops the route.',
  3: 'Only where no better router is there, as with a way by mobile radio.',
}

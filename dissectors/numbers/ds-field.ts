/** Names of DSCP values: https://www.iana.org/assignments/dscp-registry. */
export const dscpNames: Readonly<Record<number, string>> = {
  0: 'default',
  1: 'LE',
  8: 'CS1',
  10: 'AF11',
  12: 'AF12',
  14: 'AF13',
  16: 'CS2',
  18: 'AF21',
  20: 'AF22',
  22: 'AF23',
  24: 'CS3',
  26: 'AF31',
  28: 'AF32',
  30: 'AF33',
  32: 'CS4',
  34: 'AF41',
  36: 'AF42',
  38: 'AF43',
  40: 'CS5',
  44: 'VOICE-ADMIT',
  45: 'NQB',
  46: 'EF',
  48: 'CS6',
  56: 'CS7',
}

/** ECN codepoints (RFC 3168 §5). */
export const ecnNames: Readonly<Record<number, string>> = {
  0: 'Not ECN-capable',
  1: 'ECT(1)',
  2: 'ECT(0)',
  3: 'Congestion experienced',
}

/** What routers do with packets so marked (RFC 2474, 2597, 3246, 8622). */
export const dscpMeanings: Readonly<Record<number, string>> = {
  0: 'No wish: the packet takes its turn with all others, as almost all do.',
  1: 'Less than everybody else: it goes only where nothing else wants to.',
  8: 'The class below the ordinary one, for bulk.',
  10: 'Assured forwarding, class 1, dropped last within it: bulk that has to arrive.',
  12: 'Assured forwarding, class 1, dropped before AF11.',
  14: 'Assured forwarding, class 1, dropped first within it.',
  16: 'The second class of old precedence; often for administration of the network.',
  18: 'Assured forwarding, class 2, dropped last within it: transactions, say.',
  20: 'Assured forwarding, class 2, dropped before AF21.',
  22: 'Assured forwarding, class 2, dropped first within it.',
  24: 'The third class of old precedence; broadcast video, or the signalling of calls.',
  26: 'Assured forwarding, class 3, dropped last within it: streaming, say.',
  28: 'Assured forwarding, class 3, dropped before AF31.',
  30: 'Assured forwarding, class 3, dropped first within it.',
  32: 'The fourth class of old precedence; interactive video and games.',
  34: 'A class of its own, dropped last within it; often video.',
  36: 'Assured forwarding, class 4, dropped before AF41.',
  38: 'Assured forwarding, class 4, dropped first within it.',
  40: 'The fifth class of old precedence; often the signalling of calls.',
  44: 'Voice whose call was admitted beforehand, so that the short queue is not overrun.',
  45: 'Wants a short queue and does not fill it: small packets at a steady rate.',
  46: 'Expedited forwarding: a short queue that is served first, for voice.',
  48: 'What routers themselves need: routing protocols, and IKE on some systems.',
  56: 'What the network itself needs; hosts should not send it.',
}

/** RFC 3168 §5. */
export const ecnMeanings: Readonly<Record<number, string>> = {
  0: 'The ends do not speak ECN, so a full router drops the packet.',
  1: 'The ends speak ECN; for a network with L4S (RFC 9331) this one asks for its short queue.',
  2: 'The ends speak ECN: a router whose queue fills up may mark the packet and need not drop it.',
  3: 'A router on the way marked the packet because its queue was filling: the receiver tells the sender, who slows down.',
}

// What the packets of a capture tell together: who negotiated with whom, what came of it, what the tunnels carried.
// All of it is plain data, which the ladder, the tables, JSON and the screen show.

/** One end of a conversation, as the packets name it. */
export type Endpoint = {
  readonly address: string
  /** UDP or TCP port; 0: the protocol has none. */
  readonly port: number
}

/** What of a message could be read of one algorithm. */
export type Transform = {
  /** `encryption`, `prf`, `integrity`, `key exchange`, `sequence numbers`, `authentication`, `lifetime` … */
  readonly kind: string
  /** The registry's number of it. */
  readonly id: number
  /** As people configure it: `AES-CBC-256`, `HMAC-SHA2-256-128`, `MODP-2048 (group 14)`. */
  readonly name: string
  /** Bits of the key, where the offer says so; 0: it does not. */
  readonly keyLength: number
}

/**
 * One offer, or the choice. In IKEv2 transforms of one kind are alternatives; IKEv1 has no such
 * alternatives, so each of its transforms is a proposal of its own here.
 */
export type Proposal = {
  /** In IKEv1 that of the transform. */
  readonly number: number
  /** `IKE`, `AH`, `ESP`, `IPCOMP`. */
  readonly protocol: string
  /** Lower-case hex; empty: none. */
  readonly spi: string
  readonly transforms: readonly Transform[]
}

export type Notify = {
  readonly type: number
  /** The registry's: `NO_PROPOSAL_CHOSEN`. */
  readonly name: string
  /** It refuses something. */
  readonly isError: boolean
  /** What the data says, where that is known: the group of an INVALID_KE_PAYLOAD; empty: nothing. */
  readonly text: string
}

/** A detection hash beside the address that the packet really came from, or went to (RFC 7296 §2.23, RFC 3947 §3.2). */
export type NatFinding = {
  readonly about: 'source' | 'destination'
  /** One of the hashes fits the address and port of this packet. */
  readonly matches: boolean
}

/** One IKE message, as far as it can be read without keys. */
export type Message = {
  readonly packet: number
  /** Seconds since 1970; NaN: the capture has no times. */
  readonly time: number
  readonly from: Endpoint
  readonly to: Endpoint
  /** Sent by the peer that began the negotiation. */
  readonly fromInitiator: boolean
  /** 1 or 2. */
  readonly version: number
  readonly exchange: number
  /** `IKE_SA_INIT`, `Aggressive`. */
  readonly exchangeName: string
  readonly messageId: number
  /** IKEv2: an answer. IKEv1 has no such flag: false. */
  readonly isResponse: boolean
  readonly isEncrypted: boolean
  /** Bytes of the IKE message, as its header says. */
  readonly length: number
  /** Short names in order: `SA`, `KE`, `N(COOKIE)`; an encrypted message has `SK`, or none. */
  readonly payloads: readonly string[]
  readonly proposals: readonly Proposal[]
  readonly notifies: readonly Notify[]
  readonly nat: readonly NatFinding[]
  /** The group of the KE payload; 0: there is none, or IKEv1, which says it in the proposal. */
  readonly group: number
  /**
   * The number of a fragment of a message (SKF, IKEv1 payload 132) and how many there are (0: not said). Those of IKEv1 are
   * here until the message is whole.
   */
  readonly fragment: { readonly number: number; readonly total: number } | undefined
  /** IKEv1: packets with the fragments that it was put together from, in order; none: it came in one piece. */
  readonly fragments: readonly number[]
  /** Names of known vendor IDs. */
  readonly vendors: readonly string[]
  /** It came over UDP 500, behind a non-ESP marker, or in a TCP stream. */
  readonly transport: 'udp' | 'udp-encapsulated' | 'tcp'
  /** The capture holds only its beginning, or it is damaged: the rest of it could not be read. */
  readonly isCut: boolean
  /** Packets that bring the same message again, in order. */
  readonly repeats: readonly Repeat[]
}

export type Repeat = { readonly packet: number; readonly time: number }

/** An ICMP error that quotes a message of a negotiation. */
export type Refusal = {
  readonly packet: number
  readonly time: number
  readonly from: string
  /** `port unreachable`. */
  readonly reason: string
  /** The packet whose message it quotes; 0: not one that was captured. */
  readonly about: number
}

/** How far a negotiation came, as far as the packets tell. */
export type Progress =
  | 'unanswered'
  | 'refused'
  | 'cookie-asked'
  | 'another-group-asked'
  | 'negotiating'
  | 'authenticating'
  | 'looks-established'
  | 'established'
  | 'deleted'
  | 'dead-peer'
  | 'joined-in-the-middle'

export type Negotiation = {
  /** 1, 2, 3 … in the order in which they began. */
  readonly number: number
  readonly version: number
  /** Lower-case hex of 8 bytes. */
  readonly initiatorSpi: string
  /** Zeros until the responder has answered with one. */
  readonly responderSpi: string
  /** Where the first message came from and went to; the initiator may move to port 4500 later. */
  readonly initiator: Endpoint
  readonly responder: Endpoint
  readonly messages: readonly Message[]
  readonly refusals: readonly Refusal[]
  readonly progress: Progress
  /** The same as a sentence: `IKE_SA_INIT was sent 5 times and nobody answered`. */
  readonly outcome: string
  /** The whole choice of the responder for the IKE SA itself; undefined: not seen. */
  readonly accepted: Proposal | undefined
  /** It had more messages than are kept: the first and the last ones are here. */
  readonly isCut: boolean
}

/** What an association carries at its end while nothing comes back between its addresses, though something did before. */
export type Silence = {
  readonly packets: number
  /** The last packet that came back, and its time. */
  readonly since: number
  readonly sinceTime: number
  /** The longest, in seconds, that nothing had come back before while this direction ran. */
  readonly longestBefore: number
}

/** What was seen of one security association: one direction of a tunnel. */
export type Association = {
  readonly protocol: 'esp' | 'ah'
  /** 32 bits. */
  readonly spi: number
  readonly source: string
  readonly destination: string
  /** Ports where UDP or TCP carries it (0: neither). */
  readonly encapsulation: 'native' | 'udp' | 'tcp'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly firstPacket: number
  readonly lastPacket: number
  readonly firstTime: number
  readonly lastTime: number
  readonly packets: number
  /** Bytes from the ESP or AH header on, as the headers promise. */
  readonly bytes: number
  readonly lowestSequence: number
  readonly highestSequence: number
  /** Numbers between the lowest and the highest that no packet had. */
  readonly missing: number
  /**
   * Packets whose number had been there already (not at once or on another interface: then it is the same packet, seen
   * twice), and packets too late for that to be told.
   */
  readonly replays: number
  readonly late: number
  /** `number` of the negotiation between the same peers before its first packet; 0: none was seen. */
  readonly negotiation: number
  /** Index in `Story.associations` of the one that runs the other way, -1: none was seen. */
  readonly opposite: number
  /** Undefined: something came back behind its last packet, or nothing ever. */
  readonly silence: Silence | undefined
}

export type Verdict = {
  /** A name that scripts can rely on: `no-proposal-chosen`, `esp-one-way`. */
  readonly id: string
  readonly severity: 'good' | 'info' | 'warning' | 'error'
  /** One sentence: what happened. */
  readonly title: string
  /** Why that usually is. */
  readonly cause: string
  /** The next command or setting to look at. */
  readonly advice: string
  /** Packets that show it, ascending. */
  readonly packets: readonly number[]
  /** The negotiation it is about; 0: none. */
  readonly negotiation: number
  /** SPIs of the associations it is about. */
  readonly spis: readonly number[]
}

export type Story = {
  readonly negotiations: readonly Negotiation[]
  readonly associations: readonly Association[]
  readonly verdicts: readonly Verdict[]
  /** What could not be kept in bounded memory, as sentences. */
  readonly limits: readonly string[]
  /** Packets that were looked at. */
  readonly packets: number
}

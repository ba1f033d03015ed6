import type { Message } from '../story.ts'
import type { Case, Finding } from './case.ts'

/** The messages of one peer whose findings about an address are all of one kind; some hash of several may fit. */
function mismatching(of: Case, fromInitiator: boolean, about: 'source' | 'destination'): readonly Message[] {
  return of.negotiation.messages.filter(m => {
    const findings = m.fromInitiator === fromInitiator ? m.nat.filter(f => f.about === about) : []
    return findings.length > 0 && findings.every(f => !f.matches)
  })
}

type Sides = {
  /** Messages that say so. */
  readonly initiator: readonly Message[]
  readonly responder: readonly Message[]
  /** Both peers deny their own address, and each is reached at the one it has: they do it on purpose. */
  readonly isForced: boolean
  /** A port was changed, or somebody tells of another address that it saw: only the hash of its own one can anybody fake. */
  readonly isSure: boolean
}

/** Who is behind a NAT, by the hashes of both peers (RFC 7296 §2.23, RFC 3947 §3.2). */
export function natSides(of: Case): Sides {
  const ownInitiator = mismatching(of, true, 'source')
  const ownResponder = mismatching(of, false, 'source')
  const seenInitiator = mismatching(of, false, 'destination')
  const seenResponder = mismatching(of, true, 'destination')
  return {
    initiator: [...ownInitiator, ...seenInitiator],
    responder: [...ownResponder, ...seenResponder],
    isForced:
      ownInitiator.length > 0 &&
      ownResponder.length > 0 &&
      seenInitiator.length === 0 &&
      seenResponder.length === 0 &&
      of.negotiation.initiator.port === of.negotiation.responder.port,
    isSure:
      seenInitiator.length > 0 ||
      seenResponder.length > 0 ||
      of.negotiation.initiator.port !== of.negotiation.responder.port,
  }
}

/** An address is translated between the peers, or they say so to get their ESP into UDP. */
export function natFound(of: Case): Finding[] {
  const sides = natSides(of)
  const { initiator, responder } = of.negotiation
  const packets = [...sides.initiator, ...sides.responder].map(m => m.packet)
  if (packets.length === 0) return []
  const advice =
    'Let UDP 500 and 4500 pass; keepalives hold the NAT open (`keep_alive` in strongswan.conf). ESP has to travel in UDP port 4500, and AH cannot pass at all.'
  if (sides.isForced)
    return [
      {
        id: 'encapsulation-forced',
        severity: 'info',
        title: `${initiator.address} and ${responder.address} both deny their own address though no port was changed: it looks as if they force ESP into UDP.`,
        cause:
          'Their detection hashes are made to fail on purpose, so that ESP goes through firewalls that only let UDP pass; a NAT in front of both is possible, but would hardly keep both ports.',
        advice: '`encap = yes` in swanctl.conf, `encapsulation=yes` in ipsec.conf (Libreswan) do that.',
        packets,
      },
    ]
  const who =
    sides.initiator.length > 0 && sides.responder.length > 0
      ? `both peers, ${initiator.address} and ${responder.address}`
      : sides.initiator.length > 0
        ? `the initiator, ${initiator.address}`
        : `the responder, ${responder.address}`
  return [
    {
      id: 'nat-found',
      severity: 'info',
      title: sides.isSure
        ? `There is a NAT in front of ${who}.`
        : `There may be a NAT in front of ${who}, or ESP is forced into UDP.`,
      cause:
        'The detection hash that its packets carry, or that its peer made of what it saw, is not that of the address and port in this capture. A peer that forces encapsulation looks the same.',
      advice,
      packets,
    },
  ]
}

/** AH protects the addresses, and a NAT changes them (RFC 3715 §2.1). */
export function ahThroughNat(of: Case): Finding[] {
  const sides = natSides(of)
  const ah = of.associations.filter(a => a.protocol === 'ah')
  if (ah.length === 0 || sides.isForced || sides.initiator.length + sides.responder.length === 0) return []
  return [
    {
      id: 'ah-through-nat',
      severity: 'error',
      title: `AH between ${ah[0]!.source} and ${ah[0]!.destination} crosses a NAT, and cannot arrive intact.`,
      cause:
        'The check value of AH covers the addresses that the NAT rewrites, so the receiver has to drop every packet (RFC 3715 §2.1).',
      advice:
        'Use ESP with authentication: `esp_proposals` instead of `ah_proposals` in swanctl.conf, `esp` instead of `ah` in iked.conf.',
      packets: [
        ...ah.map(a => a.firstPacket),
        ...sides.initiator.map(m => m.packet),
        ...sides.responder.map(m => m.packet),
      ],
      spis: ah.map(a => a.spi),
    },
  ]
}

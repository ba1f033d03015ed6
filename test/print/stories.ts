import type { Association, Message, Negotiation, Proposal, Story, Verdict } from '../../src/follow/story.ts'

// Stories made by hand, in the addresses of the lab: bob (192.168.1.2) calls alice (192.168.1.1).

export const bob = { address: '192.168.1.2', port: 500 }
export const alice = { address: '192.168.1.1', port: 500 }

/** IKE_SA_INIT from bob to alice in packet 3. */
export const message = (rest: Partial<Message> = {}): Message => ({
  packet: 3,
  time: 1000,
  from: rest.fromInitiator === false ? alice : bob,
  to: rest.fromInitiator === false ? bob : alice,
  fromInitiator: true,
  version: 2,
  exchange: 34,
  exchangeName: 'IKE_SA_INIT',
  messageId: 0,
  isResponse: rest.fromInitiator === false,
  isEncrypted: false,
  length: 464,
  payloads: ['SA', 'KE', 'No'],
  proposals: [],
  notifies: [],
  nat: [],
  group: 0,
  fragment: undefined,
  fragments: [],
  vendors: [],
  transport: 'udp',
  isCut: false,
  repeats: [],
  ...rest,
})

export const negotiation = (rest: Partial<Negotiation> = {}): Negotiation => ({
  number: 1,
  version: 2,
  initiatorSpi: '5d03638185ed1357',
  responderSpi: '0000000000000000',
  initiator: bob,
  responder: alice,
  messages: [message()],
  refusals: [],
  progress: 'unanswered',
  outcome: 'IKE_SA_INIT was sent once and nobody answered',
  accepted: undefined,
  isCut: false,
  ...rest,
})

/** Twelve packets from bob to alice, of the first negotiation. */
export const association = (rest: Partial<Association> = {}): Association => ({
  protocol: 'esp',
  spi: 0xc1a2b3c4,
  source: bob.address,
  destination: alice.address,
  encapsulation: 'native',
  sourcePort: 0,
  destinationPort: 0,
  firstPacket: 7,
  lastPacket: 30,
  firstTime: 1002,
  lastTime: 1008.5,
  packets: 12,
  bytes: 1632,
  lowestSequence: 1,
  highestSequence: 12,
  missing: 0,
  replays: 0,
  late: 0,
  negotiation: 1,
  opposite: -1,
  silence: undefined,
  ...rest,
})

export const verdict = (rest: Partial<Verdict> = {}): Verdict => ({
  id: 'unanswered',
  severity: 'error',
  title: 'Nobody answers',
  cause: 'The way there is closed.',
  advice: 'tcpdump -ni any udp port 500',
  packets: [3],
  negotiation: 1,
  spis: [],
  ...rest,
})

/** An offer for IKE of names by kind. */
export const proposal = (kinds: Readonly<Record<string, readonly string[]>>, number = 1): Proposal => ({
  number,
  protocol: 'IKE',
  spi: '',
  transforms: Object.entries(kinds).flatMap(([kind, names]) =>
    // Any number will do, as long as one name has one.
    names.map(name => ({
      kind,
      id: [...name].reduce((sum, c) => sum + c.charCodeAt(0), 1),
      name,
      keyLength: 0,
    })),
  ),
})

export const story = (rest: Partial<Story> = {}): Story => ({
  negotiations: [],
  associations: [],
  verdicts: [],
  limits: [],
  packets: 12,
  ...rest,
})

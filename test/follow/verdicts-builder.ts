import type {
  Association,
  Endpoint,
  Message,
  Negotiation,
  Notify,
  Proposal,
  Transform,
} from '../../src/follow/story.ts'
import type { Facts } from '../../src/follow/verdicts/case.ts'

// Stories by hand: alice asks, bob answers, a packet every tenth of a second.

export const alice: Endpoint = { address: '192.0.2.1', port: 500 }
export const bob: Endpoint = { address: '198.51.100.2', port: 500 }

export const transform = (kind: string, id: number, name: string, keyLength = 0): Transform => ({
  kind,
  id,
  name,
  keyLength,
})

export const aes128 = transform('encryption', 12, 'AES-CBC-128', 128)
export const aes256 = transform('encryption', 12, 'AES-CBC-256', 256)
export const gcm128 = transform('encryption', 20, 'AES-GCM-16-128', 128)
export const des3 = transform('encryption', 3, '3DES')
export const sha256 = transform('integrity', 12, 'HMAC-SHA2-256-128')
export const sha512 = transform('integrity', 14, 'HMAC-SHA2-512-256')
export const prf256 = transform('prf', 5, 'HMAC-SHA2-256')
export const prf512 = transform('prf', 7, 'HMAC-SHA2-512')
export const modp1024 = transform('key exchange', 2, 'MODP-1024 (group 2)')
export const modp2048 = transform('key exchange', 14, 'MODP-2048 (group 14)')
export const modp4096 = transform('key exchange', 16, 'MODP-4096 (group 16)')
export const x25519 = transform('key exchange', 31, 'CURVE25519 (group 31)')

export const proposal = (number: number, ...transforms: readonly Transform[]): Proposal => ({
  number,
  protocol: 'IKE',
  spi: '',
  transforms,
})

/** What the lab's healthy negotiations choose. */
export const usual = proposal(1, aes128, sha256, prf256, modp2048)

export const error = (type: number, name: string, text = ''): Notify => ({ type, name, isError: true, text })
export const status = (type: number, name: string): Notify => ({ type, name, isError: false, text: '' })

const names: Readonly<Record<number, string>> = {
  2: 'Main',
  4: 'Aggressive',
  5: 'Informational',
  32: 'Quick',
  34: 'IKE_SA_INIT',
  35: 'IKE_AUTH',
  36: 'CREATE_CHILD_SA',
  37: 'INFORMATIONAL',
}

/** A message of alice, the initiator, unless it says otherwise; `port` is where both ends are. */
export function message(
  packet: number,
  exchange: number,
  more: Partial<Message> & { port?: number } = {},
): Message {
  const { port = 500, ...rest } = more
  const fromInitiator = rest.fromInitiator ?? true
  const [from, to] = fromInitiator ? [alice, bob] : [bob, alice]
  const version = exchange < 33 ? 1 : 2
  return {
    packet,
    time: 1000 + packet / 10,
    from: { ...from, port },
    to: { ...to, port },
    fromInitiator,
    version,
    exchange,
    exchangeName: names[exchange] ?? `exchange ${exchange}`,
    messageId: 0,
    isResponse: version === 2 && !fromInitiator,
    isEncrypted: false,
    length: 400,
    payloads: [],
    proposals: [],
    notifies: [],
    nat: [],
    group: 0,
    fragment: undefined,
    fragments: [],
    vendors: [],
    transport: port === 4500 ? 'udp-encapsulated' : 'udp',
    isCut: false,
    repeats: [],
    ...rest,
  }
}

export const repeated = (...packets: readonly number[]) =>
  packets.map(packet => ({ packet, time: 1000 + packet / 10 }))

/** IKE_SA_INIT and its answer, which takes `usual`. */
export const initPair = (first = 1): Message[] => [
  message(first, 34, { proposals: [usual], group: 14 }),
  message(first + 1, 34, { fromInitiator: false, proposals: [usual], group: 14 }),
]

/** IKE_AUTH on port 4500, and its answer of a length. */
export const authPair = (first: number, length: number): Message[] => [
  message(first, 35, { port: 4500, messageId: 1, isEncrypted: true, length: 288, payloads: ['SK'] }),
  message(first + 1, 35, {
    port: 4500,
    messageId: 1,
    isEncrypted: true,
    length,
    payloads: ['SK'],
    fromInitiator: false,
  }),
]

export function negotiation(messages: readonly Message[], more: Partial<Negotiation> = {}): Negotiation {
  const answer = messages.find(m => !m.fromInitiator && m.proposals.length > 0)
  return {
    number: 1,
    version: messages[0]!.version,
    initiatorSpi: '0102030405060708',
    responderSpi: '1112131415161718',
    initiator: alice,
    responder: bob,
    messages,
    refusals: [],
    progress: 'negotiating',
    outcome: 'It is on its way',
    accepted: answer?.proposals[0],
    isCut: false,
    ...more,
  }
}

/** An association from alice to bob, packets 10 to 19, whose opposite nobody saw. */
export const association = (more: Partial<Association> = {}): Association => ({
  protocol: 'esp',
  spi: 0xc1a2b3c4,
  source: alice.address,
  destination: bob.address,
  encapsulation: 'native',
  sourcePort: 0,
  destinationPort: 0,
  firstPacket: 10,
  lastPacket: 19,
  firstTime: 1001,
  lastTime: 1002,
  packets: 10,
  bytes: 1200,
  lowestSequence: 1,
  highestSequence: 10,
  missing: 0,
  replays: 0,
  late: 0,
  negotiation: 1,
  opposite: -1,
  silence: undefined,
  ...more,
})

/** Both directions, each the other's opposite. */
export const bothWays = (): Association[] => [
  association({ opposite: 1 }),
  association({
    spi: 0xc5d6e7f8,
    source: bob.address,
    destination: alice.address,
    opposite: 0,
    firstPacket: 11,
  }),
]

export const facts = (
  negotiations: readonly Negotiation[],
  associations: readonly Association[] = [],
): Facts => ({ negotiations, associations, limits: [], packets: 100 })

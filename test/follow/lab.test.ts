import { describe, expect, it } from 'vitest'
import type { Message, Negotiation, Proposal } from '../../src/follow/story.ts'
import { storyIn } from './following.ts'

// What is expected here is in the logs of the daemons that were captured, or was set in their configuration.

const first = async (name: string): Promise<Negotiation> => (await storyIn(name)).negotiations[0]!

const algorithms = (proposal: Proposal | undefined): string[] =>
  proposal?.transforms.map(({ kind, name }) => `${kind}: ${name}`) ?? []

const packetsOf = ({ packet, repeats }: Message): number[] => [
  packet,
  ...repeats.map(repeat => repeat.packet),
]

const usual = [
  'encryption: AES-CBC-128',
  'integrity: HMAC-SHA2-256-128',
  'prf: HMAC-SHA2-256',
  'key exchange: MODP-2048 (group 14)',
]

describe('what was chosen', () => {
  it.each([
    ['ikev2-psk.pcap', usual],
    ['ikev2-invalid-ke.pcap', [...usual.slice(0, 3), 'key exchange: MODP-3072 (group 15)']],
    [
      'ikev2-psk-aesgcm.pcap',
      ['encryption: AES-GCM-16-256', 'prf: HMAC-SHA2-384', 'key exchange: ECP-384 (group 20)'],
    ],
    [
      'ikev2-psk-3des.pcap',
      ['encryption: 3DES', 'integrity: HMAC-SHA1-96', 'prf: HMAC-SHA1', 'key exchange: MODP-1024 (group 2)'],
    ],
    [
      'openiked-psk.pcap',
      ['encryption: AES-GCM-16-128', 'prf: HMAC-SHA2-256', 'key exchange: CURVE25519 (group 31)'],
    ],
    // The lifetime is 1.1 times the four hours after which it is renewed.
    [
      'ikev1-main-psk.pcap',
      [
        'encryption: AES-CBC-128',
        'hash: SHA2-256',
        'authentication: pre-shared key',
        'key exchange: MODP-2048 (group 14)',
        'lifetime: 15840 seconds',
      ],
    ],
    ['ikev2-no-proposal-chosen.pcap', []],
    ['ikev2-dead-peer.pcap', []],
  ])('in %s', async (name, expected) => {
    expect(algorithms((await first(name)).accepted)).toEqual(expected)
  })

  it('among the offers of iked: two proposals with 15 and 21 transforms', async () => {
    const { messages, accepted } = await first('openiked-psk.pcap')
    expect(messages[0]!.proposals.map(({ transforms }) => transforms.length)).toEqual([15, 21])
    expect(messages[0]!.proposals[0]!.transforms).toEqual(expect.arrayContaining([...accepted!.transforms]))
    expect(messages[0]!.vendors).toEqual(['OpenIKED'])
  })
})

describe('how far it came', () => {
  const established = 'looks-established'
  it.each([
    ['ikev2-no-proposal-chosen.pcap', 'refused', '192.168.1.1 refused IKE_SA_INIT: NO_PROPOSAL_CHOSEN'],
    ['ikev2-dead-peer.pcap', 'unanswered', 'IKE_SA_INIT was sent 5 times over 8.2 s and nobody answered'],
    [
      'ikev2-port-unreachable.pcap',
      'unanswered',
      'IKE_SA_INIT was sent 3 times over 2.5 s and 192.168.1.2 answered by ICMP: port unreachable',
    ],
    [
      'ikev2-auth-failed.pcap',
      'authenticating',
      'IKE_AUTH looks refused: its answer is too short to be anything else',
    ],
    [
      'ikev2-dpd.pcap',
      'dead-peer',
      'INFORMATIONAL 4 from 192.168.1.1 was sent 4 times over 4.8 s and not answered',
    ],
    ['openiked-psk.pcap', established, 'IKE_AUTH was answered and ESP runs both ways: it looks established'],
    [
      'ikev2-invalid-ke.pcap',
      established,
      'IKE_AUTH was answered, and only one INFORMATIONAL exchange followed; the last exchange may have deleted it',
    ],
    [
      'ikev2-second-child.pcap',
      established,
      'IKE_AUTH was answered and ESP runs both ways: it looks established; CREATE_CHILD_SA was answered once; the last exchange may have deleted it',
    ],
    [
      'ikev2-ah.pcap',
      established,
      'IKE_AUTH was answered and AH runs both ways: it looks established; the last exchange may have deleted it',
    ],
    [
      'ikev1-main-cert.pcap',
      established,
      'Main mode and quick mode were completed and ESP runs both ways: it looks established; the last message may have deleted it',
    ],
    [
      'ikev1-wrong-psk.pcap',
      'authenticating',
      'Main mode stopped at message 5 of 6, which was sent 3 times over 2.5 s; 3 encrypted Informational messages came instead of the next one',
    ],
  ])('%s', async (name, progress, outcome) => {
    expect(await first(name)).toMatchObject({ progress, outcome })
  })
})

describe('messages', () => {
  it('that are repeated are there once, with their repeats', async () => {
    const { messages } = await first('ikev2-dpd.pcap')
    const requests = messages.filter(m => m.exchangeName === 'INFORMATIONAL' && m.repeats.length > 0)
    expect(requests.map(packetsOf)).toEqual([
      [17, 20, 23, 26],
      [18, 21, 24, 27],
      [19, 22, 25, 28],
    ])
    const psk = await first('ikev1-wrong-psk.pcap')
    // Main mode has message ID 0 throughout: the bytes alone tell messages apart.
    expect(psk.messages.map(packetsOf)).toEqual([[3], [4], [5], [6], [7, 9, 11], [8], [10], [12]])
  })

  it('ask for another group, and the next attempt belongs to the same negotiation', async () => {
    const { messages, initiatorSpi, responderSpi } = await first('ikev2-invalid-ke.pcap')
    expect([initiatorSpi, responderSpi]).toEqual(['291bb3ba8e407948', 'f657c23833b4c4fe'])
    expect(messages.slice(0, 4).map(m => [m.packet, m.fromInitiator, m.group])).toEqual([
      [3, true, 14],
      [4, false, 0],
      [5, true, 15],
      [6, false, 15],
    ])
    expect(messages[1]!.notifies).toEqual([
      { type: 17, name: 'INVALID_KE_PAYLOAD', isError: true, text: 'MODP-3072 (group 15)' },
    ])
    expect(messages[1]!.payloads).toEqual(['N(INVALID_KE_PAYLOAD)'])
  })

  it('in fragments say which and how many', async () => {
    const fragments = async (name: string) =>
      (await first(name)).messages
        .filter(m => m.fragment)
        .map(m => [m.packet, m.fragment!.number, m.fragment!.total])
    expect(await fragments('ikev2-cert-fragments.pcap')).toEqual([
      [5, 1, 2],
      [6, 2, 2],
      [7, 1, 2],
      [8, 2, 2],
    ])
    // Those of IKEv1 are put together: then the message stands in their place.
    expect(await fragments('ikev1-main-cert.pcap')).toEqual([])
    const { messages } = await first('ikev1-main-cert.pcap')
    expect(messages.map(m => [m.packet, m.length, m.fragments])).toEqual([
      [3, 180, []],
      [4, 160, []],
      [5, 396, []],
      [6, 461, []],
      [8, 1644, [7, 8]],
      [10, 1564, [9, 10]],
      [11, 188, []],
      [12, 188, []],
      [13, 76, []],
      [16, 92, []],
      [17, 108, []],
    ])
    expect(messages.map(m => m.isEncrypted).indexOf(true)).toBe(4)
  })

  it('tell what their senders know of NAT', async () => {
    const nat = async (name: string) =>
      (await first(name)).messages
        .filter(m => m.nat.length > 0)
        .map(m => Object.fromEntries(m.nat.map(({ about, matches }) => [about, matches])))
    // carol's log: local host is behind NAT; bob's: remote host is behind NAT.
    expect(await nat('ikev2-natt.pcap')).toEqual([
      { source: false, destination: true },
      { source: true, destination: true },
    ])
    expect(await nat('ikev2-natt-inside.pcap')).toEqual([
      { source: true, destination: true },
      { source: true, destination: false },
    ])
    // Both logs: remote host is behind NAT. There is none.
    expect(await nat('ikev2-forced-encap.pcap')).toEqual([
      { source: false, destination: true },
      { source: false, destination: true },
    ])
    expect(await nat('ikev1-main-psk.pcap')).toEqual([
      { source: true, destination: true },
      { source: true, destination: true },
    ])
  })

  it('move to port 4500 within their negotiation', async () => {
    const { messages, initiator } = await first('ikev2-natt.pcap')
    expect(initiator).toEqual({ address: '192.168.1.254', port: 336 })
    expect(messages.map(m => [m.from.port, m.to.port, m.transport])).toEqual([
      [336, 500, 'udp'],
      [500, 336, 'udp'],
      [8891, 4500, 'udp-encapsulated'],
      [4500, 8891, 'udp-encapsulated'],
      [8891, 4500, 'udp-encapsulated'],
      [4500, 8891, 'udp-encapsulated'],
    ])
  })

  it('are refused by ICMP, each by the packet that quotes it', async () => {
    const { refusals } = await first('ikev2-port-unreachable.pcap')
    expect(refusals.map(({ packet, from, reason, about }) => [packet, from, reason, about])).toEqual([
      [4, '192.168.1.2', 'port unreachable', 3],
      [6, '192.168.1.2', 'port unreachable', 5],
      [8, '192.168.1.2', 'port unreachable', 7],
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import { Follower } from '../../src/follow/follow.ts'
import type { Story, Verdict } from '../../src/follow/story.ts'
import { judge } from '../../src/follow/verdicts.ts'
import type { Frame } from '../../src/frame.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'

function told(frames: readonly Frame[]): Story {
  const follower = new Follower()
  const dissector = newDissector(new Session())
  for (const frame of frames) follower.see(dissector.dissect(frame, 'fields'))
  return follower.story()
}

/** The story of those packets of a capture that are kept; they have the numbers that they have in the capture. */
const storyOf = async (name: string, keeps: (packet: number) => boolean = () => true): Promise<Story> =>
  told((await framesOf(captureFile(name))).filter(frame => keeps(frame.number)))

/** The beginning of a capture, whose last packet is sent thrice and never answered. */
async function stuckAt(name: string, last: number): Promise<Verdict[]> {
  const frames = (await framesOf(captureFile(name))).filter(frame => frame.number <= last)
  const stuck = frames.at(-1)!
  const again = [1, 2].map(n => ({ ...stuck, number: last + n, seconds: stuck.seconds + 3 * n }))
  return [...told([...frames, ...again]).verdicts]
}

const bad = (verdicts: readonly Verdict[]) =>
  verdicts
    .filter(v => v.severity === 'error' || v.severity === 'warning')
    .map(v => [v.severity, v.id, v.packets])
const ids = (verdicts: readonly Verdict[]) => verdicts.map(v => `${v.severity} ${v.id}`)
const without =
  (...packets: readonly number[]) =>
  (packet: number) =>
    !packets.includes(packet)

/** What goes wrong in the captures, by what their makers logged (captures/README.md); in all others nothing does. */
const wrong: Readonly<Record<string, readonly (readonly [string, string, readonly number[]])[]>> = {
  'ikev1-aggressive-psk.pcap': [['warning', 'aggressive-psk', [1, 2, 3]]],
  'ikev1-aggressive-unknown-id.pcap': [['error', 'authentication-failed', [2]]],
  'ikev1-aggressive-wrong-psk.pcap': [
    ['error', 'ikev1-auth-failed', [1, 2, 3]],
    ['warning', 'aggressive-psk', [1, 2]],
  ],
  'ikev1-wrong-id.pcap': [['error', 'ikev1-auth-failed', [5, 6]]],
  'ikev1-wrong-psk.pcap': [['error', 'ikev1-auth-failed', [7, 8, 9, 10, 11, 12]]],
  'ikev1-xauth-failed.pcap': [['error', 'looks-xauth-failed', [7, 8, 9, 10]]],
  'ikev2-4500-rejected.pcap': [['error', 'refused-by-icmp', [3, 4, 5, 6, 7, 8, 9, 10]]],
  'ikev2-auth-failed.pcap': [['error', 'looks-auth-failed', [5, 6]]],
  'ikev2-child-no-proposal.pcap': [['error', 'looks-child-refused', [5, 6]]],
  'ikev2-cert-expired.pcap': [['warning', 'looks-torn-down', [5, 7, 8]]],
  'ikev2-dead-peer.pcap': [['error', 'unanswered', [3, 4, 5, 6, 7]]],
  'ikev2-dpd.pcap': [['error', 'dead-peer', [17, 18, 20, 21, 23, 24, 26, 27]]],
  'ikev2-eap-failed.pcap': [['error', 'looks-eap-failed', [7, 8, 9]]],
  'ikev2-no-connection.pcap': [['error', 'no-proposal-chosen', [1, 2]]],
  'ikev2-no-proposal-chosen.pcap': [['error', 'no-proposal-chosen', [3, 4]]],
  'ikev2-port-unreachable.pcap': [['error', 'refused-by-icmp', [3, 4, 5, 6, 7, 8]]],
  'ikev2-psk-3des.pcap': [['warning', 'weak-algorithms', [4]]],
}

const damaged = [
  'ikev1-wrong-psk.pcap',
  'ikev2-cert-fragments.pcap',
  'ikev2-dpd.pcap',
  'ikev2-invalid-ke.pcap',
  'ikev2-no-proposal-chosen.pcap',
  'ikev2-port-unreachable.pcap',
  'ikev2-second-child.pcap',
]

describe('whole captures', () => {
  it('has only names of captures in its list', () => {
    expect(Object.keys(wrong).filter(name => !captureNames.includes(name))).toEqual([])
  })

  it.each(captureNames)('%s: exactly what is wrong with it', async name => {
    const { verdicts } = await storyOf(name)
    expect(bad(verdicts)).toEqual(wrong[name] ?? [])
    for (const verdict of verdicts) {
      expect(verdict.packets.length, verdict.id).toBeGreaterThan(0)
      for (const text of [verdict.title, verdict.cause, verdict.advice]) {
        expect(text).toMatch(/^[^\s].*[.)]$/)
        expect(text).not.toMatch(/undefined|NaN|\[object|\.\.|group 0/)
      }
    }
  })

  // The lab's: by its logs each of them came up.
  const healthy = [
    'ikev1-dpd-rekey',
    'ikev1-main-cert',
    'ikev1-main-psk',
    'ikev2-ah',
    'ikev2-cert-fragments',
    'ikev2-cert-ipfragments',
    'ikev2-forced-encap',
    'ikev2-invalid-ke',
    'ikev2-natt',
    'ikev2-natt-inside',
    'ikev2-psk',
    'ikev2-psk-3des',
    'ikev2-psk-aesgcm',
    'ikev2-second-child',
    'openiked-psk',
  ]
  it.each(healthy)('%s: looks established', async name => {
    const { verdicts } = await storyOf(`${name}.pcap`)
    expect(ids(verdicts)).toContain('good established')
  })
})

describe('what the lab’s peers agreed on and logged', () => {
  const title = async (name: string, id: string) =>
    (await storyOf(name)).verdicts.find(v => v.id === id)?.title ?? `no ${id}`

  it('is in the titles', async () => {
    expect(await title('openiked-psk.pcap', 'established')).toContain(
      'AES-GCM-16-128, HMAC-SHA2-256, CURVE25519 (group 31); ESP flows both ways',
    )
    expect(await title('ikev2-ah.pcap', 'established')).toContain('AH flows both ways')
    expect(await title('ikev2-psk-3des.pcap', 'dated-algorithms')).toContain(
      '3DES, HMAC-SHA1-96 and HMAC-SHA1',
    )
    expect(await title('ikev2-second-child.pcap', 'child-created')).toContain('1 CREATE_CHILD_SA exchange')
    expect(await title('ikev1-dpd-rekey.pcap', 'child-created')).toContain('2 quick modes')
    expect(await title('ikev2-invalid-ke.pcap', 'invalid-ke-payload')).toBe(
      '192.168.1.1 wants MODP-3072 (group 15) instead of MODP-2048 (group 14) of 192.168.1.2; the next IKE_SA_INIT had it.',
    )
  })

  // bob.swanctl.conf has `proposals = aes256-sha512-modp4096`.
  it('NO_PROPOSAL_CHOSEN tells the setting of the one who was refused, as its configuration has it', async () => {
    const { verdicts } = await storyOf('ikev2-no-proposal-chosen.pcap')
    expect(verdicts[0]!.advice).toContain('`proposals = aes256-sha512-modp4096`')
  })

  // A NAT between (nftables masquerade): seen from the bridge and from behind it; `encap = yes` on both sides.
  it('NAT is seen from both of its sides, and told from one that is pretended', async () => {
    expect(await title('ikev2-natt.pcap', 'nat-found')).toContain('the initiator, 192.168.1.254')
    expect(await title('ikev2-natt-inside.pcap', 'nat-found')).toContain('the initiator, 10.1.0.2')
    expect(await title('ikev2-forced-encap.pcap', 'encapsulation-forced')).toContain('force ESP into UDP')
    expect(await title('ikev2-psk.pcap', 'nat-found')).toBe('no nat-found')
  })
})

describe('captures cut by hand', () => {
  const cut = async (name: string, keeps: (packet: number) => boolean) =>
    (await storyOf(name, keeps)).verdicts

  it('one direction only is a capture of one direction, not a silent peer', async () => {
    // In ikev2-psk all odd packets are of 192.168.1.2, which begins.
    expect(bad(await cut('ikev2-psk.pcap', n => n % 2 === 1))).toEqual([
      ['warning', 'one-direction-captured', [3, 5, 11]],
    ])
  })

  it('port 4500 is silent once it was asked again and again', async () => {
    const verdicts = await stuckAt('ikev2-psk.pcap', 5)
    expect(bad(verdicts)).toEqual([['error', 'port-4500-silent', [4, 5, 6, 7]]])
    expect(verdicts[0]!.title).toContain('IKE_AUTH was sent there 3 times')
    expect(bad(await stuckAt('openiked-psk.pcap', 5))).toEqual([['error', 'auth-unanswered', [5, 6, 7]]])
    expect(bad(await cut('ikev2-psk.pcap', n => n <= 5))).toEqual([])
    expect(ids(await cut('ikev2-psk.pcap', n => n <= 4))).toEqual(['info nothing-after-init'])
  })

  it('without one direction of ESP it goes one way only, if it is more than a ping or two', async () => {
    const story = await storyOf('ikev2-psk.pcap', without(8, 10))
    expect(story.associations.map(a => a.packets)).toEqual([2])
    expect(ids(story.verdicts)).toEqual(['good established'])
    const more = { ...story.associations[0]!, packets: 3 }
    const verdicts = judge({ ...story, associations: [more] })
    expect(bad(verdicts)).toEqual([['warning', 'esp-one-way', [7, 9]]])
    expect(verdicts[0]!.title).toContain('from 192.168.1.2 to 192.168.1.1: 3 packets one way')
  })

  it('without one fragment of IKE_AUTH, and all that came of it, it says which is missing', async () => {
    // 5 and 6 are the two fragments of the request, 7 and 8 those of the answer (RFC 7383).
    const request = await cut('ikev2-cert-fragments.pcap', n => n <= 5)
    expect(bad(request)).toEqual([['error', 'fragments-lost', [5]]])
    expect(request[0]!.title).toContain(
      'Of the 2 fragments of IKE_AUTH from 192.168.1.2, number 2 never came',
    )
    const answer = await cut('ikev2-cert-fragments.pcap', n => n <= 8 && n !== 7)
    expect(bad(answer)).toEqual([['error', 'fragments-lost', [8]]])
    expect(answer[0]!.title).toContain('from 192.168.1.1, number 1 never came')
    // Where ESP follows, the capture missed the fragment, not the peer.
    expect(bad(await cut('ikev2-cert-fragments.pcap', without(6)))).toEqual([])
  })

  it('from the middle on nothing is held against anybody', async () => {
    for (const name of [
      'ikev2-psk.pcap',
      'ikev1-main-psk.pcap',
      'ikev1-wrong-psk.pcap',
      'ikev2-auth-failed.pcap',
    ])
      for (const from of [5, 6])
        expect(bad(await cut(name, n => n >= from)), `${name} from ${from}`).toEqual([])
  })

  it('a peer that dies is seen from anywhere', async () => {
    expect(bad(await cut('ikev2-dpd.pcap', n => n >= 7))).toEqual(wrong['ikev2-dpd.pcap'])
  })

  it('without the second IP fragment of IKE_AUTH it cannot know, and says that too', async () => {
    // 5 and 6 are the two IP fragments of IKE_AUTH.
    const verdicts = await stuckAt('ikev2-cert-ipfragments.pcap', 5)
    expect(ids(verdicts)).toEqual(['info nothing-after-init'])
    expect(verdicts[0]!.cause).toContain('IP fragments')
  })

  it('at every place where a healthy capture may end, nothing is an error', async () => {
    for (const name of [
      'ikev2-psk.pcap',
      'ikev1-main-psk.pcap',
      'ikev2-natt.pcap',
      'openiked-psk.pcap',
      'ikev2-invalid-ke.pcap',
    ])
      for (let last = 3; last <= 18; last++) {
        const errors = bad(await cut(name, n => n <= last)).filter(([severity]) => severity === 'error')
        expect(errors, `${name} up to ${last}`).toEqual([])
      }
  })
})

describe('damaged captures', () => {
  it('are judged without a fall, and with packets that exist', async () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(await Promise.all(damaged.map(name => framesOf(captureFile(name)))))),
        fc.array(fc.tuple(fc.nat(20), fc.nat(700), fc.nat(255)), { minLength: 1, maxLength: 30 }),
        (frames, changes) => {
          const copies = frames.map(frame => ({ ...frame, bytes: Uint8Array.from(frame.bytes) }))
          for (const [packet, at, value] of changes) {
            const bytes = copies[packet % copies.length]!.bytes
            bytes[(42 + at) % bytes.length] = value
          }
          for (const { packets } of told(copies).verdicts)
            expect(packets.every(n => n >= 1 && n <= frames.length)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

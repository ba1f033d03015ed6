import { describe, expect, it } from 'vitest'
import { judge } from '../../src/follow/verdicts.ts'
import { storyIn } from './following.ts'
import { authPair, facts, initPair, message, negotiation, repeated } from './verdicts-builder.ts'

// What the daemons were told to do wrong, or what they logged, is in captures/README.md; here is what a hurried reader has to find.

const all = async (name: string) => {
  const { negotiations, verdicts } = await storyIn(name)
  return { outcome: negotiations[0]!.outcome, verdicts, first: verdicts[0]! }
}

describe('IKEv1 that fails', () => {
  it('by an identity says so, and not that the keys differ', async () => {
    const { first, outcome } = await all('ikev1-wrong-id.pcap')
    expect(outcome).toBe(
      'Main mode stopped at message 5 of 6, which was sent once; an encrypted Informational message came instead of the next one',
    )
    expect(first.title).toContain('refused its identity')
    expect(first.advice).toMatch(/^Compare the identities/)
  })

  it('by a key in aggressive mode says whose complaint came', async () => {
    const { first } = await all('ikev1-aggressive-wrong-psk.pcap')
    expect(first.title).toMatch(/^192\.168\.1\.1 sent an INFORMATIONAL message instead of the third one/)
    expect(first.title).toContain('different pre-shared keys')
  })

  it('at the first message of aggressive mode does not blame the key', async () => {
    const { first } = await all('ikev1-aggressive-unknown-id.pcap')
    expect(first.cause).toContain('no wrong key')
  })

  it('by a password says so only where XAUTH does not go on', async () => {
    const { first } = await all('ikev1-xauth-failed.pcap')
    expect(first.title).toContain('(XAUTH)')
    const { verdicts } = await all('ikev1-xauth.pcap')
    expect(verdicts.map(v => v.id)).not.toContain('looks-xauth-failed')
    expect(verdicts.map(v => v.id)).toContain('established')
  })
})

describe('IKEv2 that fails', () => {
  it.each([
    ['ikev2-cert-expired.pcap', 'IKE_AUTH was answered, and only one INFORMATIONAL exchange followed; '],
    ['ikev2-eap-failed.pcap', 'IKE_AUTH took several rounds, as with EAP, and looks to have failed: '],
    ['ikev2-auth-failed.pcap', 'IKE_AUTH looks refused: '],
    ['ikev2-child-no-proposal.pcap', 'IKE_AUTH was answered, but looks to have made no tunnel: '],
  ])('in %s does not look established', async (name, begin) => {
    const { outcome, verdicts } = await all(name)
    expect(outcome.slice(0, begin.length)).toBe(begin)
    expect(verdicts.map(v => v.id)).not.toContain('established')
  })

  it('for want of a connection does not only talk of algorithms', async () => {
    const { first } = await all('ikev2-no-connection.pcap')
    expect(first.advice).toMatch(/^`swanctl --list-conns` on 192\.168\.1\.2: /)
    const refused = await all('ikev2-no-proposal-chosen.pcap')
    expect(refused.first.advice).not.toContain('list-conns')
  })

  it('at a firewall that says so names the port', async () => {
    const { first } = await all('ikev2-4500-rejected.pcap')
    expect(first.title).toMatch(
      /^IKE_AUTH from 192\.168\.1\.1 to 192\.168\.1\.2 port 4500 was answered by ICMP only/,
    )
  })
})

describe('an answer of IKE_AUTH', () => {
  const told = (...messages: Parameters<typeof negotiation>[0]) =>
    judge(facts([negotiation([...initPair(), ...messages], { progress: 'authenticating' })]))

  it('that is too long to arrive makes nothing established, and fragments are named', () => {
    const [request, answer] = authPair(3, 1584)
    const verdicts = told(
      { ...request!, repeats: repeated(13, 27) },
      { ...answer!, repeats: repeated(14, 28) },
    )
    expect(verdicts.map(v => v.id)).toEqual(['answers-lost'])
    expect(verdicts[0]!.cause).toContain('1584 bytes')
    expect(verdicts[0]!.advice).toMatch(/^Lower the size of fragments/)
  })

  it('that asked for certificates and got a short request makes one think of them', () => {
    const [init, choice] = initPair()
    const asking = { ...choice!, payloads: ['SA', 'KE', 'Nonce', 'CERTREQ'] }
    const verdicts = judge(facts([negotiation([init!, asking, ...authPair(3, 80)])]))
    expect(verdicts[0]!.cause).toContain('asked for certificates in packet 2')
    expect(told(...authPair(3, 80))[0]!.cause).not.toContain('asked for certificates')
  })

  it('that the initiator ends at once may have been EAP', () => {
    // A twentieth of a second after the answer.
    const end = message(5, 37, { isEncrypted: true, messageId: 2, time: 1000.45 })
    const [verdict] = told(...authPair(3, 160), end)
    expect(verdict!.id).toBe('looks-child-refused')
    expect(verdict!.cause).toContain('ended it at once')
  })
})

describe('IKEv2 that works', () => {
  it('with a cookie or in rounds of EAP is good', async () => {
    const cookie = await all('ikev2-cookie.pcap')
    expect(cookie.verdicts.map(v => `${v.severity} ${v.id}`)).toEqual([
      'good established',
      'info cookie-asked',
      'info encapsulation-forced',
    ])
    const eap = await all('ikev2-eap.pcap')
    expect(eap.verdicts.map(v => `${v.severity} ${v.id}`)).toEqual([
      'good established',
      'info encapsulation-forced',
    ])
  })
})

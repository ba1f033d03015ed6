import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

// strongSwan offers a group of 4096 bits to one who accepts none of it. Values as tshark has them.
const offer = `
  c9d57d4ae0ed347f00000000000000002120220800000000000002d0220000300000002c010100040300000c0100000c800e0100
  030000080300000e030000080200000700000008040000102800020800100000c85fe3ba402a12fbb4ab9ac42a4efbc07f6eaf8c
  fcb71a1bcc35d56d8b28d3f3274974993ec2a7b28be84f7f22aaab3a3302816ae0f97046a86df9421866ef7a54f97e386f710024
  ba5b9e138cd837b1fbe271cb0510fc41590f12aefc3d554ad63009dd3c85388e2c909e2e80da062f13e425614b4422d1d2002372
  c53478ae662d8b66d0672d764377bf2b4f85a2851cf3373b6f2d049ba1b0e05eea683d0887dcee7681dfbbcacc51a7b0d3c39d57
  80c3076dd352d1ac33b7163e567724517c7057733ad784ec0e7fee4a4b65dfa4e1d0f26ac1d3693104ee4d044c8b8b8d4401f909
  fccdf1a4e3a240a7cde070b4df6b543cfd46b956fd86299060262b46a1c427dd1be278d6cbe2511e9b5b3be07313ad11f36927de
  56f9b156966092c730c8a5ba3702d13045fcd0421821e786ab700760afd55a5ba2d7fad5e5942f5a1b247f761356fa176c9439dd
  53b8954b2a7002a85f54d77909546ca3b6b79bd7029763018b17942a788c6b3e8e5e9891a33f0515ece6f53fc9caa24ca7f65add
  e244baa43aed281f24b192e25e452cf84dd636109a4ffa259db134f5bab527631bc3b9a32fec5f55a292e0cb72e22e176b30ab95
  8f55a5385cbfa6bfed6f93c7ee1c92e0873095ab4caf9b42bcc9e790594a1774afc41f0af28655e47f8d728139d5d50e0b3bb48a
  77b2a1189cd4b7159b4c5302ff4aa1406a02ae6b543af4c9290000243c6944efcffac5b82f26f5f755203975fead57e550604335
  6c8f6c711658f8d22900001c000040040b98a25456cfb0a40203762b87f029be8b7d8ce72900001c000040059a906bbee0e3228d
  706e96869608cec210e1ab9a290000080000402e290000100000402f00020003000400050000000800004016`
const refusal = 'c9d57d4ae0ed347f0000000000000000292022200000000000000024000000080000000e'
const otherGroup = '291bb3ba8e40794800000000000000002920222000000000000000260000000a00000011000f'

const ike = (hex: string, cut = 0) => peel(udp4(500, 500, hex.replace(/\s+/g, ''), cut))
const summaryOf = (peeled: ReturnType<typeof ike>) =>
  peeled.found.layer(2).protocol.summary(peeled.found.layer(2))

/** A message of one payload; its length is filled in. */
const message = (type: string, body: string) => {
  const payload = body.replace(/\s+/g, '')
  const length = (n: number, digits: number) => n.toString(16).padStart(digits, '0')
  const size = payload.length / 2 + 4
  return ike(
    `${'cdbf9c993440b100'.repeat(2)}${type}20250800000000${length(28 + size, 8)}0000${length(size, 4)}${payload}`,
  )
}

describe('an offer', () => {
  it('is read to the last attribute', () => {
    const { values, show, places, notes, statuses } = ike(offer)
    expect(statuses.at(-1)).toBe('complete')
    expect(values('isakmp.prop.number')).toEqual([1])
    expect(show('isakmp.prop.protoid')).toEqual(['IKE (1)'])
    expect(values('isakmp.prop.transforms')).toEqual([4])
    expect(values('isakmp.tf.type')).toEqual([1, 3, 2, 4])
    expect(show('isakmp.tf.id.encr')).toEqual(['ENCR_AES_CBC (12)'])
    expect(show('isakmp.tf.id.integ')).toEqual(['AUTH_HMAC_SHA2_512_256 (14)'])
    expect(show('isakmp.tf.id.prf')).toEqual(['PRF_HMAC_SHA2_512 (7)'])
    expect(show('isakmp.tf.id.dh')).toEqual(['4096-bit MODP (16)'])
    expect(show('isakmp.ike2.attr.key_length')).toEqual(['256 bits'])
    // 28 bytes of IP and UDP, 28 of IKE, 4 of the SA payload.
    expect(places('isakmp.prop.number')).toEqual([`${(28 + 28 + 4 + 4) * 8}+8`])
    expect(places('isakmp.ike2.attr.key_length')).toEqual([`${(28 + 28 + 4 + 8 + 8 + 2) * 8}+16`])
    expect(show('isakmp.key_exchange.dh_group')).toEqual(['4096-bit MODP (16)'])
    expect(String(values('isakmp.key_exchange.data')[0])).toHaveLength(1024)
    expect(values('isakmp.nonce')).toEqual([
      '3c6944efcffac5b82f26f5f755203975fead57e5506043356c8f6c711658f8d2',
    ])
    expect(values('isakmp.notify.msgtype')).toEqual([16388, 16389, 16430, 16431, 16406])
    expect(values('isakmp.notify.data')).toEqual([
      '0b98a25456cfb0a40203762b87f029be8b7d8ce7',
      '9a906bbee0e3228d706e96869608cec210e1ab9a',
    ])
    expect(show('isakmp.notify.data.signature_hash_algorithms')).toEqual([
      'SHA2-256 (2)',
      'SHA2-384 (3)',
      'SHA2-512 (4)',
      'Identity (5)',
    ])
    // The packet around is made up, so the hashes are of other addresses.
    expect(notes.filter(note => !note.startsWith('info: Not the hash of 192.0.2.'))).toEqual([])
  })

  it('is named with its notifies', () => {
    expect(summaryOf(ike(offer))).toBe(
      'IKEv2 IKE_SA_INIT request 0: SA, KE, Nonce, N(NATD_S_IP), N(NATD_D_IP), N(FRAG_SUP), N(HASH_ALG), N(REDIR_SUP)',
    )
  })
})

describe('a refusal', () => {
  it('says so in the list and in a note', () => {
    const refused = ike(refusal)
    expect(summaryOf(refused)).toBe('IKEv2 IKE_SA_INIT response 0: N(NO_PROPOSAL_CHOSEN)')
    expect(refused.notes).toEqual([
      'warning: NO_PROPOSAL_CHOSEN: None of the proposals is acceptable: the two sides have no set of algorithms in common.',
    ])
  })

  it('names the group that is wanted instead', () => {
    const other = ike(otherGroup)
    expect(other.show('isakmp.notify.data.accepted_dh_group')).toEqual(['3072-bit MODP (15)'])
    expect(summaryOf(other)).toBe('IKEv2 IKE_SA_INIT response 0: N(INVALID_KE_PAYLOAD)')
  })
})

describe('key exchanges', () => {
  it('fit their group', () => {
    expect(message('22', `001f0000${'4b'.repeat(32)}`).notes).toEqual([])
    expect(message('22', `001f0000${'4b'.repeat(31)}`).notes).toEqual([
      'error: Curve25519 has 32 bytes, not 31',
    ])
    expect(message('22', `00020000${'4b'.repeat(128)}`).notes).toEqual([
      'warning: This group is too weak today (RFC 8247 §2.4)',
    ])
    expect(message('28', 'aabb').notes).toEqual(['error: A nonce has 16 to 256 bytes, not 2'])
  })
})

describe('vendor IDs', () => {
  it('are known by their bytes', () => {
    const { found } = message('2b', Buffer.from('OpenIKED-7.3').toString('hex'))
    const labels = found.fields.slice(0, found.fieldCount).map(f => f.label)
    expect(labels).toContain('Vendor ID: OpenIKED')
  })
})

describe('lies', () => {
  const proposal = (length: string, spiSize: string, count: string, rest: string) =>
    message('21', `0000${length} 0101${spiSize}${count} ${rest}`)
  const transform = '00000008 04000010'

  it('about the length of a proposal', () => {
    expect(proposal('0007', '00', '01', transform).statuses.at(-1)).toBe('malformed')
    expect(proposal('0000', '00', '01', transform).statuses.at(-1)).toBe('malformed')
    expect(proposal('ffff', '00', '01', transform).notes).toEqual([
      'error: Malformed: Proposal length claims 65535 bytes for Proposal, Payload length leaves 16',
    ])
  })

  it('about the number of transforms', () => {
    expect(proposal('0010', '00', 'ff', transform).notes).toEqual([
      'error: The proposal says that it has 255 transforms, and has 1',
    ])
  })

  it('about the size of an SPI', () => {
    expect(proposal('0010', 'ff', '01', transform).notes).toEqual([
      'error: Malformed: SPI needs 255 bytes, Proposal length leaves 8',
    ])
    expect(message('29', '01ff000e').statuses.at(-1)).toBe('malformed')
    expect(message('2a', '03ffffff aabb').statuses.at(-1)).toBe('malformed')
    expect(message('2a', '0300ffff').statuses.at(-1)).toBe('complete')
  })

  it('about the length of a transform or an attribute', () => {
    expect(proposal('0010', '00', '01', '00000000 04000010').statuses.at(-1)).toBe('malformed')
    expect(proposal('0014', '00', '01', '0000000c 0100000c 000effff').notes).toEqual([
      'error: Malformed: Attribute length claims 65539 bytes for Transform attribute, Transform length leaves 4',
    ])
  })

  it('about what follows', () => {
    expect(proposal('0010', '00', '01', '03000008 04000010').notes).toEqual([
      'error: No transform follows the last one',
    ])
  })
})

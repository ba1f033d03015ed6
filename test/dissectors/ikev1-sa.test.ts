import { describe, expect, it } from 'vitest'
import { durationText, volumeText } from '../../dissectors/ikev1-attributes.ts'
import { payload } from './ikev1.ts'

// strongSwan's first message of captures/ikev1-main-psk.pcap; values as tshark 4.0 shows them.
const mainMode = `00000001 00000001
  0000002c 01010001
  00000024 01010000 80010007 800e0080 80020004 8004000e 80030001 800b0001 800c3de0`

describe('an SA payload of IKEv1', () => {
  it('is delimited down to the attributes of phase 1', () => {
    const { values, places, show, notes } = payload(1, mainMode)
    expect(notes).toEqual([])
    expect(show('isakmp.sa.doi')).toEqual(['IPsec (1)'])
    expect(values('isakmp.sa.situation')).toEqual([1])
    expect(places('isakmp.sa.situation.identity_only')).toEqual(['543+1'])
    expect(places('isakmp.sa.situation.secrecy')).toEqual(['542+1'])
    expect(places('isakmp.sa.situation.integrity')).toEqual(['541+1'])
    expect(places('isakmp.typepayload').slice(1)).toEqual(['544+352', '608+288'])
    expect(values('isakmp.payloadlength')).toEqual([56, 44, 36])
    expect(values('isakmp.prop.number')).toEqual([1])
    expect(show('isakmp.prop.protoid')).toEqual(['ISAKMP (1)'])
    expect(values('isakmp.spisize')).toEqual([0])
    expect(values('isakmp.prop.transforms')).toEqual([1])
    expect(values('isakmp.trans.number')).toEqual([1])
    expect(show('isakmp.trans.id')).toEqual(['KEY_IKE (1)'])
    expect(values('isakmp.ike.attr.format')).toEqual([1, 1, 1, 1, 1, 1, 1])
    expect(values('isakmp.ike.attr.type')).toEqual([1, 14, 2, 4, 3, 11, 12])
    expect(places('isakmp.ike.attr.format')[0]).toBe('672+1')
    expect(places('isakmp.ike.attr.type')[0]).toBe('673+15')
    expect(show('isakmp.ike.attr.encryption_algorithm')).toEqual(['AES-CBC (7)'])
    expect(places('isakmp.ike.attr.encryption_algorithm')).toEqual(['688+16'])
    expect(show('isakmp.ike.attr.key_length')).toEqual(['128 bits'])
    expect(show('isakmp.ike.attr.hash_algorithm')).toEqual(['SHA2-256 (4)'])
    expect(show('isakmp.ike.attr.group_description')).toEqual(['2048-bit MODP (14)'])
    expect(show('isakmp.ike.attr.authentication_method')).toEqual(['pre-shared key (1)'])
    expect(show('isakmp.ike.attr.life_type')).toEqual(['seconds (1)'])
    expect(values('isakmp.ike.attr.life_duration')).toEqual([15840])
    expect(show('isakmp.ike.attr.life_duration')).toEqual(['4 hours 24 minutes (15840 seconds)'])
  })

  it('offers several protocols in phase 2, with lifetimes in both units', () => {
    const { values, show, notes } = payload(
      1,
      `00000001 00000001
       02000034 01030402 c0ffee01
         03000018 010c0000 80010001 00020004 00015180 80040003
         00000010 02030000 80010002 80020400
       02000016 01040201 0002 0000000c 01020000 80040001
       00000018 02020401 c0ffee02 0000000c 01030000 80050002`,
    )
    expect(notes).toEqual([])
    expect(values('isakmp.prop.number')).toEqual([1, 1, 2])
    expect(show('isakmp.prop.protoid')).toEqual(['ESP (3)', 'IPComp (4)', 'AH (2)'])
    expect(values('isakmp.spi')).toEqual(['c0ffee01', '0002', 'c0ffee02'])
    expect(show('isakmp.trans.id')).toEqual([
      'ESP_AES-CBC (12)',
      'ESP_3DES (3)',
      'IPCOMP_DEFLATE (2)',
      'AH_SHA (3)',
    ])
    expect(show('isakmp.ipsec.attr.life_duration')).toEqual([
      '1 day (86400 seconds)',
      '1 MiB (1024 kilobytes)',
    ])
    expect(values('isakmp.ipsec.attr.length')).toEqual([4])
    expect(show('isakmp.ipsec.attr.encap_mode')).toEqual(['UDP-Encapsulated-Tunnel (3)', 'Tunnel (1)'])
    expect(show('isakmp.ipsec.attr.auth_algorithm')).toEqual(['HMAC-SHA (2)'])
  })

  it('keeps attributes that are odd', () => {
    const transform = (attributes: string, length: string) =>
      payload(1, `00000001 00000001 000000${length} 01010001 000000${'18'} 01010000 ${attributes}`)
    const wide = transform('000c0008 0000000000015180 c0000001', '20')
    expect(wide.values('isakmp.ike.attr.life_duration64')).toEqual(['0000000000015180'])
    expect(wide.values('isakmp.ike.attr.value')).toEqual(['0001'])
    expect(wide.show('isakmp.ike.attr.type')).toEqual(['Life Duration (12)', 'unassigned (16384)'])
    const five = transform('00010005 0000000001 00020003 000006', '20')
    expect(five.values('isakmp.ike.attr.value')).toEqual(['0000000001'])
    expect(five.show('isakmp.ike.attr.hash_algorithm')).toEqual(['SHA2-512 (6)'])
    const none = transform('00010000 000c0000 800c0000 80010001', '20')
    expect(none.notes).toEqual([
      'info: The attribute has no value',
      'info: The attribute has no value',
      'warning: A lifetime of 0 ends before it begins',
    ])
  })

  it('of another domain, or with labels, is bytes', () => {
    expect(payload(1, '00000002 00000001').values('isakmp.datapayload')).toEqual(['00000001'])
    const labelled = payload(1, '00000001 00000003 0102')
    expect(labelled.values('isakmp.datapayload')).toEqual(['0102'])
    expect(labelled.notes).toEqual(['info: Labels of secrecy or integrity follow; they are not read'])
  })
})

describe('an SA payload that lies', () => {
  const malformed = (contents: string) => {
    const { statuses, notes } = payload(1, `00000001 00000001 ${contents}`)
    expect(statuses.at(-1)).toBe('malformed')
    return notes.at(-1)
  }

  it('about the length of a proposal', () => {
    expect(malformed('0000ffff 01010000')).toBe(
      'error: Malformed: Payload length claims 65535 bytes for Proposal payload, Payload length leaves 8',
    )
    expect(malformed('00000000 01010000')).toBe(
      'error: Malformed: Payload length is 0, but 4 bytes of Proposal payload came before',
    )
    expect(malformed('00000004 01010000')).toBe(
      'error: Malformed: Proposal number needs 1 byte, Payload length leaves 0',
    )
  })

  it('about the size of an SPI', () => {
    expect(malformed('00000008 0103ff00')).toBe(
      'error: Malformed: SPI needs 255 bytes, Payload length leaves 0',
    )
  })

  it('about the length of a transform', () => {
    expect(malformed('00000010 01010001 00000000 01010000')).toBe(
      'error: Malformed: Payload length is 0, but 4 bytes of Transform payload came before',
    )
    expect(malformed('00000010 01010001 00000009 01010000')).toBe(
      'error: Malformed: Payload length claims 9 bytes for Transform payload, Payload length leaves 8',
    )
  })

  it('about the length of an attribute', () => {
    expect(malformed('00000014 01010001 0000000c 01010000 0001ffff')).toBe(
      'error: Malformed: Attribute length claims 65539 bytes for Attribute, Payload length leaves 4',
    )
    expect(malformed('00000012 01010001 0000000a 01010000 8001')).toBe(
      'error: Malformed: Attribute type claims 4 bytes for Attribute, Payload length leaves 2',
    )
  })

  it('about how many transforms there are, or what follows', () => {
    const { notes, values } = payload(1, '00000001 00000001 00000010 010100ff 00000008 01010000')
    expect(notes).toEqual(['error: 255 transforms are promised, 1 are here'])
    expect(values('isakmp.prop.transforms')).toEqual([255])
    expect(payload(1, '00000001 00000001 05000010 01010001 07000008 01010000').notes).toEqual([
      'error: Only a proposal may follow a proposal',
      'error: Only a transform may follow a transform',
    ])
  })

  it('or was cut', () => {
    const { statuses, values } = payload(1, mainMode, 6)
    expect(statuses.at(-1)).toBe('truncated')
    expect(values('isakmp.ike.attr.type')).toEqual([1, 14, 2, 4, 3, 11])
  })
})

describe('lifetimes', () => {
  it('read as people say them', () => {
    expect(durationText(0)).toBe('0 seconds')
    expect(durationText(1)).toBe('1 second')
    expect(durationText(59)).toBe('59 seconds')
    expect(durationText(60)).toBe('1 minute (60 seconds)')
    expect(durationText(28800)).toBe('8 hours (28800 seconds)')
    expect(durationText(90061)).toBe('1 day 1 hour 1 minute 1 second (90061 seconds)')
    expect(volumeText(512)).toBe('512 KiB (512 kilobytes)')
    expect(volumeText(4608000)).toBe('4.39 GiB (4608000 kilobytes)')
  })
})

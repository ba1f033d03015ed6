import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const none = '00000000000000000000000000000000'
const initiator = 'e33009b00f9bfc471a04a8cff402f668'
const responder = '72a754aa9bc8f8ee8f2b6dbb7bb9be5c'

/** A datagram with both cookies; `message` begins with its kind. */
const photuris = (message: string, cut = 0) => peel(udp4(40000, 468, initiator + responder + message, cut))

// The layouts are those of OpenBSD's photurisd (packets.h, attributes.h) and of RFC 2522 §2 to 7.
describe('Photuris', () => {
  it('begins with cookies', () => {
    const { stack, values, places, show, notes } = peel(udp4(40000, 468, `${initiator}${none}0000`))
    expect(stack).toEqual(['ip', 'udp', 'photuris'])
    expect(values('photuris.initiator_cookie')).toEqual([initiator])
    expect(places('photuris.initiator_cookie')).toEqual(['224+128'])
    expect(values('photuris.responder_cookie')).toEqual([none])
    expect(places('photuris.responder_cookie')).toEqual(['352+128'])
    expect(show('photuris.message')).toEqual(['Cookie_Request (0)'])
    expect(places('photuris.message')).toEqual(['480+8'])
    expect(values('photuris.counter')).toEqual([0])
    expect(notes).toEqual([])
  })

  it('lists the schemes of an offer, each with its modulus', () => {
    const { show, values, places, notes, line } = photuris('01 01 0002 0000 0003 0010 8088 001c 000a 03ff')
    expect(values('photuris.counter')).toEqual([1])
    expect(show('photuris.scheme')).toEqual([
      'generator 2, MD5 (2)',
      'generator 3, MD5 (3)',
      'variable generator, SHA-1, Triple DES (28)',
    ])
    expect(places('photuris.offered_scheme')).toEqual(['496+32', '528+48', '576+48'])
    expect(show('photuris.modulus.size')).toEqual(['0 bits', '16 bits', '10 bits'])
    expect(values('photuris.modulus.value')).toEqual(['8088', '03ff'])
    expect(notes).toEqual([])
    expect(line()).toContain('photuris Cookie_Response, scheme generator 2, MD5 (2)')
    expect(photuris('01 01').notes).toEqual(['error: No scheme is offered, so none can be chosen'])
  })

  it('reads the values of the key exchange and the attributes offered', () => {
    const { show, values, places, notes } = photuris('02 01 0002 0020 804f710e 0500 0a027b73 0100 0200 fe00')
    expect(show('photuris.scheme')).toEqual(['generator 2, MD5 (2)'])
    expect(values('photuris.exchange_value.value')).toEqual(['804f710e'])
    expect(places('photuris.exchange_value')).toEqual(['512+48'])
    expect(show('photuris.attribute.type')).toEqual([
      'MD5-IPMAC (5)',
      'XOR (10)',
      'AH-Attributes (1)',
      'ESP-Attributes (2)',
      'HMAC (254)',
    ])
    expect(values('photuris.attribute.value')).toEqual(['7b73'])
    expect(notes).toEqual([])
    const response = photuris('03 000000 0008 96 0600')
    expect(response.values('photuris.reserved')).toEqual([0])
    expect(response.values('photuris.exchange_value.value')).toEqual(['96'])
    expect(response.show('photuris.attribute.type')).toEqual(['SHA1-IPMAC (6)'])
  })

  it('says what is masked', () => {
    for (const message of ['04', '05', '06', '07', '09']) {
      const { values, show, places, statuses, notes } = photuris(`${message} 000e10 6bef79cb 7b90a92a`)
      expect(show('photuris.lifetime')).toEqual(['3600 seconds'])
      expect(show('photuris.spi')).toEqual(['0x6bef79cb'])
      expect(places('photuris.spi')).toEqual(['512+32'])
      expect(values('photuris.masked')).toEqual(['7b90a92a'])
      expect(statuses.at(-1)).toBe('opaque')
      expect(notes).toEqual([
        'info: Masked: identities and choices can be read only with the shared secret of this exchange',
      ])
    }
    const needed = photuris('08 000000 00000000 a16fd519')
    expect(needed.values('photuris.reserved_spi')).toEqual([0])
    expect(needed.values('photuris.masked')).toEqual(['a16fd519'])
    expect(photuris('08 000000 00000001').notes).toContain('warning: The reserved bytes are to be 0')
  })

  it('reads errors', () => {
    expect(photuris('0a').show('photuris.message')).toEqual(['Bad_Cookie (10)'])
    expect(photuris('0b').notes).toEqual([])
    expect(photuris('0b05').values('photuris.counter')).toEqual([5])
    expect(photuris('0c').show('photuris.message')).toEqual(['Verification_Failure (12)'])
    const reject = photuris('0d 05 0020')
    expect(reject.show('photuris.bad_message')).toEqual(['Secret_Response (5)'])
    expect(reject.show('photuris.offset')).toEqual(['32 bytes'])
    expect(reject.line()).toContain('photuris Message_Reject of Secret_Response (5), offset 32')
  })

  it('warns of what is odd and reads on', () => {
    expect(peel(udp4(468, 468, `${none}${none}0201000200088000`)).notes.slice(0, 2)).toEqual([
      'error: An initiator’s cookie is never 0',
      'error: Only a first Cookie_Request has no responder’s cookie',
    ])
    expect(photuris('c877686174').notes).toEqual(['warning: A message of this number is not known'])
    expect(photuris('c877686174').values('photuris.data')).toEqual(['77686174'])
    expect(photuris('0a77').notes).toEqual(['warning: Bytes follow the end of the message'])
    expect(photuris('03 000000 000a 8001').notes).toEqual([
      'warning: The bits in front of the number are to be 0',
    ])
  })

  it('refuses sizes that lie', () => {
    const long = photuris('02 01 0002 1000 72289c1a')
    expect(long.statuses.at(-1)).toBe('malformed')
    expect(long.notes).toEqual(['error: Malformed: Value needs 512 bytes, Length leaves 4'])
    // 255 in front: four bytes, and 65,280 more than they say.
    expect(photuris('02 01 0002 ff000008 72').show('photuris.exchange_value.size')).toEqual(['65288 bits'])
    expect(photuris('02 01 0002 ff000008 72').notes).toEqual([
      'error: Malformed: Value needs 8161 bytes, Length leaves 1',
    ])
    expect(photuris('02 01 0002 ffff0000 00000008 72').notes).toEqual([
      'error: Malformed: Exchange value is longer than any datagram',
    ])
    expect(photuris('03 000000 0000 05').notes).toEqual([
      'error: Malformed: Length needs 1 byte, Length leaves 0',
    ])
    expect(photuris('03 000000 0000 05ff').notes).toEqual([
      'error: Malformed: Length claims 257 bytes for Offered attribute, Length leaves 2',
    ])
    expect(photuris('01 01 0002').statuses.at(-1)).toBe('malformed')
    expect(peel(udp4(468, 468, initiator)).statuses.at(-1)).toBe('malformed')
  })

  it('is truncated where the capture ends in it', () => {
    const { statuses, notes } = photuris('02 01 0002 0020 804f710e', 3)
    expect(statuses.at(-1)).toBe('truncated')
    expect(notes).toEqual(['warning: Truncated: Value needs 4 bytes, the capture holds 1'])
    expect(photuris('04 000e10 6bef79cb 7b90a92a', 2).values('photuris.masked')).toEqual(['7b90'])
  })
})

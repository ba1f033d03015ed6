import { describe, expect, it } from 'vitest'
import { udp4 } from '../craft.ts'
import { frameOf, hexBytes, peel, raw } from '../peel.ts'

/** An IKE message with zeros for the length filled in. */
const ike = (header: string, payloads = '', cut = 0) => {
  const length = 28 + hexBytes(payloads).length
  return peel(udp4(500, 500, `${header}${length.toString(16).padStart(8, '0')}${payloads}`, cut))
}
const v2 = (next: string, flags = '08', exchange = '25') =>
  `cdbf9c993440b100 97af7ba5d2574913 ${next} 20 ${exchange} ${flags} 00000001`
const v1 = (next: string, flags = '00', exchange = '02') =>
  `819e4950047e2f59 c54e8f50375575c2 ${next} 10 ${exchange} ${flags} 00000000`

// OpenBSD iked, as a capture of 102 bytes kept it.
const started = hexBytes(`
  4500021a1e1d00004011d762c0a80102c0a8010101f401f402060b72cdbf9c993440b100000000000000000021202208
  00000000000001fe220000700000006c0101000b0300000c0100000c800e01000300000c0100000c800e00c00300000c0100000c800e`)

// strongSwan, main mode with a pre-shared key: the first message.
const mainMode = `fee1bbd10001 fee1bbd10002 0800 450000d0 3a014000 40117cc8 c0a80102 c0a80101 01f401f4 00bc6e20
  819e4950047e2f59 0000000000000000 01 10 02 00 00000000 000000b4
  0d 00 0038 00000001000000010000002c01010001000000240101000080010007800e0080800200048004000e80030001800b0001800c3de0
  0d 00 000c 09002689dfd6b712
  0d 00 0014 afcad71368a1f1c96b8696fc77570100
  0d 00 0018 4048b7d56ebce88525e7de7f00d6c2d380000000
  0d 00 0014 4a131c81070358455c5728f20e95452f
  00 00 0014 90cb80913ebb696e086381b5ec427b1f`

describe('the header of IKEv2', () => {
  it('is delimited to the bit', () => {
    const { values, places, show } = peel(frameOf(started, raw, 538))
    expect(values('isakmp.ispi')).toEqual(['cdbf9c993440b100'])
    expect(values('isakmp.rspi')).toEqual(['0000000000000000'])
    expect(show('isakmp.nextpayload')[0]).toBe('Security Association (33)')
    expect(show('isakmp.version')).toEqual(['2.0'])
    expect(places('isakmp.mjver')).toEqual(['360+4'])
    expect(places('isakmp.mnver')).toEqual(['364+4'])
    expect(show('isakmp.exchangetype')).toEqual(['IKE_SA_INIT (34)'])
    expect(values('isakmp.flags')).toEqual([8])
    expect(show('isakmp.flag_i')).toEqual(['from the initiator (1)'])
    expect(places('isakmp.flag_i')).toEqual(['380+1'])
    expect(places('isakmp.flag_v')).toEqual(['379+1'])
    expect(show('isakmp.flag_r')).toEqual(['request (0)'])
    expect(places('isakmp.flag_r')).toEqual(['378+1'])
    expect(show('isakmp.messageid')).toEqual(['0x00000000'])
    expect(values('isakmp.length')).toEqual([510])
  })

  it('prints as OpenBSD printed it', () => {
    expect(peel(frameOf(started, raw, 538)).line({ verbose: 3, numeric: false })).toBe(
      '192.168.1.2.isakmp > 192.168.1.1.isakmp: isakmp v2.0 exchange IKE_SA_INIT\n' +
        '\tcookie: cdbf9c993440b100->0000000000000000 msgid: 00000000 len: 510\n' +
        '\tpayload: SA len: 112 [|isakmp] (ttl 64, id 7709, len 538)',
    )
    expect(peel(frameOf(started, raw, 538)).line()).toBe(
      '192.168.1.2.500 > 192.168.1.1.500: isakmp v2.0 exchange IKE_SA_INIT\n' +
        '\tcookie: cdbf9c993440b100->0000000000000000 msgid: 00000000 len: 510',
    )
  })

  it('warns of reserved flags, odd exchanges and an empty SPI', () => {
    expect(ike(v2('00', '01')).notes).toEqual(['warning: Reserved flag bits are set'])
    expect(ike(v2('00', '08', '02')).notes).toEqual([
      'error: IKEv2 has no exchange Identity Protection (Main Mode)',
    ])
    expect(ike(v2('00', '08', '80')).notes).toEqual(['warning: An exchange of this number is not known'])
    expect(ike('0000000000000000 97af7ba5d2574913 00 20 25 08 00000000').notes).toEqual([
      'error: An initiator’s SPI is never 0',
    ])
  })

  it('is not read on in a version that nobody defined', () => {
    const { notes, line, stack } = ike(`${'cdbf9c993440b100'.repeat(2)} 21 30 22 08 00000000`, '00000004')
    expect(notes).toEqual(['error: IKE version 3: only 1 and 2 are defined, the payloads are not read'])
    expect(stack.at(-1)).toBe('data')
    expect(line()).toMatch(/isakmp v3\.0 exchange IKE_SA_INIT\n\tcookie: .* len: 32 new version$/)
  })
})

describe('payloads of IKEv2', () => {
  it('are walked as a chain', () => {
    const { values, places, notes, line } = ike(v2('33'), '34000008aabbccdd 36000004 00800005ee')
    expect(values('isakmp.nextpayload')).toEqual([51, 52, 54, 0])
    expect(places('isakmp.typepayload')).toEqual(['448+64', '512+32', '544+40'])
    expect(values('isakmp.payloadlength')).toEqual([8, 4, 5])
    expect(values('isakmp.datapayload')).toEqual(['aabbccdd', 'ee'])
    expect(values('isakmp.criticalpayload')).toEqual([0, 0, 1])
    expect(places('isakmp.criticalpayload')).toEqual(['456+1', '520+1', '552+1'])
    expect(places('isakmp.reserved7')[0]).toBe('457+7')
    expect(notes).toEqual([
      'info: Critical: a receiver that does not know this payload has to refuse the message',
    ])
    expect(line({ verbose: 1 })).toContain(
      ' len: 45\n\tpayload: GSA len: 8 Data aabbccdd\n\tpayload: KD len: 4\n\tpayload: PS len: 5 Critical, Data ee (ttl 64, id 0, len 73)',
    )
  })

  it('end with the encrypted one, whose next payload is inside', () => {
    const { statuses, values, places, notes, line, found } = ike(
      v2('2e', '20', '23'),
      '2400000c 0123456789abcdef',
    )
    expect(statuses.at(-1)).toBe('opaque')
    expect(values('isakmp.nextpayload')).toEqual([46, 36])
    expect(values('isakmp.enc.data')).toEqual(['0123456789abcdef'])
    expect(places('isakmp.enc.data')).toEqual(['480+64'])
    expect(notes).toEqual([
      'info: Encrypted: the payloads inside can be read only with the keys of this IKE SA',
    ])
    expect(line({ verbose: 1 })).toContain('exchange IKE_AUTH\n')
    expect(line({ verbose: 1 })).toContain('\n\tpayload: E len: 12 (ttl')
    expect(found.layer(2).protocol.summary(found.layer(2))).toBe('IKEv2 IKE_AUTH response 1: SK')
  })

  it('may be pieces of a message', () => {
    const { values, places, notes, line } = ike(v2('35', '20', '23'), '0000000e 0002 0002 766218e922df')
    expect(values('isakmp.frag.number')).toEqual([2])
    expect(places('isakmp.frag.number')).toEqual(['480+16'])
    expect(values('isakmp.frag.total')).toEqual([2])
    expect(values('isakmp.enc.data')).toEqual(['766218e922df'])
    expect(notes.filter(note => note.startsWith('error'))).toEqual([])
    expect(line({ verbose: 1 })).toContain(
      '\n\tpayload: SKF len: 14 Fragment number 2, Total fragments 2 (ttl',
    )
    expect(ike(v2('35', '20', '23'), '0000000a 0003 0002 7662').notes).toContain(
      'error: A fragment’s number is from 1 to the total of fragments',
    )
    expect(ike(v2('35', '20', '23'), '0000000a 0000 0002 7662').notes).toContain(
      'error: A fragment’s number is from 1 to the total of fragments',
    )
  })

  it('warn of what a receiver refuses', () => {
    const { notes, line } = ike(v2('37'), '00810004')
    expect(notes).toEqual([
      'warning: Critical: a receiver that does not know this payload has to refuse the message',
      'warning: The reserved bits of a payload are to be 0',
    ])
    expect(line({ verbose: 1 })).toContain('\n\tpayload: <unknown> len: 4')
  })

  it('cannot lie about their lengths', () => {
    expect(ike(v2('21'), '22000003').notes).toEqual([
      'error: Malformed: Payload length is 3, but 4 bytes of Security Association payload came before',
    ])
    expect(ike(v2('21'), '22000000').statuses.at(-1)).toBe('malformed')
    expect(ike(v2('21'), '2200ffff').notes).toEqual([
      'error: Malformed: Payload length claims 65535 bytes for Security Association payload, Length leaves 4',
    ])
    const chain = ike(v2('21'), '21000004'.repeat(10))
    expect(chain.values('isakmp.payloadlength')).toHaveLength(10)
    expect(chain.notes).toEqual(['error: Malformed: Next payload needs 1 byte, Length leaves 0'])
    const cut = ike(v2('33'), '00000008 aabbccdd', 2)
    expect(cut.statuses.at(-1)).toBe('truncated')
    expect(cut.values('isakmp.datapayload')).toEqual(['aabb'])
  })

  it('may be followed by bytes that belong to none', () => {
    expect(ike(v2('21'), '00000004 0000').values('isakmp.extradata')).toEqual(['0000'])
  })
})

describe('IKEv1', () => {
  it('walks main mode as strongSwan sends it', () => {
    const { stack, values, places, show, notes, line, found } = peel(frameOf(hexBytes(mainMode)))
    expect(stack).toEqual(['eth', 'ip', 'udp', 'isakmp'])
    expect(show('isakmp.exchangetype')).toEqual(['Identity Protection (Main Mode) (2)'])
    expect(places('isakmp.flag_e')).toEqual(['495+1'])
    expect(places('isakmp.flag_c')).toEqual(['494+1'])
    expect(places('isakmp.flag_a')).toEqual(['493+1'])
    expect(values('isakmp.nextpayload')).toEqual([1, 13, 0, 0, 13, 13, 13, 13, 0])
    expect(values('isakmp.payloadlength')).toEqual([56, 44, 36, 12, 20, 24, 20, 20])
    expect(places('isakmp.typepayload').slice(0, 4)).toEqual(['560+448', '656+352', '720+288', '1008+96'])
    expect(values('isakmp.reserved')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(notes).toEqual([])
    const lines = line({ verbose: 1 }).split('\n')
    expect(lines[0]).toMatch(/isakmp v1\.0 exchange ID_PROT$/)
    expect(lines[1]).toBe('\tcookie: 819e4950047e2f59->0000000000000000 msgid: 00000000 len: 180')
    // Algorithms and vendors by tshark.
    expect(lines.slice(2, 13)).toEqual([
      '\tpayload: SA len: 56 Domain of Interpretation IPsec (1)',
      '\t    Proposal payload: Proposal number 1, Protocol ID ISAKMP (1)',
      '\t        Transform payload: Transform number 1, Transform ID KEY_IKE (1)',
      '\t            Attribute: Encryption Algorithm AES-CBC (7)',
      '\t            Attribute: Key Length 128 bits',
      '\t            Attribute: Hash Algorithm SHA2-256 (4)',
      '\t            Attribute: Group Description 2048-bit MODP (14)',
      '\t            Attribute: Authentication Method pre-shared key (1)',
      '\t            Attribute: Life Type seconds (1)',
      '\t            Attribute: Life Duration 4 hours 24 minutes (15840 seconds)',
      '\tpayload: VENDOR len: 12 Vendor ID: XAUTH 09002689dfd6b712',
    ])
    expect(found.layer(3).protocol.summary(found.layer(3))).toBe(
      'IKEv1 Identity Protection (Main Mode): SA, VID, VID, VID, VID, VID',
    )
  })

  it('is closed where it says that it is encrypted', () => {
    const { statuses, values, notes, line } = ike(v1('05', '01'), 'ad9f8e777d65fa31')
    expect(statuses.at(-1)).toBe('opaque')
    expect(values('isakmp.flag_e')).toEqual([1])
    expect(values('isakmp.enc.data')).toEqual(['ad9f8e777d65fa31'])
    expect(notes).toEqual(['info: Encrypted: the payloads can be read only with the keys of this IKE SA'])
    expect(line({ verbose: 1 })).toMatch(
      /isakmp v1\.0 exchange ID_PROT encrypted\n\tcookie: .* len: 36 \(ttl/,
    )
    expect(ike(v1('08', '03', '20'), 'ad9f').line()).toContain('exchange QUICK_MODE encrypted commit\n')
  })

  it('may be cut in Cisco’s way', () => {
    const { values, places } = ike(v1('84'), '0000000a 0001 01 00 6635')
    expect(values('isakmp.frag.packetid')).toEqual([1])
    expect(places('isakmp.frag.packetid')).toEqual(['480+16'])
    expect(values('isakmp.frag.seq')).toEqual([1])
    expect(values('isakmp.frag.last')).toEqual([0])
    expect(values('isakmp.datapayload')).toEqual(['6635'])
  })

  it('warns of what its sender may not do', () => {
    expect(ike(v1('16', '08'), '00010004').notes).toEqual([
      'warning: Reserved flag bits are set',
      'warning: The reserved byte of a payload is to be 0',
    ])
    expect(ike(v1('00', '00', '22')).notes).toEqual(['error: IKEv1 has no exchange IKE_SA_INIT'])
  })
})

describe('lengths of IKE messages', () => {
  const header = '819e4950047e2f59 c54e8f50375575c2 00 10 02 00 00000000'

  it('are at least the header', () => {
    const { statuses, notes } = peel(udp4(500, 500, `${header}0000001b`))
    expect(statuses.at(-1)).toBe('malformed')
    expect(notes).toEqual(['error: Malformed: Length is 27, less than the 28 bytes before it'])
  })

  it('are at most the datagram', () => {
    expect(peel(udp4(500, 500, `${header}ffffffff`)).notes).toEqual([
      'error: Length claims 4294967295 bytes, Length leaves 28',
    ])
  })

  it('leave what is behind them to UDP', () => {
    const { found, values } = peel(udp4(500, 500, `${header}0000001caabb`))
    expect(values('data.leftover')).toEqual(['aabb'])
    expect(found.layer(1).protocol.id).toBe('udp')
    expect(found.layer(1).length).toBe(10)
  })

  it('tell cut from contradictory', () => {
    const cut = peel(udp4(500, 500, `${header}0000001c`, 20))
    expect(cut.notes).toEqual(['warning: Truncated: Responder SPI needs 8 bytes, the capture holds 0'])
    expect(cut.line()).toBe('192.0.2.1.500 > 192.0.2.2.500: isakmp [|isakmp]')
  })

  it('are one in a keepalive on the old port', () => {
    const { notes, line } = peel(udp4(500, 500, 'ff'))
    expect(notes).toEqual([])
    expect(line()).toBe('192.0.2.1.500 > 192.0.2.2.500: NAT-T Keepalive')
  })
})

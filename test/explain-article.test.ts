import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { explained } from './explained.ts'

// What an article of 2020 says about the packets of captures/walkthrough.pcap, which it reads byte by byte; its statements in
// our words. The text is compared with line breaks read as blanks.

const statements: readonly (readonly [packet: number, statement: string, pattern: RegExp | string])[] = [
  [
    2,
    'the left column is the address of the first byte of the line',
    /left column is the address of the first byte/,
  ],
  [2, 'there are eight columns of 16 bits, 16 bytes a line', /16 bytes in eight columns of 16 bits/],
  [2, 'one hex digit is 4 bits, two are a byte', /digit is 4 bits, two are a byte/],
  [2, 'the right column is ASCII, unprintable bytes are dots', /right column has .* ASCII, a dot for each/],
  [2, 'it was read at 17:35:01.122106', 'Read at 2020-01-19 17:35:01.122106.'],
  [2, 'it went from 192.168.1.2 to 192.168.1.1', 'It went from 192.168.1.2 to 192.168.1.1'],
  [2, 'it holds a packet from 172.16.0.2 to 172.16.0.1', 'holds a packet from 172.16.0.2 to 172.16.0.1'],
  [2, 'which is an ICMP echo reply, id aa08, sequence 1', 'Innermost is ICMP: Echo reply, id 0xaa08, seq 1.'],
  [
    2,
    'the first 4 bits are version 4',
    '0x0000 bits 0–3, 4 bits: Version. Hex 45, ASCII "E", binary 0100 ....: 4.',
  ],
  [
    2,
    'the next 4 bits are the length, 5 words',
    '0x0000 bits 4–7, 4 bits: Header length. Hex 45, ASCII "E", binary .... 0101: 20 bytes (5).',
  ],
  [2, 'and count words of 32 bits', /5 × 4 = 20 bytes/],
  [2, '0x0001 is the type of service', '0x0001, 8 bits: Differentiated services. Hex 00, ASCII "."'],
  [2, 'which is DSCP today', '0x0001 bits 0–5, 6 bits: Differentiated services codepoint.'],
  [2, 'and ECN', '0x0001 bits 6–7, 2 bits: Explicit congestion notification.'],
  [
    2,
    '0x0002 to 0x0003: total length 0068',
    '0x0002–0x0003, 16 bits: Total length. Hex 0068, ASCII ".h": 104 bytes.',
  ],
  [
    2,
    '0x0004 to 0x0005: identification 8b0b',
    '0x0004–0x0005, 16 bits: Identification. Hex 8b0b, ASCII ".."',
  ],
  [
    2,
    'three bits of flags, all 0',
    '0x0006 bits 0–2, 3 bits: Flags. Hex 00, ASCII ".", binary 000. ....: 0x0.',
  ],
  [
    2,
    '13 bits of fragment offset, 0',
    /0x0006–0x0007 bits 3–15, 13 bits: Fragment offset\. .*binary \.\.\.0 0000 0000 0000: 0 bytes/,
  ],
  [2, '0x0008: time to live 40', '0x0008, 8 bits: Time to live. Hex 40, ASCII "@": 64.'],
  [2, '0x0009: protocol 04', '0x0009, 8 bits: Protocol. Hex 04, ASCII ".": IPv4 encapsulation (4).'],
  [2, '4 says that another IPv4 packet follows', 'protocol 4 says that another IPv4 packet follows'],
  [
    2,
    '0x000a to 0x000b: header checksum 6c33',
    '0x000a–0x000b, 16 bits: Header checksum. Hex 6c33, ASCII "l3"',
  ],
  [
    2,
    '0x000c to 0x000f: source c0a8 0102, in decimal 192.168.1.2',
    '0x000c–0x000f, 32 bits: Source. Hex c0a8 0102, ASCII "....": 192.168.1.2.',
  ],
  [
    2,
    '0x0010 to 0x0013: destination c0a8 0101',
    '0x0010–0x0013, 32 bits: Destination. Hex c0a8 0101, ASCII "....": 192.168.1.1.',
  ],
  [2, 'there the header ends', 'This is the end of the IPv4 header'],
  [2, 'and the same reading starts again', /Another IPv4 header, so the same reading starts again/],
  [
    2,
    '0x0020 to 0x0023: inner source ac10 0002',
    '0x0020–0x0023, 32 bits: Source. Hex ac10 0002, ASCII "....": 172.16.0.2.',
  ],
  [
    2,
    '0x0024 to 0x0027: inner destination ac10 0001',
    '0x0024–0x0027, 32 bits: Destination. Hex ac10 0001, ASCII "....": 172.16.0.1.',
  ],
  [2, 'one IP packet is encapsulated in another', 'IPv4 wraps the packet from 172.16.0.2 to 172.16.0.1'],
  [
    2,
    'the outer header is for the network where the two machines can talk',
    'The outer header is for the network in which 192.168.1.2 and 192.168.1.1 reach each other.',
  ],
  [
    2,
    'what is left is looked up in the routing table of the receiver and forwarded',
    /192\.168\.1\.1 has taken it off, it looks 172\.16\.0\.1 up in its own routing table, and .*forwards it/,
  ],
  [
    2,
    'a plain packet begins with its header at bit 0',
    /Plain, it would begin at bit 0, .*wrapped, it begins at bit 160/,
  ],
  [2, 'the second IPv4 header has bits 160 to 319', /bit 0 +160 +320 .*│ 1 IPv4 +│ 2 IPv4 +│ 3 ICMP/],
  [
    1,
    'the request before: id 45558, length 84 inside 104',
    /Total length\. Hex 0068.*Total length\. Hex 0054, ASCII "\.T": 84 bytes/,
  ],
  [1, 'is an echo request', 'Innermost is ICMP: Echo request, id 0xaa08, seq 1.'],
  [
    3,
    'through IPv6: from fd3e:62ee:99db:bb1a::1 to ::2',
    'It went from fd3e:62ee:99db:bb1a::1 to fd3e:62ee:99db:bb1a::2, and holds a packet from 172.16.0.1 to 172.16.0.2.',
  ],
  [3, 'flow label 0xe', /Flow label\. Hex 00 ?00 ?0e.*0x0000e/],
  [3, 'payload length 84', /Payload length\. Hex 0054, ASCII "\.T": 84 bytes/],
  [3, 'hop limit 64', /Hop limit\. Hex 40, ASCII "@": 64/],
  [3, 'next header 4: IPv4', /next header 4 says that an IPv4 packet follows/],
  [5, 'IKEv2 on UDP port 500', /Source port\. Hex 01f4, ASCII "\.\.": isakmp \(500\)/],
  [5, 'the initiator’s cookie cdbf9c993440b100', 'Initiator SPI. Hex cdbf 9c99 3440 b100'],
  [5, 'the responder’s is still 0', /Responder SPI\. Hex 0000 0000 0000 0000/],
  [5, 'exchange IKE_SA_INIT', 'IKE_SA_INIT (34)'],
  [
    5,
    'message ID 0, length 510',
    /Message ID\. Hex 0000 0000.*Length\. Hex 0000 01fe, ASCII "\.\.\.\.": 510 bytes/,
  ],
  [5, 'the first payload is the security association, 112 bytes', /Security Association.*112 bytes/],
  [5, 'the capture stopped inside it', /the capture ends inside it/],
  [6, 'the answer has the responder’s cookie 97af7ba5d2574913', 'Responder SPI. Hex 97af 7ba5 d257 4913'],
  [
    7,
    'IKE_AUTH, message ID 1: an encrypted payload of 276 bytes',
    /IKE_AUTH \(35\).*Message ID\. Hex 0000 0001.*276 bytes/,
  ],
  [
    11,
    'the certificate makes IKE_AUTH 896 bytes long',
    /Length\. Hex 0000 0380, ASCII "\.\.\.\.": 896 bytes/,
  ],
]

const texts = new Map<number, Promise<string>>()
const textOf = (packet: number): Promise<string> => {
  const text =
    texts.get(packet) ?? explained('walkthrough.pcap', packet).then(said => said.replace(/\s+/g, ' '))
  texts.set(packet, text)
  return text
}

it.each(statements)('packet %i: %s', async (packet, _, pattern) => {
  const text = await textOf(packet)
  if (typeof pattern === 'string') expect(text).toContain(pattern)
  else expect(text).toMatch(pattern)
})

it('prints what the README shows of it', async () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const [, shown = ''] =
    /\$ vpnscope explain captures\/walkthrough\.pcap -n 2\n([\s\S]*?)```/.exec(readme) ?? []
  const lines = shown.split('\n').filter(line => line !== '' && line !== '…')
  expect(lines.length).toBeGreaterThan(8)
  const text = await explained('walkthrough.pcap', 2)
  for (const line of lines) expect(text).toContain(`${line}\n`)
})

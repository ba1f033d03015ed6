import { ipv4Text, ipv6Text } from '../src/addresses.ts'
import { bytes as countOfBytes, field, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f as record } from './dns-fields.ts'
import { algorithms, digestTypes, extendedErrors, options } from './numbers/dns.ts'
import { algorithmMeanings, digestMeanings, extendedErrorMeanings } from './numbers/dns-meanings.ts'

// The record of type OPT (RFC 6891 §6.1.2):
// | 0 |   41 (16)   | UDP payload size (16) | extended RCODE (8) | Version (8) |D| Z (15) |  RDLENGTH (16)  |
// | Option code (16) | Option length (16) |  Data …  for each option

const purposes: Readonly<Record<number, string>> = {
  3: 'Asks the server for its name, or gives it: which of many machines behind one address answered.',
  8: 'Tells the server from which network the question came first, so that it can answer with a machine near by.',
  10: 'Numbers that both sides remember of each other, against forged answers and floods.',
  11: 'How long the connection may stay open without a word.',
  12: 'Zeros that hide how long the message is.',
  15: 'Says more exactly why there is no answer.',
}

const part = (name: string, label: string, explain: string, section: string) =>
  field(`dns.opt.${name}`, label, { type: 'bytes', explain, section })

const subnetText = (bytes: Uint8Array, start: number, length: number, v6: boolean): string => {
  const whole = new Uint8Array(v6 ? 16 : 4)
  whole.set(bytes.subarray(start, start + Math.min(length, whole.length)))
  return v6 ? ipv6Text(whole, 0) : ipv4Text(whole, 0)
}

const f = {
  size: field('dns.rr.udp_payload_size', 'UDP payload size', {
    explain:
      'The longest message that the sender can take over UDP. 1232 avoids fragments nearly everywhere.',
    here: fragmentsSaid,
    section: 'RFC 6891 §6.1.2',
    show: countOfBytes,
  }),
  code: field('dns.resp.ext_rcode', 'Upper bits of the response code', {
    explain: 'Go in front of the 4 bits of the header, which were too few.',
    section: 'RFC 6891 §6.1.3',
    show: hex(2),
  }),
  version: field('dns.resp.edns0_version', 'Version', {
    explain: 'The version of these extensions; there is only 0.',
    section: 'RFC 6891 §6.1.3',
  }),
  z: field('dns.resp.z', 'Flags', {
    explain: 'The first bit asks for signatures, the others are reserved.',
    section: 'RFC 6891 §6.1.4',
    show: hex(4),
    parts: [
      [
        field('dns.resp.z.do', 'DNSSEC answer OK', {
          type: 'flag',
          explain: 'When set, the sender wants to have the signatures with the records.',
          section: 'RFC 3225 §3',
        }),
        1,
      ],
      [
        field('dns.resp.z.reserved', 'Reserved', {
          explain: 'Free for later use: sent as 0 and ignored.',
          section: 'RFC 6891 §6.1.4',
        }),
        15,
      ],
    ],
  }),
  option: field('dns.opt', 'Option', {
    type: 'group',
    explain: 'One extension; a receiver that does not know it passes over it.',
    section: 'RFC 6891 §6.1.2',
  }),
  optionCode: field('dns.opt.code', 'Option code', {
    explain: 'Tells which extension of DNS this is about.',
    meanings: purposes,
    section: 'RFC 6891 §6.1.2',
    values: options,
  }),
  optionLength: field('dns.opt.len', 'Option length', {
    explain: 'How far the option’s data reach; the next option follows right behind.',
    section: 'RFC 6891 §6.1.2',
    show: countOfBytes,
  }),
  data: part(
    'data',
    'Option data',
    'The contents of an option of EDNS that is not taken apart here.',
    'RFC 6891 §6.1.2',
  ),
  signatures: field('dns.opt.dau', 'Algorithm understood', {
    explain: 'An algorithm whose signatures the sender can check.',
    section: 'RFC 6975 §3',
    meanings: algorithmMeanings,
    values: algorithms,
  }),
  digests: field('dns.opt.dhu', 'DS hash understood', {
    explain: 'A hash of keys that the sender can take.',
    section: 'RFC 6975 §3',
    meanings: digestMeanings,
    values: digestTypes,
  }),
  hashes: field('dns.opt.n3u', 'NSEC3 hash understood', {
    explain: 'A hash of names that the sender can take.',
    section: 'RFC 6975 §3',
    values: { 1: 'SHA-1' },
  }),
  family: field('dns.opt.client.family', 'Family', {
    explain: 'Whether the client’s network is given as IPv4 or as IPv6.',
    section: 'RFC 7871 §6',
    values: { 1: 'IPv4', 2: 'IPv6' },
  }),
  sourceMask: field('dns.opt.client.netmask', 'Source prefix length', {
    explain: 'How many bits of the client’s address are told; the rest is kept back to protect it.',
    section: 'RFC 7871 §6',
  }),
  scopeMask: field('dns.opt.client.scope', 'Scope prefix length', {
    explain: 'In answers: for how large a network the answer is good. 0 in questions.',
    section: 'RFC 7871 §6',
  }),
  subnet4: field('dns.opt.client.addr4', 'Client subnet', {
    type: 'bytes',
    explain: 'The beginning of the IPv4 address from which the question came first.',
    section: 'RFC 7871 §6',
    read: (bytes, start, length) => subnetText(bytes, start, length, false),
  }),
  subnet6: field('dns.opt.client.addr6', 'Client subnet', {
    type: 'bytes',
    explain: 'The beginning of the IPv6 address from which the question came first.',
    section: 'RFC 7871 §6',
    read: (bytes, start, length) => subnetText(bytes, start, length, true),
  }),
  clientCookie: part(
    'cookie.client',
    'Client cookie',
    'A number that the client makes for this server; an answer without it is forged.',
    'RFC 7873 §4',
  ),
  serverCookie: part(
    'cookie.server',
    'Server cookie',
    'A number that the server made for this client; with it, the client has shown that it receives at its address.',
    'RFC 7873 §4',
  ),
  padding: part('padding', 'Padding', 'Means nothing: it hides how long the message is.', 'RFC 7830 §3'),
  info: field('dns.opt.ext_error.info_code', 'Info code', {
    explain: 'Why there is no answer, or a doubtful one.',
    section: 'RFC 8914 §2',
    meanings: extendedErrorMeanings,
    values: extendedErrors,
  }),
  infoText: field('dns.opt.ext_error.extra_text', 'Extra text', {
    type: 'text',
    explain: 'What the server adds to the number in words, for whoever looks for the fault.',
    section: 'RFC 8914 §2',
  }),
}

export const optionFields = f

/** Reads an OPT record behind its type. */
export function walkOptionRecord(r: Reader): void {
  r.u16(f.size)
  r.u8(f.code)
  r.u8(f.version)
  r.u16(f.z)
  const length = r.u16(record.length)
  if (length === 0) return
  r.open(record.options, length)
  while (r.more()) walkOption(r)
  r.close()
}

function walkOption(r: Reader): void {
  r.open(f.option)
  const code = r.u16(f.optionCode)
  const length = r.u16(f.optionLength)
  r.claim(4 + length, f.optionLength)
  if (code === 5) while (r.more()) r.u8(f.signatures)
  else if (code === 6) while (r.more()) r.u8(f.digests)
  else if (code === 7) while (r.more()) r.u8(f.hashes)
  else if (code === 8 && length >= 4) walkSubnet(r)
  else if (code === 10 && length >= 8) {
    r.octets(f.clientCookie, 8)
    if (r.left > 0) r.rest(f.serverCookie)
  } else if (code === 12 && length > 0) r.rest(f.padding)
  else if (code === 15 && length >= 2) {
    r.u16(f.info)
    if (r.left > 0) r.rest(f.infoText)
  }
  if (r.left > 0) r.rest(f.data)
  r.close()
}

function walkSubnet(r: Reader): void {
  const family = r.u16(f.family)
  r.u8(f.sourceMask)
  r.u8(f.scopeMask)
  if (r.left > 0 && family === 1 && r.left <= 4) r.octets(f.subnet4, r.left)
  else if (r.left > 0 && family === 2 && r.left <= 16) r.octets(f.subnet6, r.left)
}

/** Whether answers of the size that is offered stay whole on their way. */
function fragmentsSaid(size: number): string {
  if (size > 1452)
    return 'Answers of this size go in fragments over an Ethernet, and fragments are often lost.'
  return size >= 512 && size <= 1232 ? 'Answers of this size fit any IPv6 path without fragments.' : ''
}

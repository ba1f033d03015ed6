import type { Reader } from '../src/dissect/reader.ts'
import { lcpOptionFields as f } from './lcp-option-fields.ts'
import { option, optionsOf } from './ppp-control.ts'

const restOf = (r: Reader): void => {
  if (r.left > 0) r.rest(f.data)
}

const chap = 0xc223

function walkAuthentication(r: Reader): void {
  const protocol = r.u16(f.authentication)
  if (r.checking && protocol === 0xc023)
    r.noteField('info', 'PAP sends the password as it is: everyone on the way can read it')
  if (protocol === chap && r.left > 0) r.u8(f.algorithm)
  restOf(r)
}

function walkQuality(r: Reader): void {
  r.u16(f.quality)
  if (r.left === 4) r.u32(f.period)
  restOf(r)
}

function walkNumbered(r: Reader): void {
  r.u8(f.window)
  if (r.left > 0) r.rest(f.hdlcAddress)
}

function walkCallback(r: Reader): void {
  r.u8(f.operation)
  if (r.left > 0) r.rest(f.message)
}

function walkEndpoint(r: Reader): void {
  const kind = r.u8(f.endpointClass)
  if (kind === 2 && r.left === 4) r.ipv4(f.endpointIp)
  else if (kind === 3 && r.left === 6) r.ether(f.endpointEther)
  else if (kind === 4 && r.left > 0) r.rest(f.endpointMagic)
  else if (kind === 5 && r.left > 0) r.rest(f.endpointNumber)
  else restOf(r)
}

function walkLanguage(r: Reader): void {
  r.u32(f.characterSet)
  if (r.left > 0) r.rest(f.language)
}

const lcp = (
  name: string,
  label: string,
  section: string,
  explain: string,
  walk: (r: Reader) => void = restOf,
) => option(`lcp.opt.${name}`, label, section, explain, walk)

const known = {
  0: lcp('vendor', 'Vendor specific', 'RFC 2153 §2.2', 'A setting that one vendor made up.', r => {
    r.u24(f.organization)
    r.u8(f.kind)
    restOf(r)
  }),
  1: lcp(
    'mtu_bytes',
    'MRU',
    'RFC 1661 §6.1',
    'Says how large the packets to the sender may be.',
    r => void r.u16(f.mru),
  ),
  2: lcp(
    'asyncmap_bytes',
    'Async control character map',
    'RFC 1662 §7.1',
    'Says which characters the serial line eats.',
    r => void r.u32(f.asyncmap),
  ),
  3: lcp(
    'auth_protocol_bytes',
    'Authentication',
    'RFC 1661 §6.2',
    'Demands that the other end proves who it is, before anything else goes over the line.',
    walkAuthentication,
  ),
  4: lcp(
    'quality_protocol_bytes',
    'Quality protocol',
    'RFC 1661 §6.3',
    'Asks for regular reports on how much arrives.',
    walkQuality,
  ),
  5: lcp(
    'magic_number_bytes',
    'Magic number',
    'RFC 1661 §6.4',
    'Lets both ends notice a line that leads back to where it started.',
    r => void r.u32(f.magicNumber),
  ),
  6: lcp(
    'linkqualmon',
    'Link quality monitoring',
    'RFC 1661 §6',
    'An old number for reports on the quality of the line, no longer used.',
  ),
  7: lcp(
    'field_compress',
    'Protocol field compression',
    'RFC 1661 §6.5',
    'Allows protocol numbers below 256 to be sent as one byte.',
  ),
  8: lcp(
    'addr_field_compress',
    'Address and control field compression',
    'RFC 1661 §6.6',
    'Allows the bytes ff 03, the same in front of every frame, to be left out.',
  ),
  9: lcp(
    'fcs_alternatives_bytes',
    'FCS alternatives',
    'RFC 1570 §2.1',
    'Offers other check sequences behind the frames, or none.',
    r => void r.u8(f.checks),
  ),
  10: lcp(
    'self_desc_pad',
    'Self describing pad',
    'RFC 1570 §2.2',
    'Makes padding recognisable, so that the receiver can take it off.',
    r => void r.u8(f.maximum),
  ),
  11: lcp(
    'numbered_mode',
    'Numbered mode',
    'RFC 1663 §3',
    'Numbers the frames and sends lost ones again.',
    walkNumbered,
  ),
  12: lcp(
    'multi_link_procedure',
    'Multi-link procedure',
    'RFC 1663 §3',
    'Spreads numbered frames over several lines; never in wide use.',
  ),
  13: lcp(
    'callback',
    'Callback',
    'RFC 1570 §2.3',
    'Asks the other end to hang up and to call back, so that it pays and knows who is there.',
    walkCallback,
  ),
  14: lcp(
    'connecttime',
    'Connect time',
    'RFC 1661 §6',
    'Once told how long the connection may last; no longer used.',
  ),
  15: lcp(
    'compound_frames',
    'Compound frames',
    'RFC 1570 §2.4',
    'Offers to put several packets into one frame; no longer used.',
  ),
  16: lcp(
    'nomdataencap',
    'Nominal data encapsulation',
    'RFC 1661 §6',
    'Once offered another framing of data; no longer used.',
  ),
  17: lcp(
    'multilink_mrru',
    'Multilink MRRU',
    'RFC 1990 §5.1.1',
    'Offers to join this line with others into a bundle, over which packets go in pieces.',
    r => void r.u16(f.mrru),
  ),
  18: lcp(
    'multilink_ssnh',
    'Multilink short sequence numbers',
    'RFC 1990 §5.1.2',
    'Offers headers of two bytes in place of four in front of the pieces.',
  ),
  19: lcp(
    'multilink_ep_disc',
    'Multilink endpoint discriminator',
    'RFC 1990 §5.1.3',
    'Names the sender, so that two lines to it can be told from lines to two hosts.',
    walkEndpoint,
  ),
  20: lcp(
    'proprietary',
    'Proprietary',
    'RFC 1661 §6',
    'A number that was given to one vendor; what it says is not published.',
  ),
  21: lcp(
    'dce_identifier',
    'DCE identifier',
    'RFC 1976 §2.2',
    'Tells that modem-like equipment, not the computer behind it, is speaking.',
    r => void r.u8(f.mode),
  ),
  22: lcp(
    'multilink_pp',
    'Multi-link plus procedure',
    'RFC 1934',
    'Asks for a vendor’s own way of adding and removing lines.',
  ),
  23: lcp(
    'link_discrim_bytes',
    'Link discriminator',
    'RFC 2125 §6',
    'Gives the line a number for messages about bandwidth.',
    r => void r.u16(f.discriminator),
  ),
  24: lcp(
    'auth',
    'LCP authentication option',
    'RFC 1661 §6',
    'An old way to offer several authentication protocols at once; no longer used.',
  ),
  25: lcp(
    'cobs',
    'Consistent overhead byte stuffing',
    'RFC 1661 §6',
    'Offers a way of marking the ends of frames that never doubles their size.',
  ),
  26: lcp(
    'prefix_elision',
    'Prefix elision',
    'RFC 2686 §5',
    'Offers to leave out beginnings that are the same in all packets of a class.',
  ),
  27: lcp(
    'multilink_hdr_fmt',
    'Multilink header format',
    'RFC 2686 §4',
    'Chooses the header in front of the pieces of packets.',
    r => {
      r.u8(f.code)
      r.u8(f.classes)
    },
  ),
  28: lcp(
    'internationalization',
    'Internationalization',
    'RFC 2484 §2',
    'Asks for messages in a language and a character set.',
    walkLanguage,
  ),
  29: lcp(
    'sonet_sdh',
    'Simple data link on SONET/SDH',
    'RFC 2823',
    'Offers a simpler framing on fast optical lines.',
  ),
}

const names = Object.fromEntries(Object.entries(known).map(([type, { group }]) => [type, group.label]))

/** LCP's options. */
export const lcpOptions = optionsOf('lcp', names, known)

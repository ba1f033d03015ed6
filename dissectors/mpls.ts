import { block } from '../src/dissect/block.ts'
import { field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { eth } from './eth.ts'
import { looksLikeFrame } from './frame-looks.ts'
import { ip } from './ip.ts'
import { ipv6 } from './ipv6.ts'
import { mplsLesson } from './lessons/links.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { nextProtocols } from './numbers/next-protocols.ts'
import { udpPorts } from './numbers/ports.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { pwAssociated } from './pw-ach.ts'
import { pwControlWord } from './pw-control-word.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                Label                  | TC  |S|      TTL      |

/** Labels below 16 mean the same everywhere: https://www.iana.org/assignments/mpls-label-values. */
const special: Readonly<Record<number, string>> = {
  0: 'IPv4 Explicit NULL',
  1: 'Router Alert',
  2: 'IPv6 Explicit NULL',
  3: 'Implicit NULL',
  7: 'Entropy Label Indicator',
  13: 'Generic Associated Channel Label',
  14: 'OAM Alert',
  15: 'Extension Label',
}

const meanings: Readonly<Record<number, string>> = {
  0: 'Marks the end of the path: take it off and go on by the IPv4 header behind it. It is there so that the traffic class survives the last hop.',
  1: 'Tells every router on the way to look at the packet itself, as IP’s router alert does.',
  2: 'Marks the end of the path: take it off and go on by the IPv6 header behind it.',
  3: 'Is only spoken of between routers, to have the last label taken off one hop early. It has no business on the wire.',
  7: 'Says that the next label steers nothing: it holds entropy, by which flows are spread over equal paths.',
  13: 'Says that what follows the stack is a message about the path itself and no customer’s packet.',
}

const f = {
  label: field('mpls.label', 'Label', {
    explain:
      'Routers look this number up, replace it by the next hop’s and forward; nobody reads the packet behind it. The next one may call the same path by another number.',
    meanings,
    section: 'RFC 3032 §2.1',
    show: value => (special[value] === undefined ? String(value) : `${special[value]} (${value})`),
  }),
  trafficClass: field('mpls.exp', 'Traffic class', {
    explain: 'Chooses the queue in routers, as DSCP does in IP. Once called the experimental bits.',
    section: 'RFC 5462 §1',
  }),
  bottom: field('mpls.bottom', 'Bottom of stack', {
    type: 'flag',
    explain: 'Tells the last label from those of paths around its own.',
    meanings: {
      0: 'Not set: another label follows this one, of a path inside the path.',
      1: 'Set: this is the last label, and the packet follows. No field says of which kind it is; only the router that gave out the label knows.',
    },
    section: 'RFC 3032 §2.1',
  }),
  ttl: field('mpls.ttl', 'Time to live', {
    explain:
      'Counts down at each router of the path, so that a packet in a loop dies out. Often the inner packet’s own count goes on here.',
    section: 'RFC 3443',
  }),
}

const header = block([f.label, 20], [f.trafficClass, 3], [f.bottom, 1], [f.ttl, 8])

const label = { ipv4: 0, ipv6: 2, implicitNull: 3, associatedChannel: 13 } as const

export const mpls = protocol({
  id: 'mpls',
  name: 'MPLS label',
  short: 'MPLS',
  reference: 'RFC 3032, RFC 5462, RFC 7510',
  about:
    'Routers forward by a short label in front of the packet instead of by its addresses. Provider VPNs are stacks of such labels; nothing is encrypted.',
  lesson: mplsLesson,
  fields: f,
  begins: header,
  claims: [
    [etherTypes, 0x8847, 0x8848],
    [ipProtocols, 137],
    [udpPorts, 6635],
    [nextProtocols, 5],
    [pppProtocols, 0x281, 0x283],
  ],
  boundless: true,
  walk(r) {
    r.block(header)
    const value = r.of(f.label)
    if (r.checking) check(r, value)
    if (r.of(f.bottom) === 0) return r.carry(mpls)
    if (value === label.ipv4) return r.carry(ip)
    if (value === label.ipv6) return r.carry(ipv6)
    return inside(r, value === label.associatedChannel)
  },
  summary: v => `label ${v.show(f.label)}${v.flag(f.bottom) ? ', bottom' : ''}, TTL ${v.number(f.ttl)}`,
  line: printLabel,
})

function check(r: Reader, value: number): void {
  if (value === label.implicitNull)
    r.noteOn(
      f.label,
      'warning',
      'Implicit NULL is never sent: the router before this one should have left it out',
    )
  if (r.of(f.ttl) === 0) r.noteOn(f.ttl, 'warning', 'The count is at 0: a router drops this')
}

/**
 * What is behind the last label, by its first four bits: 4 and 6 are IP (RFC 4928 §3), 0 and 1 are control words, because the
 * payloads that have one may not look like IP (RFC 4385 §3). A frame without a control word may begin with any address.
 */
function inside(r: Reader, isAssociated: boolean): Next {
  const first = r.peek()
  if (first < 0) return r.carry(undefined)
  const nibble = first >> 4
  if (nibble === 1 && (isAssociated || r.peek(1) === 0)) return guessed(r, pwAssociated, nibble)
  if (nibble === 4 && (first & 15) >= 5) return guessed(r, ip, nibble)
  if (nibble === 6) return guessed(r, ipv6, nibble)
  // Where the capture ends before what decides, nothing is guessed.
  if (r.left >= decided && r.peek(decided - 1) < 0) return r.carry(undefined)
  if (nibble === 0 && !frameBegins(r)) return guessed(r, pwControlWord, nibble)
  if (looksLikeFrame(r, 0)) {
    r.note(
      'info',
      'No field says what follows the labels; it looks like an Ethernet frame without a control word',
    )
    return r.carry(eth)
  }
  r.status('unknown')
  r.note('info', `No field says what follows the labels, and the first four bits, ${nibble}, do not tell`)
  return r.carry(undefined)
}

/** Bytes that the guess may look at: a control word, addresses, a length, and the two bytes of LLC behind it. */
const decided = 20

function guessed(r: Reader, next: Next, nibble: number): Next {
  if (r.noting)
    r.note('info', `No field says what follows the labels; by its first four bits, ${nibble}, ${next!.name}`)
  return r.carry(next)
}

/** The address of most stations begins with 0 as a control word does: then it counts where the type stands. */
const frameBegins = (r: Reader): boolean => looksLikeFrame(r, 0) && !looksLikeFrame(r, 4)

/** `MPLS(label 16, exp 0, [S], ttl 255) ` and what is inside. */
function printLabel(v: LayerView, line: Line): void {
  const { out } = line
  if (!v.has(f.ttl)) return
  out.ascii('MPLS(label ').decimal(v.number(f.label)).ascii(', exp ').decimal(v.number(f.trafficClass))
  if (v.flag(f.bottom)) out.ascii(', [S]')
  out.ascii(', ttl ').decimal(v.number(f.ttl)).ascii(') ')
  line.inner(v)
}

import { printDetails } from '../src/dissect/detail-lines.ts'
import { bytes, field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { udpPorts } from './numbers/ports.ts'
import { bfdDiagnosticMeanings, bfdStateMeanings } from './numbers/routing-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |
// |                       My Discriminator                        |
// |                      Your Discriminator                       |
// |    Desired Min TX, Required Min RX, Required Min Echo RX      |  32 bits each
// |   Auth Type   |   Auth Len    |    Authentication Data...     |

const section = 'RFC 5880 §4.1'
const flag = (name: string, label: string, explain: string) =>
  field(`bfd.flags.${name}`, label, { type: 'flag', explain, section })
const interval = (name: string, label: string, explain: string) =>
  field(`bfd.${name}`, label, { explain, section, show: value => `${value / 1000} ms (${value})` })

const f = {
  version: field('bfd.version', 'Version', { explain: 'Only version 1 is in use.', section }),
  diagnostic: field('bfd.diag', 'Diagnostic', {
    explain: 'Why the sender’s session went down last.',
    section,
    meanings: bfdDiagnosticMeanings,
    values: {
      0: 'None',
      1: 'Control detection time expired',
      2: 'Echo function failed',
      3: 'Neighbor signaled session down',
      4: 'Forwarding plane reset',
      5: 'Path down',
      6: 'Concatenated path down',
      7: 'Administratively down',
      8: 'Reverse concatenated path down',
    },
  }),
  state: field('bfd.sta', 'State', {
    explain: 'How the sender sees the session; both go from down through init to up.',
    section,
    meanings: bfdStateMeanings,
    values: { 0: 'AdminDown', 1: 'Down', 2: 'Init', 3: 'Up' },
  }),
  poll: flag('p', 'Poll', 'Asks for an answer at once, as after a change of intervals.'),
  final: flag(
    'f',
    'Final',
    'Set in the answer to a poll: the settings that were asked about are taken over.',
  ),
  independent: flag(
    'c',
    'Control plane independent',
    'Set where the session goes on while routing restarts.',
  ),
  authentication: flag('a', 'Authentication present', 'When set, a proof of who the sender is follows.'),
  demand: flag('d', 'Demand', 'Asks the other side to be silent unless it is polled.'),
  multipoint: flag('m', 'Multipoint', 'Free for later use: sent as 0.'),
  multiplier: field('bfd.detect_time_multiplier', 'Detect multiplier', {
    explain: 'After so many packets that did not come the sender is taken for gone.',
    section,
  }),
  length: field('bfd.message_length', 'Length', {
    explain: 'Bytes of the packet, authentication included.',
    section,
    show: bytes,
  }),
  mine: field('bfd.my_discriminator', 'My discriminator', {
    explain: 'The sender’s own number of this session; the other side sends it back.',
    section,
    show: hex(8),
  }),
  yours: field('bfd.your_discriminator', 'Your discriminator', {
    explain: 'The receiver’s number of this session; 0 while the sender has not heard it.',
    section,
    show: hex(8),
  }),
  transmit: interval(
    'desired_min_tx_interval',
    'Desired min TX interval',
    'How often the sender would like to send.',
  ),
  receive: interval('required_min_rx_interval', 'Required min RX interval', 'How often it can take packets.'),
  echo: interval(
    'required_min_echo_interval',
    'Required min echo RX interval',
    'How often it can take echoes, which come back unread. 0: never.',
  ),
  proof: field('bfd.auth', 'Authentication', {
    type: 'bytes',
    explain: 'A password or keyed hash, with its type, length and the number of the key.',
    section: 'RFC 5880 §4.2',
  }),
}

const shortest = 24

export const bfd = protocol({
  id: 'bfd',
  name: 'Bidirectional Forwarding Detection',
  short: 'BFD',
  reference: 'RFC 5880, RFC 5881, RFC 5883',
  about: 'Tells within a fraction of a second that a path, such as a tunnel, no longer carries packets.',
  fields: f,
  claims: [[udpPorts, 3784, 4784]],
  walk(r) {
    const version = r.bits(f.version, 3)
    r.bits(f.diagnostic, 5)
    r.bits(f.state, 2)
    r.flag(f.poll)
    r.flag(f.final)
    r.flag(f.independent)
    const authenticated = r.flag(f.authentication)
    r.flag(f.demand)
    r.flag(f.multipoint)
    const multiplier = r.u8(f.multiplier)
    if (r.checking && multiplier === 0)
      r.noteField('error', 'A multiplier of 0 is not valid (RFC 5880 §6.8.6)')
    const length = r.u8(f.length)
    if (r.checking && version !== 1) r.noteOn(f.version, 'warning', 'Only version 1 is in use')
    if (length < shortest) r.malformed(`A packet of ${length} bytes; the least is ${shortest}`)
    r.limitTo(length, f.length)
    r.u32(f.mine)
    r.u32(f.yours)
    r.u32(f.transmit)
    r.u32(f.receive)
    r.u32(f.echo)
    if (authenticated && r.left > 0) r.rest(f.proof)
    return r.carry(undefined)
  },
  summary: v => `${v.show(f.state)}, ${v.show(f.diagnostic)}`,
  line: printDetails,
})

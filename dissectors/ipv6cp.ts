import { printDetails } from '../src/dissect/detail-lines.ts'
import { field, glossary } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { controlFields, controlSummary, option, optionFields, optionsOf, walkControl } from './ppp-control.ts'

const f = {
  interfaceIdentifier: field('ipv6cp.interface_identifier', 'Interface identifier', {
    type: 'bytes',
    explain:
      'The lower half of the sender’s link-local address. The ends only have to differ; a nak offers another one.',
    section: 'RFC 5072 §4.1',
  }),
  compression: field('ipv6cp.opt.compress_proto', 'IPv6 compression protocol', {
    explain: 'By which protocol headers of IPv6 are made shorter on slow lines.',
    section: 'RFC 5172 §3',
    values: pppProtocols,
  }),
} as const

const known = {
  1: option(
    'ipv6cp.opt.interface_identifier',
    'Interface identifier',
    'RFC 5072 §4.1',
    'Agrees on the lower halves of the two link-local addresses.',
    r => void r.octets(f.interfaceIdentifier, 8),
  ),
  2: option(
    'ipv6cp.opt.compress',
    'IPv6 compression protocol',
    'RFC 5172 §3',
    'Offers to restore headers of IPv6 that were made shorter.',
    r => void r.u16(f.compression),
  ),
}
const names = { 1: 'Interface identifier', 2: 'IPv6 compression protocol' }
const options = optionsOf('ipv6cp', names, known)

export const ipv6cp = protocol({
  id: 'ipv6cp',
  name: 'PPP IPv6 Control Protocol',
  short: 'IPV6CP',
  reference: 'RFC 5072',
  about: 'Turns IPv6 on over a PPP line. All other addresses come later, by router advertisements or DHCPv6.',
  fields: glossary(controlFields, optionFields(options), f),
  claims: [[pppProtocols, 0x8057]],
  walk: r => walkControl(r, options),
  summary: v => controlSummary(v, options),
  line: printDetails,
})

import { field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { walkExtensions } from './icmp-extensions.ts'
import { neighborStateMeanings } from './numbers/icmp-code-meanings.ts'
import { neighbourStates } from './numbers/icmp-types.ts'
import { reservedBits } from './reserved.ts'

/** The glossary of extended echo, which asks about an interface of a node; both versions of ICMP have it. */
export const extendedEchoFields = (prefix: 'icmp' | 'icmpv6') => ({
  extendedSequence: field(`${prefix}.ext.echo.seq`, 'Sequence number', {
    explain: 'Counts the requests up and comes back in the reply.',
    section: 'RFC 8335 §2',
  }),
  requestReserved: field(`${prefix}.ext.echo.req.res`, 'Reserved', {
    explain: 'Kept free for later use; has to be 0.',
    section: 'RFC 8335 §2',
  }),
  local: field(`${prefix}.ext.echo.req.local`, 'Local', {
    type: 'flag',
    explain:
      'Set: the interface asked about is one of the node that gets this. Clear: it belongs to a neighbour of that node.',
    section: 'RFC 8335 §2',
  }),
  state: field(`${prefix}.ext.echo.rsp.state`, 'State', {
    explain: 'What the answering node’s neighbour table says of the interface, when it is not its own.',
    section: 'RFC 8335 §3',
    meanings: neighborStateMeanings,
    values: neighbourStates,
  }),
  replyReserved: field(`${prefix}.ext.echo.rsp.res`, 'Reserved', {
    explain: 'Kept free for later use; has to be 0.',
    section: 'RFC 8335 §3',
  }),
  active: field(`${prefix}.ext.echo.rsp.active`, 'Active', {
    type: 'flag',
    explain: 'Set when the interface is up. This is the answer that a plain ping of an address cannot give.',
    section: 'RFC 8335 §3',
  }),
  runsIpv4: field(`${prefix}.ext.echo.rsp.ipv4`, 'IPv4', {
    type: 'flag',
    explain: 'Set when IPv4 runs on the interface.',
    section: 'RFC 8335 §3',
  }),
  runsIpv6: field(`${prefix}.ext.echo.rsp.ipv6`, 'IPv6', {
    type: 'flag',
    explain: 'Set when IPv6 runs on the interface.',
    section: 'RFC 8335 §3',
  }),
})

type ExtendedEcho = ReturnType<typeof extendedEchoFields>

/** Reads a request behind its identifier. */
export function walkExtendedRequest(r: Reader, f: ExtendedEcho): void {
  r.u8(f.extendedSequence)
  reservedBits(r, r.bits(f.requestReserved, 7))
  r.flag(f.local)
  walkExtensions(r)
}

/** Reads a reply behind its identifier. */
export function walkExtendedReply(r: Reader, f: ExtendedEcho): void {
  r.u8(f.extendedSequence)
  r.bits(f.state, 3)
  reservedBits(r, r.bits(f.replyReserved, 2))
  r.flag(f.active)
  r.flag(f.runsIpv4)
  r.flag(f.runsIpv6)
}

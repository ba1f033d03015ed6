import { field } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { isis } from './isis.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { accessPoints } from './numbers/llc.ts'
import { pppProtocols } from './numbers/ppp.ts'

// |     NLPID     |  the first byte of the packet itself

const nlpids: Readonly<Record<number, string>> = {
  0: 'Inactive network layer',
  129: 'CLNP',
  130: 'ES-IS',
  131: 'IS-IS',
  142: 'IPv6',
  204: 'IPv4',
}

const nlpid = field('osi.nlpid', 'Network layer protocol identifier', {
  explain: 'Packets of OSI begin with the number of their own protocol.',
  section: 'ISO 9577 §5',
  values: nlpids,
})

const [intermediate, version4, version6] = [0x83, 0xcc, 0x8e]

export const osi = protocol({
  id: 'osi',
  name: 'OSI network layer',
  short: 'OSI',
  reference: 'RFC 1629, RFC 6233',
  about:
    'The other family of network protocols. What is left of it is IS-IS, with which large networks find their routes.',
  fields: { nlpid },
  claims: [
    [accessPoints, 0xfe],
    [etherTypes, 0x00fe],
    [pppProtocols, 0x0023],
  ],
  instead: r => (r.peek() === intermediate ? isis : undefined),
  walk(r) {
    const number = r.u8(nlpid)
    if (number === version4) return r.payload(etherTypes, 0x0800)
    if (number === version6) return r.payload(etherTypes, 0x86dd)
    if (r.sink !== null) r.status('unknown')
    r.note('info', `No dissector claims ${nlpids[number] ?? 'this protocol'} of OSI`)
    return r.carry(undefined)
  },
  summary: v => v.show(nlpid),
})

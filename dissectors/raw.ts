import { leftover } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { linkTypes } from './numbers/link-types.ts'

/** Raw IP: no link header, so the packet's own version says what it is. */
export const raw = protocol({
  id: 'raw',
  name: 'Raw packet',
  short: 'Raw',
  reference: 'libpcap LINKTYPE_RAW',
  about: 'A packet without any link header, as tunnel interfaces deliver them.',
  fields: {},
  claims: [[linkTypes, 101]],
  instead(r) {
    const version = r.peek() >> 4
    if (version === 4) return etherTypes.find(0x0800)
    if (version === 6) return etherTypes.find(0x86dd)
    return isLoop(r) ? linkTypes.find(108) : undefined
  },
  walk(r) {
    const version = r.peek() >> 4
    if (version < 0) r.rest(leftover)
    else if (r.sink !== null) {
      r.status('unknown')
      if (r.noting) r.note('info', `Neither IPv4 nor IPv6: the first 4 bits say version ${version}`)
    }
    return r.carry(undefined)
  },
  summary: v => (v.status === 'unknown' ? 'neither IPv4 nor IPv6' : 'no bytes'),
})

/** OpenBSD numbers its loopback header as others number raw IP: four bytes of address family come first. */
const isLoop = (r: Reader): boolean =>
  r.peek() === 0 && r.peek(1) === 0 && r.peek(2) === 0 && (r.peek(3) === 2 || r.peek(3) === 24)

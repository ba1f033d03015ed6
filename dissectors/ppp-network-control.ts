import { glossary } from '../src/dissect/field.ts'
import { type Protocol, protocol } from '../src/dissect/protocol.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { controlFields, controlSummary, walkControl } from './ppp-control.ts'

/** A protocol that turns another one on over a PPP line and has no options. */
const plain = (
  declaration: Pick<Protocol, 'id' | 'name' | 'short' | 'reference' | 'about'>,
  number: number,
): Protocol =>
  protocol({
    ...declaration,
    fields: glossary(controlFields),
    claims: [[pppProtocols, number]],
    walk: r => walkControl(r, undefined),
    summary: v => controlSummary(v, undefined),
  })

export const mplscp = plain(
  {
    id: 'mplscp',
    name: 'PPP MPLS Control Protocol',
    short: 'MPLSCP',
    reference: 'RFC 3032 §4.2',
    about: 'Turns MPLS on over a PPP line: from then on, packets with labels may be sent.',
  },
  0x8281,
)

export const osinlcp = plain(
  {
    id: 'osinlcp',
    name: 'PPP OSI Network Layer Control Protocol',
    short: 'OSINLCP',
    reference: 'RFC 1377',
    about: 'Turns OSI’s network layer on over a PPP line, which IS-IS runs on.',
  },
  0x8023,
)

export const cdpcp = plain(
  {
    id: 'cdpcp',
    name: 'PPP Cisco Discovery Control Protocol',
    short: 'CDPCP',
    reference: 'RFC 1661 §2',
    about: 'Turns Cisco’s discovery of neighbours on over a PPP line.',
  },
  0x8207,
)

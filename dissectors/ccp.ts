import { printDetails } from '../src/dissect/detail-lines.ts'
import { glossary } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { ccpOptionFields, ccpOptions } from './ccp-options.ts'
import { pppProtocols } from './numbers/ppp.ts'
import { controlFields, controlSummary, optionFields, walkControl } from './ppp-control.ts'

export const ccp = protocol({
  id: 'ccp',
  name: 'PPP Compression Control Protocol',
  short: 'CCP',
  reference: 'RFC 1962, RFC 3078',
  about:
    'Agrees on compression over a PPP line, and in Microsoft’s form on encryption. Without it, PPTP sends everything in the clear.',
  fields: glossary(controlFields, optionFields(ccpOptions), ccpOptionFields),
  // 0x80fb is the same for one line of a bundle.
  claims: [[pppProtocols, 0x80fd, 0x80fb]],
  walk: r => walkControl(r, ccpOptions),
  summary: v => controlSummary(v, ccpOptions),
  line: printDetails,
})

import { bytes, field } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { eap } from './eap.ts'
import { eapolTypeMeanings } from './numbers/configuration-meanings.ts'
import { etherTypes } from './numbers/ether-types.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |    Version    |     Type      |            Length             |
// |    Body ...

const [packet, key] = [0, 3]

const f = {
  version: field('eapol.version', 'Protocol version', {
    explain: 'The edition of 802.1X that the sender knows; who gets a higher one reads it as its own.',
    section: 'IEEE 802.1X-2010 §11.3.1',
    values: { 1: '802.1X-2001', 2: '802.1X-2004', 3: '802.1X-2010' },
  }),
  type: field('eapol.type', 'Packet type', {
    explain:
      'Whether the body is a message of EAP, a key, or talk about keys for MACsec; a start asks the switch to begin.',
    section: 'IEEE 802.1X-2010 §11.3.2',
    meanings: eapolTypeMeanings,
    values: {
      [packet]: 'EAP packet',
      1: 'start',
      2: 'logoff',
      [key]: 'key',
      4: 'alert',
      5: 'MACsec key agreement (MKA)',
      6: 'announcement (generic)',
      7: 'announcement (specific)',
      8: 'announcement request',
    },
  }),
  length: field('eapol.len', 'Body length', {
    explain: 'Bytes of the body; what the frame has behind them is padding.',
    section: 'IEEE 802.1X-2010 §11.3.3',
    show: bytes,
  }),
  descriptor: field('eapol.keydes.type', 'Key descriptor', {
    explain: 'The form in which the key is packed: Wi-Fi’s WPA and WPA2 have their own.',
    section: 'IEEE 802.1X-2010 §11.9',
    values: { 1: 'RC4', 2: 'IEEE 802.11', 254: 'WPA' },
  }),
  descriptorBody: field('eapol.keydes.body', 'Key descriptor body', {
    type: 'bytes',
    explain: 'Nonces, counters and the wrapped key itself, not taken apart here.',
    section: 'IEEE 802.1X-2010 §11.9',
  }),
  body: field('eapol.body', 'Body', {
    type: 'bytes',
    explain: 'What packets of the other types carry, not taken apart here.',
    section: 'IEEE 802.1X-2010 §11.3.4',
  }),
}

export const eapol = protocol({
  id: 'eapol',
  name: 'EAP over LAN',
  short: 'EAPOL',
  reference: 'IEEE 802.1X',
  about:
    'Proves to a switch or an access point who is there before it lets anything else through: EAP between the two, straight on the link.',
  fields: f,
  claims: [[etherTypes, 0x888e]],
  walk(r) {
    r.u8(f.version)
    const type = r.u8(f.type)
    r.limitTo(4 + r.u16(f.length), f.length)
    return walkBody(r, type)
  },
  summary: v => v.show(f.type),
})

function walkBody(r: Reader, type: number): Next {
  if (type === packet) return r.carry(eap)
  if (type === key && r.left > 0) {
    r.u8(f.descriptor)
    if (r.left > 0) r.rest(f.descriptorBody)
  } else if (r.left > 0) r.rest(f.body)
  return r.carry(undefined)
}

import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { channelTypes } from './numbers/channel-types.ts'
import { channelMeanings } from './numbers/tunnel-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |0 0 0 1|Version|   Reserved    |         Channel Type          |

const f = {
  nibble: field('pwach.first_nibble', 'First four bits', {
    explain:
      'Always 1: neither IP, which has 4 or 6 here, nor a customer’s frame behind a control word, which has 0.',
    section: 'RFC 5586 §2.1',
  }),
  version: field('pwach.ver', 'Version', {
    explain: 'Lets a receiver drop what it does not know. Only 0 is defined.',
    section: 'RFC 5586 §2.1',
  }),
  reserved: field('pwach.res', 'Reserved', {
    explain: 'Room for later use, sent as 0 and ignored.',
    section: 'RFC 5586 §2.1',
    show: hex(2),
  }),
  channelType: field('pwach.channel_type', 'Channel type', {
    explain: 'Which protocol the two ends speak here to watch over the path, such as BFD, or IP itself.',
    section: 'RFC 5586 §2.1',
    meanings: channelMeanings,
    values: channelTypes,
  }),
}

export const pwAssociated = protocol({
  id: 'pwach',
  name: 'Associated channel header',
  short: 'ACH',
  reference: 'RFC 4385, RFC 5586',
  about: 'Messages about an MPLS path or pseudowire itself, sent along it so that they share its fate.',
  fields: f,
  claims: [],
  walk(r) {
    r.bits(f.nibble, 4)
    if (r.bits(f.version, 4) !== 0) r.noteField('warning', 'Only version 0 is defined')
    r.u8(f.reserved)
    return r.payload(channelTypes, r.u16(f.channelType))
  },
  summary: v => v.show(f.channelType),
})

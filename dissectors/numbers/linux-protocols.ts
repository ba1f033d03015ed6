import { hex } from '../../src/dissect/field.ts'
import { NumberSpace } from '../../src/dissect/number-space.ts'

/** Numbers below 0x0600 in the place of an EtherType, as Linux gives them out (ETH_P_ in if_ether.h). */
export const linuxProtocols = new NumberSpace(
  'Linux packet type',
  0x600,
  {
    1: 'Novell 802.3 without LLC',
    3: 'Ethernet',
    4: '802.2 LLC',
    7: 'PPP (HDLC)',
    9: 'LocalTalk',
    12: 'CAN',
    13: 'CAN FD',
    14: 'CAN XL',
    23: 'IrDA LAP',
    245: 'CAIF',
    246: 'IEEE 802.15.4',
    247: 'IEEE 802.15.4',
    249: 'MCTP',
  },
  hex(4),
)

import { hex } from '../../src/dissect/field.ts'
import { NumberSpace } from '../../src/dissect/number-space.ts'

/** Service access points of LLC, without the low bit: https://standards-oui.ieee.org/llc/public.txt and use. */
export const accessPoints = new NumberSpace(
  'LLC service access point',
  256,
  {
    0: 'null',
    2: 'LLC management',
    4: 'SNA path control',
    6: 'IP',
    8: 'SNA',
    12: 'SNA',
    14: 'PROWAY management',
    16: 'NetWare',
    20: 'OSI',
    24: 'Texas Instruments',
    66: 'Spanning Tree',
    78: 'EIA RS-511',
    126: 'X.25 over LLC',
    128: 'Xerox NS',
    130: 'BACnet',
    134: 'Nestar',
    142: 'PROWAY',
    152: 'ARP',
    170: 'SNAP',
    188: 'Banyan VINES',
    224: 'IPX',
    240: 'NetBIOS',
    244: 'IBM LAN management',
    248: 'Remote Program Load (HP)',
    250: 'Ungermann-Bass',
    252: 'Remote Program Load',
    254: 'OSI network layer (IS-IS)',
  },
  hex(2),
)

/** Organizations whose protocol numbers SNAP is used with. */
export const organizations: Readonly<Record<number, string>> = {
  0: 'EtherType',
  12: 'Cisco',
  248: 'Cisco (EtherType)',
  94: 'IANA',
  483: 'Siemens',
  1258: 'HP',
  129: 'Nortel',
  1119: 'Force10',
  20674: 'IEEE registration',
  32962: 'IEEE 802.1',
  57387: 'Extreme',
  57426: 'Foundry',
  524295: 'AppleTalk',
  41172: 'Ruckus',
}

/** Cisco's protocol numbers under its own organization code. */
export const ciscoProtocols: Readonly<Record<number, string>> = {
  258: 'DRIP',
  260: 'Port Aggregation (PAgP)',
  261: 'MLS Hello',
  267: 'Per-VLAN Spanning Tree (PVST+)',
  268: 'VLAN Bridge Spanning Tree',
  273: 'Unidirectional Link Detection (UDLD)',
  277: 'WLCCP',
  287: 'TACP',
  1025: 'Cell Switch Controller',
  8202: 'STP UplinkFast',
  8192: 'Cisco Discovery (CDP)',
  8193: 'CGMP',
  8195: 'VLAN Trunking (VTP)',
  8196: 'Dynamic Trunking (DTP)',
}

/** Commands of LLC's unnumbered frames: the control field without the poll bit (IEEE 802.2 §5.4.1). */
export const unnumberedNames: Readonly<Record<number, string>> = {
  3: 'UI',
  15: 'DM',
  67: 'DISC',
  99: 'UA',
  111: 'SABME',
  135: 'FRMR',
  175: 'XID',
  227: 'TEST',
}

/** Supervisory frames of LLC (IEEE 802.2 §5.4.2). */
export const supervisoryNames: Readonly<Record<number, string>> = { 0: 'RR', 1: 'RNR', 2: 'REJ' }

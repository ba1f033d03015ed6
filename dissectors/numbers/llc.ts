import { hex } from '../../src/dissect/field.ts'
import { NumberSpace } from '../../src/dissect/number-space.ts'

/** Service access points of LLC, without the low bit: IEEE's list, and those in use before it. */
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
  94: 'IANA',
  129: 'Nortel',
  248: 'Cisco (EtherType)',
  32962: 'IEEE 802.1',
  57387: 'Extreme',
  57426: 'Foundry',
  524295: 'AppleTalk',
}

/** Cisco's protocol numbers under its own organization code. */
export const ciscoProtocols: Readonly<Record<number, string>> = {
  258: 'DRIP',
  260: 'Port Aggregation (PAgP)',
  261: 'MLS Hello',
  264: 'Root Link Query, request',
  265: 'Root Link Query, response',
  267: 'Per-VLAN Spanning Tree (PVST+)',
  268: 'VLAN Bridge Spanning Tree',
  273: 'Unidirectional Link Detection (UDLD)',
  313: 'MCP',
  8192: 'Cisco Discovery (CDP)',
  8193: 'CGMP',
  8195: 'VLAN Trunking (VTP)',
  8196: 'Dynamic Trunking (DTP)',
  8202: 'STP UplinkFast',
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

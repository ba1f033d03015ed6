/**
 * Link types: what kind of header a frame starts with. The numbers are those of capture files
 * (https://www.tcpdump.org/linktypes.html), the names libpcap's without the prefix `DLT_`.
 */
const names: Readonly<Record<number, string>> = {
  0: 'NULL',
  1: 'EN10MB',
  3: 'AX25',
  6: 'IEEE802',
  7: 'ARCNET',
  8: 'SLIP',
  9: 'PPP',
  10: 'FDDI',
  50: 'PPP_SERIAL',
  51: 'PPP_ETHER',
  100: 'ATM_RFC1483',
  101: 'RAW',
  104: 'C_HDLC',
  105: 'IEEE802_11',
  107: 'FRELAY',
  108: 'LOOP',
  109: 'ENC',
  113: 'LINUX_SLL',
  114: 'LTALK',
  117: 'PFLOG',
  119: 'PRISM_HEADER',
  122: 'IP_OVER_FC',
  123: 'SUNATM',
  127: 'IEEE802_11_RADIO',
  129: 'ARCNET_LINUX',
  138: 'APPLE_IP_OVER_IEEE1394',
  143: 'DOCSIS',
  144: 'LINUX_IRDA',
  163: 'IEEE802_11_RADIO_AVS',
  165: 'BACNET_MS_TP',
  166: 'PPP_PPPD',
  169: 'GPRS_LLC',
  187: 'BLUETOOTH_HCI_H4',
  189: 'USB_LINUX',
  192: 'PPI',
  195: 'IEEE802_15_4',
  201: 'BLUETOOTH_HCI_H4_WITH_PHDR',
  204: 'PPP_WITH_DIR',
  220: 'USB_LINUX_MMAPPED',
  227: 'CAN_SOCKETCAN',
  228: 'IPV4',
  229: 'IPV6',
  230: 'IEEE802_15_4_NOFCS',
  239: 'NFLOG',
  240: 'NETANALYZER',
  242: 'IPOIB',
  249: 'USBPCAP',
  253: 'NETLINK',
  258: 'PKTAP',
  276: 'LINUX_SLL2',
}

/** libpcap's name of a link type, `LINKTYPE_147` for a number without one here. */
export const linkTypeName = (linkType: number): string => names[linkType] ?? `LINKTYPE_${linkType}`

/** The number of a link type given by name (any case) or number; undefined where there is none. */
export function linkTypeNumber(text: string): number | undefined {
  if (/^\d{1,5}$/.test(text)) return Number(text)
  const wanted = text.toUpperCase().replace(/^(DLT|LINKTYPE)_/, '')
  const found = Object.entries(names).find(([, name]) => name === wanted)
  return found && Number(found[0])
}

/**
 * The LINKTYPE_ number for the DLT_ number that some systems write into files in its place
 * (raw IP is 12 or 14 there, OpenBSD's enc 13 and loop 12).
 */
export const linkTypeOf = (inFile: number): number =>
  inFile === 12 || inFile === 14 ? 101 : inFile === 13 ? 109 : inFile

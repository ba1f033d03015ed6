// Vendor IDs are nobody's registry: constants that implementers made up, mostly the MD5 of a sentence. Those given as a
// sentence here are hashed or spelled out at start-up; the others have been seen to be sent and their origin is unknown.

/** One vendor ID: how its bytes come about, and what it tells. */
export type VendorId = {
  readonly name: string
  /** What the sender can do, or who made it. */
  readonly tells: string
  /** The text whose MD5 it is. */
  readonly md5?: string
  /** The text that it is itself, or begins with. */
  readonly text?: string
  /** Its bytes, in hex. */
  readonly hex?: string
  /** Bytes behind it vary: versions and abilities. */
  readonly more?: true
  /** Two bytes behind it, and no more, are a version. */
  readonly version?: true
}

/** A program by which one looks up known quirks; no ability follows from it. */
const product = (is: string): string =>
  `The sender is ${is}. No ability follows from it, but its quirks can be looked up.`
const natDraft =
  'The sender can pass NAT in the way of a draft of RFC 3947: peers take the newest way that both announce.'
const udpDraft = 'The sender knows an early way of carrying ESP in UDP through NAT, from before RFC 3948.'

const draft = (number: string): VendorId => ({
  name: `draft-ietf-ipsec-nat-t-ike-${number}`,
  tells: natDraft,
  md5: `draft-ietf-ipsec-nat-t-ike-${number}`,
})

const sentinel = (version: string): VendorId => ({
  name: `SSH Sentinel ${version}`,
  tells: product(`version ${version} of SSH Sentinel, a client for Windows`),
  md5: `SSH Sentinel ${version}`,
})

/** The company’s name was written `Ssh` up to version 2. */
const express = (version: string): VendorId => ({
  name: `SSH IPSEC Express ${version}`,
  tells: product(`built with version ${version} of a toolkit that many makers bought`),
  md5: `${version < '3' ? 'Ssh' : 'SSH'} Communications Security IPSEC Express version ${version}`,
})

/** Vendor IDs that are known here. */
export const vendorIds: readonly VendorId[] = [
  {
    name: 'NAT traversal (RFC 3947)',
    tells: 'The sender can pass NAT: it looks for NAT devices, moves to port 4500 and puts ESP into UDP.',
    md5: 'RFC 3947',
  },
  draft('00'),
  draft('01'),
  draft('02'),
  {
    name: 'draft-ietf-ipsec-nat-t-ike-02\\n',
    tells: `${natDraft} The hash was made with a line end by mistake, and everyone went along.`,
    md5: 'draft-ietf-ipsec-nat-t-ike-02\n',
  },
  draft('03'),
  draft('04'),
  draft('05'),
  draft('06'),
  draft('07'),
  draft('08'),
  { name: 'draft-ietf-ipsec-nat-t-ike', tells: natDraft, md5: 'draft-ietf-ipsec-nat-t-ike' },
  {
    name: 'draft-stenberg-ipsec-nat-traversal-01',
    tells: udpDraft,
    md5: 'draft-stenberg-ipsec-nat-traversal-01',
  },
  {
    name: 'draft-stenberg-ipsec-nat-traversal-02',
    tells: udpDraft,
    md5: 'draft-stenberg-ipsec-nat-traversal-02',
  },
  {
    name: 'draft-huttunen-ipsec-esp-in-udp-00',
    tells: udpDraft,
    md5: 'draft-huttunen-ipsec-esp-in-udp-00.txt',
  },
  { name: 'ESPThruNAT', tells: udpDraft, md5: 'ESPThruNAT' },
  {
    name: 'Dead Peer Detection (RFC 3706)',
    tells:
      'The sender answers when asked whether it is alive, so a peer that vanished is noticed. Two bytes of version end it.',
    hex: 'afcad71368a1f1c96b8696fc7757',
    more: true,
  },
  {
    name: 'XAUTH',
    tells:
      'The sender can ask or answer for a user’s name and password after phase 1 (draft-ietf-ipsra-isakmp-xauth-06).',
    hex: '09002689dfd6b712',
    more: true,
  },
  {
    name: 'IKE fragmentation',
    tells:
      'The sender can take IKE messages in pieces (Cisco and Microsoft). Bytes behind the hash are flags.',
    md5: 'FRAGMENTATION',
    more: true,
  },
  {
    name: 'HeartBeat_Notify',
    tells: 'The sender, Juniper’s NetScreen as a rule, can tell by heartbeats that it is alive.',
    text: 'HeartBeat_Notify',
    more: true,
  },
  {
    name: 'Microsoft (MS NT5 ISAKMPOAKLEY)',
    tells:
      'The sender is Windows. The number behind the hash is the version: 2 is Windows 2000, 4 XP SP2, 5 Vista, 8 and 9 Windows 7 and later.',
    md5: 'MS NT5 ISAKMPOAKLEY',
    more: true,
  },
  { name: 'GSS-API', tells: 'The sender, Windows as a rule, can prove itself by Kerberos.', md5: 'GSSAPI' },
  {
    name: 'GSS-API authentication',
    tells: 'The sender, Windows as a rule, can prove itself by Kerberos.',
    md5: 'A GSS-API Authentication Method for IKE',
  },
  {
    name: 'GSS-API authentication\\n',
    tells: 'The sender, Windows as a rule, can prove itself by Kerberos. The hash was made with a line end.',
    md5: 'A GSS-API Authentication Method for IKE\n',
  },
  {
    name: 'Vid-Initial-Contact',
    tells:
      'The sender, Windows as a rule, says that it has no other SA with its peer: old ones may be thrown away.',
    md5: 'Vid-Initial-Contact',
  },
  {
    name: 'IKE CGA version 1',
    tells: 'The sender, Windows as a rule, knows addresses made from public keys.',
    md5: 'IKE CGA version 1',
  },
  {
    name: 'MS-Negotiation Discovery Capable',
    tells: 'The sender, Windows as a rule, goes on in clear while it finds out whether its peer knows IPsec.',
    md5: 'MS-Negotiation Discovery Capable',
  },
  {
    name: 'MS-MamieExists',
    tells: 'The sender, Windows as a rule, knows AuthIP, Microsoft’s extension of IKE.',
    md5: 'MS-MamieExists',
  },
  {
    name: 'Cisco Unity',
    tells:
      'The sender knows Cisco’s settings for clients: banners, split tunnels, backup servers. Two bytes of version end it.',
    hex: '12f5f28c457168a9702d9fe274cc',
    version: true,
  },
  {
    name: 'Cisco VPN 3000',
    tells: product('a VPN concentrator of Cisco’s, out of sale since 2007'),
    hex: '1f07f70eaa6514d3b0fa96542a',
    more: true,
  },
  {
    name: 'CISCO-DELETE-REASON',
    tells: 'The sender can say why it deletes an SA.',
    text: 'CISCO-DELETE-REASON',
    more: true,
  },
  {
    name: 'CISCO(COPYRIGHT)',
    tells: product('a Cisco router or firewall, which sends this along with IKEv2'),
    text: 'CISCO(COPYRIGHT)',
    more: true,
  },
  {
    name: 'CISCOVPN-REV-02',
    tells: product('a Cisco device that knows the second revision of Cisco’s VPN'),
    text: 'CISCOVPN-REV-02',
    more: true,
  },
  {
    name: 'CISCO-DYNAMIC-ROUTE',
    tells: 'The sender can take routes by IKE.',
    text: 'CISCO-DYNAMIC-ROUTE',
    more: true,
  },
  {
    name: 'FLEXVPN-SUPPORTED',
    tells: 'The sender knows Cisco’s FlexVPN.',
    text: 'FLEXVPN-SUPPORTED',
    more: true,
  },
  {
    name: 'CISCO-GRE-MODE',
    tells: 'The sender can run GRE in transport mode in Cisco’s way.',
    text: 'CISCO-GRE-MODE',
    more: true,
  },
  {
    name: 'Check Point',
    tells: 'The sender is Check Point’s. Product, version, time and features follow, four bytes each.',
    hex: 'f4ed19e0c114eb516faaac0ee37daf2807b4381f',
    more: true,
  },
  {
    name: 'FortiGate',
    tells: `${product('a FortiGate firewall of Fortinet’s')} Release and build end it.`,
    hex: '8299031757a36082c6a621de',
    more: true,
  },
  {
    name: 'Shrew Soft',
    tells: product('Shrew Soft’s client for Windows and Unix, as many routers’ makers recommended'),
    hex: 'f14b94b7bff1fef02773b8c49feded26',
  },
  {
    name: 'strongSwan',
    tells: product('strongSwan, the IPsec of most Linux gateways and of many phones’ apps'),
    md5: 'strongSwan',
  },
  { name: 'OpenIKED', tells: product('OpenBSD’s iked'), text: 'OpenIKED', more: true },
  {
    name: 'Libreswan',
    tells: product('Libreswan, the IPsec of Red Hat’s Linux'),
    text: 'OE-Libreswan',
    more: true,
  },
  { name: 'Openswan', tells: product('Openswan, from which Libreswan came'), text: 'OE', more: true },
  {
    name: 'KAME/racoon',
    tells: product('racoon, the IKEv1 of BSDs, old Macs and old Android'),
    md5: 'KAME/racoon',
  },
  {
    name: 'SSH Sentinel',
    tells: product('SSH Sentinel, a client for Windows, of an unknown version'),
    md5: 'SSH Sentinel',
  },
  ...['1.1', '1.2', '1.3', '1.4', '1.4.1'].map(sentinel),
  ...[
    '1.1.0',
    '1.1.1',
    '1.1.2',
    '1.2.1',
    '1.2.2',
    '2.0.0',
    '2.1.0',
    '2.1.1',
    '2.1.2',
    '3.0.0',
    '3.0.1',
    '4.0.0',
    '4.1.0',
    '4.2.0',
  ].map(express),
  { name: 'TIMESTEP', tells: product('a TimeStep gateway of the nineties'), text: 'TIMESTEP', more: true },
  {
    name: 'Nortel Contivity',
    tells: product('a Contivity gateway of Nortel’s, formerly Bay Networks'),
    text: 'BNES',
    more: true,
  },
  { name: 'SonicWall', tells: product('a SonicWall firewall'), hex: '404bf439522ca3f6', more: true },
  {
    name: 'SafeNet SoftRemote',
    tells: product('SafeNet’s client for Windows, which many makers sold under their own names'),
    hex: '47bbe7c993f1fc13b4e6d0db565c68e5',
    more: true,
  },
  { name: 'OpenPGP', tells: 'The sender takes OpenPGP keys for certificates.', text: 'OpenPGP', more: true },
]

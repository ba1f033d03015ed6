import type { Lesson } from '../../src/dissect/protocol.ts'

/** What the headers of tunnels without encryption do not tell. */

export const greLesson: Lesson = {
  protects:
    'It protects nothing: no encryption, no proof of the sender. The key is a label, and the checksum, where there is one, finds accidents. Where secrecy matters, ESP goes around it.',
  overhead:
    'It takes 4 bytes, and 4 more each for checksum, key and sequence number, behind an outer IP header: 24 bytes over IPv4, 28 with a key. With Ethernet inside (gretap) another 14 bytes are the inner frame’s header.',
  recognised:
    'IP protocol 47. Two bytes of flags, mostly 0x0000 or 0x2000 (a key is there), then an EtherType.',
  mistakes: [
    'A key at one end only, or another one at each: packets arrive and are dropped without a word.',
    'It has no ports: NAT devices and firewalls have to know it by name, and many drop IP protocol 47.',
    'The MTU inside stayed at 1500: it has to be 1476 over IPv4, 1472 with a key, or large packets are cut or lost.',
  ],
}

export const etheripLesson: Lesson = {
  protects:
    'It protects nothing: the Ethernet frame travels in the open. Where secrecy matters, ESP goes around it.',
  overhead:
    'It takes 2 bytes behind the outer IP header. With the inner frame’s own 14 bytes that makes 36 over IPv4 and 56 over IPv6.',
  recognised: 'IP protocol 97, then 0x3000: version 3 and twelve zeros.',
  mistakes: [
    'Old systems wrote the version into the other half of the byte (0x03): each side drops what the other sends, unless one is told to take it.',
    'It joins two links to one: two such tunnels between the same networks are a loop, unless spanning tree runs through them.',
    'Frames of full size no longer fit: the outer packets are cut into fragments, or dropped where that is forbidden.',
  ],
}

export const vxlanLesson: Lesson = {
  protects:
    'It protects nothing: whoever can send UDP to an endpoint can put frames into the network behind it.',
  overhead:
    'It takes 8 bytes behind UDP. With outer IPv4, UDP and the inner frame’s header that makes 50, over IPv6 70: the network below needs an MTU of 1550 for full frames.',
  recognised: 'UDP port 4789 (8472 in older Linux), and a first byte of 0x08.',
  mistakes: [
    'The two ends use different ports, 4789 and 8472: packets are sent and nobody takes them.',
    'The network identifiers differ: packets arrive and are dropped without a word.',
    'The network below has an MTU of 1500: large frames vanish, small ones pass.',
  ],
}

export const l2tpLesson: Lesson = {
  protects:
    'It protects nothing: PPP inside may ask for a password, but hides no packet. With IPsec around it (L2TP/IPsec) ESP does that.',
  overhead:
    'It takes 6 to 12 bytes behind UDP, and PPP inside 2 to 4 more: about 40 bytes over IPv4 before IPsec is added.',
  recognised: 'UDP port 1701. A set first bit is a control message, a clear one data.',
  mistakes: [
    'It is seen in the open where IPsec was meant to be around it: the policy did not match, often because of NAT.',
    'Several clients behind one NAT device: some servers can tell only one of them, for all look alike to IPsec’s transport mode.',
    'The control channel stands and PPP inside breaks off: look at LCP and at the authentication, not at L2TP.',
  ],
}

export const pppLesson: Lesson = {
  protects:
    'It protects nothing on its own. PAP sends the password in the open; CHAP sends a hash that can be guessed from; encryption (ECP, MPPE) is an extra that both have to agree on.',
  overhead:
    'It takes 2 bytes for the protocol, 1 where both agreed to shorten it, and 2 more for address and control on serial lines.',
  recognised:
    'A number of two bytes: 0x0021 is IPv4, 0x0057 IPv6, 0xc021 LCP; on serial lines 0xff03 stands in front.',
  mistakes: [
    'LCP requests without an answer: the line carries bytes in one direction only.',
    'The same options are refused again and again: the two ends cannot agree, mostly on authentication.',
    'LCP and the password were right and no address comes: look at IPCP.',
  ],
}

export const pptpLesson: Lesson = {
  protects:
    'It protects nothing that matters today: the control connection is in the open, and the keys of MPPE come from a password by MS-CHAPv2, which is broken.',
  overhead:
    'Its data packets have 20 bytes of IPv4, 8 to 16 of GRE, and PPP’s 1 to 4 bytes: about 36 in all, with MPPE 4 more.',
  recognised:
    'TCP port 1723 with 0x1a2b3c4d in each control message; data is GRE version 1 with EtherType 0x880b.',
  mistakes: [
    'TCP port 1723 passes and IP protocol 47 does not: the control connection stands, LCP in GRE gets no answer, and after half a minute all is over.',
    'Two clients behind one NAT device with the same call ID: it cannot tell their data apart.',
  ],
}

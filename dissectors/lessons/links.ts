import type { Lesson } from '../../src/dissect/protocol.ts'

/** What the headers of links, and of what makes one link of several, do not tell. */

export const ethLesson: Lesson = {
  protects: 'It protects nothing: a check sequence, which captures rarely hold, finds accidents on the wire.',
  overhead:
    'It takes 14 bytes in front and 4 of check sequence behind. Inside a tunnel the 14 come off the MTU like any other header.',
  recognised: 'Two addresses of 6 bytes, then an EtherType of 0x0600 or more, or a length below that.',
  mistakes: [
    'Zeros behind the packet are padding of frames shorter than 60 bytes, and no part of it.',
    'Broadcasts and unknown addresses go everywhere, through every tunnel that joins links: a loop of two such tunnels fills both.',
    'The address inside a tunnel is the far host’s, the address outside the next router’s: a capture on the wire shows both.',
  ],
}

export const arpLesson: Lesson = {
  protects:
    'It protects nothing: whoever answers first, or last, is believed. So traffic is led astray on a shared link.',
  overhead:
    'It takes 28 bytes for Ethernet and IPv4, filled up to the shortest frame, and only when an address is looked for.',
  recognised: 'EtherType 0x0806; opcode 1 asks and 2 answers.',
  mistakes: [
    'Questions without an answer: the host is off, or not on this link. Through a tunnel that carries IP only, ARP cannot pass at all.',
    'An answer that nobody asked for announces a new holder of the address, as CARP and VRRP do on purpose.',
    'Two stations answer for one address: somebody gave it out twice.',
  ],
}

export const vlanLesson: Lesson = {
  protects:
    'It protects nothing: it keeps networks apart only where every switch on the way is set up for it.',
  overhead: 'It takes 4 bytes a tag; with two of them (QinQ) 8.',
  recognised: 'EtherType 0x8100, for a provider’s tag 0x88a8.',
  mistakes: [
    'A capture filter that says esp or udp finds nothing in tagged frames: the filter needs vlan in front.',
    'The number differs at the two ends of a link, or the tag is missing at one: frames leave and never arrive.',
    'The extra 4 bytes do not fit where links allow exactly 1518: only full frames are lost.',
  ],
}

export const macsecLesson: Lesson = {
  protects:
    'It protects everything on one link from change and replay, and mostly from being read, addresses of the frame left aside. The next switch opens it, so it ends at each hop.',
  overhead:
    'It takes 8 bytes, 16 with the sender’s channel in it, and 16 of check value: 24 or 32 bytes a frame.',
  recognised: 'EtherType 0x88e5.',
  mistakes: [
    'One side has keys and the other none: frames are sent and the far side drops them as untagged.',
    'The link’s MTU stayed as it was: full frames no longer fit.',
  ],
}

export const mplsLesson: Lesson = {
  protects: 'It protects nothing: who can send labels into the network can send packets anywhere in it.',
  overhead: 'It takes 4 bytes a label; a VPN of a provider has two of them, 8 bytes.',
  recognised:
    'EtherType 0x8847. Nothing says what follows the last label: only the first bits of the payload give a hint.',
  mistakes: [
    'The label is not known at the next router: it drops the packet without an answer.',
    'Links were not raised to an MTU of 1508 or more: full packets get lost behind the first label.',
    'Ethernet behind a label is taken for IP where its address begins with 4 or 6: that is what the control word is for.',
  ],
}

export const geneveLesson: Lesson = {
  protects:
    'It protects nothing: whoever can send UDP to an endpoint can put frames into the network behind it.',
  overhead:
    'It takes 8 bytes behind UDP, and options in words of 4. With outer IPv4, UDP and the inner frame’s header that makes 50 and more.',
  recognised: 'UDP port 6081, then the length of options, and an EtherType, mostly 0x6558 for a frame.',
  mistakes: [
    'An option that is marked critical is not known at the far end, which has to drop the packet.',
    'The network identifiers differ: packets arrive and are dropped without a word.',
    'The network below has an MTU of 1500: large frames vanish, small ones pass.',
  ],
}

export const l2tpv3Lesson: Lesson = {
  protects:
    'It protects nothing but has a cookie, a number that a blind attacker has to guess. Where secrecy matters, ESP goes around it.',
  overhead:
    'It takes 4 bytes of session ID, a cookie of 0, 4 or 8, and mostly 4 more of sublayer: 24 to 36 bytes with IPv4, then the frame that it carries.',
  recognised: 'IP protocol 115, a session ID that is not 0; control messages have 0 there.',
  mistakes: [
    'The cookies differ, or one side has none: every packet is dropped without a word.',
    'The sublayer is there at one end only: each frame is read 4 bytes too early or too late.',
    'It has no ports, so NAT devices stop it; over UDP it passes.',
  ],
}

export const pppoeLesson: Lesson = {
  protects: 'It protects nothing: anyone on the link can read along, and answer a discovery first.',
  overhead: 'It takes 6 bytes, and PPP 2 more: 1492 of 1500 are left.',
  recognised: 'EtherType 0x8864 for the session, 0x8863 for the discovery before it.',
  mistakes: [
    'Pages load in part and tunnels stall: somebody still sends 1500 bytes, and ICMP about it is filtered. Clamp the MSS to 1452.',
    'The session ID is not known any more after a restart: a terminate from the other side, or silence, is the answer.',
    'An IPsec tunnel over it starts from 1492 and not from 1500.',
  ],
}

export const gtpLesson: Lesson = {
  protects:
    'It protects nothing: a user’s packets travel in the open between base station and core, unless IPsec is around it.',
  overhead: 'It takes 8 bytes, 12 with optional fields, behind UDP: 36 with IPv4.',
  recognised: 'UDP port 2152, a first byte of 0x30 or more and 255 as message type for users’ packets.',
  mistakes: [
    'The tunnel endpoint identifier is not known at the receiver, which answers with an error indication.',
    'Fragments between base station and core: the transport’s MTU is not the users’ 1500 and 36 more.',
  ],
}

export const teredoLesson: Lesson = {
  protects:
    'It protects nothing, and lets IPv6 through a NAT device that was thought to keep everything out.',
  overhead:
    'It takes 28 bytes, IPv4 and UDP; 8 more for an origin and up to 13 or more for authentication in front of some packets.',
  recognised:
    'UDP port 3544 at the server, IPv6 in UDP elsewhere; addresses begin with 2001:0 and hold server and client.',
  mistakes: [
    'Bubbles, empty IPv6 packets, go out and nothing comes back: the NAT device is of a kind that it cannot pass.',
    'Its servers are mostly switched off today: a client asks and gets no answer.',
  ],
}

export const nhrpLesson: Lesson = {
  protects: 'It protects nothing but for a password in the open; DMVPN runs it inside of GRE and IPsec.',
  overhead:
    'It adds nothing to the traffic: it finds out, once, behind which address of the outer network the next hop is.',
  recognised: 'In GRE with EtherType 0x2001; requests and replies of registration and resolution.',
  mistakes: [
    'Registrations without a reply: the hub does not know the network’s number or password, or GRE’s key differs.',
    'Resolution is answered and the short way does not come up: IPsec between the two spokes failed.',
  ],
}

import type { Lesson } from '../../src/dissect/protocol.ts'

/** What the headers of IPsec do not tell. */

export const espLesson: Lesson = {
  protects:
    'It protects what is behind it from everyone without the keys: encrypted, authenticated, numbered against replays. The outer IP header is not covered and may change, as with NAT. Tunnel mode hides the whole inner packet, transport mode leaves its addresses outside.',
  overhead:
    'It takes 8 bytes of header, an initialization vector (8 for AES-GCM, 16 for AES-CBC), padding, 2 bytes behind that, and a check value (16 for AES-GCM and HMAC-SHA2-256). In tunnel mode over IPv4 that is 54 to 57 bytes with AES-GCM, 62 to 77 with AES-CBC and HMAC-SHA2-256; encapsulation in UDP adds 8.',
  recognised:
    'IP protocol 50, or UDP port 4500 where the first 4 bytes are not zero: an SPI, then a number that goes up by 1.',
  mistakes: [
    'Packets in one direction only: the other side has no such association, or a firewall lets IKE pass (UDP 500) and not IP protocol 50.',
    'The receiver was restarted and knows the SPI no longer: it drops everything in silence until dead peer detection or a new negotiation.',
    'The overhead was not taken from the MTU: small packets pass and large ones vanish.',
    'NAT on the way and no UDP around it: ESP has no ports, so answers do not find back, or two clients are mixed up.',
  ],
}

export const ahLesson: Lesson = {
  protects:
    'It protects every byte of the packet from change, and proves who sent it, addresses of the outer header included. It hides nothing: all of it can be read.',
  overhead:
    'It takes 12 bytes and the check value: 24 with HMAC-SHA1-96, 28 with HMAC-SHA2-256-128, over IPv6 always filled up to a multiple of 8.',
  recognised:
    'IP protocol 51: the next protocol, a length, two zero bytes, an SPI, a number that goes up by 1.',
  mistakes: [
    'NAT changes an address, the check value no longer fits, and every packet is dropped. There is no remedy but ESP.',
    'Somebody wanted secrecy: all that it carries can be read, and only ESP hides anything.',
  ],
}

export const ikeLesson: Lesson = {
  also: ['ike', 'ikev1', 'ikev2'],
  protects:
    'From its second exchange on everything is encrypted and authenticated. The first one is in the open: SPIs, the algorithms on offer, key exchange values, nonces. Identities are hidden but in IKEv1’s aggressive mode, which also shows a hash from which a weak pre-shared key can be guessed at leisure.',
  overhead:
    'It adds nothing to the traffic: it runs beside it, a few messages at the start and at each rekeying. A message has 28 bytes of header and 4 for each payload.',
  recognised:
    'UDP port 500, or 4500 behind four zero bytes: two SPIs of 8 bytes, the second one zero in the first message, then a byte, then the version, 0x10 or 0x20.',
  mistakes: [
    'NO_PROPOSAL_CHOSEN: no algorithm of some kind is the same on both sides. vpnscope -T ladder puts what was offered beside what was chosen.',
    'AUTHENTICATION_FAILED: another pre-shared key or certificate than expected, or an identity under which the other side has nothing configured.',
    'TS_UNACCEPTABLE: the networks that the tunnel is for differ on the two sides.',
    'The request is sent again and again: a firewall, a wrong address, or an answer with certificates whose IP fragments are lost; fragmentation of IKE itself (RFC 7383) helps there.',
    'UDP 500 passes and 4500 does not: the first exchange succeeds, and with NAT on the way the second one gets no answer.',
  ],
}

export const udpencapLesson: Lesson = {
  also: ['natt', 'nat-t', 'nat traversal'],
  protects: 'It protects nothing itself: ESP and IKE inside do.',
  overhead: 'It takes the 8 bytes of UDP from each ESP packet; an IKE message has 4 zero bytes more.',
  recognised: 'UDP port 4500: four zero bytes mean IKE, a lone 0xff is a keepalive, everything else is ESP.',
  mistakes: [
    'A firewall has port 500 open and 4500 not: IKE_SA_INIT is answered, IKE_AUTH is not.',
    'Nobody sends keepalives: the NAT device forgets the flow, and the side outside can no longer reach the one inside.',
    'ESP inside UDP shows although no NAT is there: both sides may have been told to force it.',
  ],
}

export const photurisLesson: Lesson = {
  protects:
    'It makes keys for ESP and AH, and sends identities encrypted only. Cookies keep forged addresses from costing the responder anything.',
  overhead: 'It adds nothing to the traffic: it runs beside it, six messages for a pair of associations.',
  recognised: 'UDP port 468: two cookies of 16 bytes, then the type of the message.',
  mistakes: [
    'It is history: an experiment of 1999 (RFC 2522) that OpenBSD once had as photurisd. Where UDP port 468 is seen today, it is mostly something else.',
  ],
}

import type { Lesson } from '../../src/dissect/protocol.ts'

/** What the headers of logins, and of what goes around or beside other protocols, do not tell. */

export const icmpv6Lesson: Lesson = {
  protects:
    'It protects nothing; its checksum covers the addresses too. What is for one link only has a hop limit of 255, which nothing from beyond a router can have.',
  overhead: 'An error has 8 bytes, then as much of the packet that it is about as fits into 1280.',
  recognised:
    'Next Header 58. Types below 128 are errors; 128 asks and 129 answers a ping; 133 to 137 find neighbours and routers.',
  mistakes: [
    'A filter that drops all of it stops IPv6: no neighbour is found, and no router says that a packet is too big.',
    'Packet Too Big (type 2) is the only remedy for a packet that is too large: where it is lost, large packets vanish.',
    'Neighbour solicitations without an answer: the host is off, or not on this link.',
  ],
}

export const papLesson: Lesson = {
  protects: 'It protects nothing: name and password are sent in the open, for everyone on the way to read.',
  overhead: 'It adds nothing to the traffic: one request and one answer at the start.',
  recognised: 'PPP protocol 0xc023. Code 1 asks, 2 lets in, 3 refuses.',
  mistakes: [
    'Refused: the name or the password is not what the other side knows; its log says which.',
    'It was agreed on because both sides refused anything better in LCP: look at the authentication option there.',
  ],
}

export const chapLesson: Lesson = {
  protects:
    'It proves that both know a password without sending it. Whoever records challenge and response can try passwords at leisure, and MS-CHAPv2 falls to a search of a day.',
  overhead: 'It adds nothing to the traffic: three messages at the start, and again whenever a side asks.',
  recognised: 'PPP protocol 0xc223. Code 1 challenges, 2 responds, 3 is success and 4 failure.',
  mistakes: [
    'Failure: another password than the authenticator has, or a name that it does not know; Microsoft’s version gives the reason as a number (E=691).',
    'The response has 49 bytes where 16 were expected: one side speaks MS-CHAP and the other CHAP with MD5.',
  ],
}

export const eapLesson: Lesson = {
  protects:
    'It carries a method, and that decides: MD5 is no better than CHAP, methods with TLS protect the password by a certificate of the server. The identity at the start is in the open, unless what is around it is encrypted.',
  overhead:
    'It adds nothing to the traffic: some messages at the start, with certificates some tens of them.',
  recognised:
    'PPP protocol 0xc227, payload 48 of IKEv2, EtherType 0x888e. Code 1 asks, 2 answers, 3 is success and 4 failure.',
  mistakes: [
    'A Nak in answer: the client does not do the method that the server offers, and names those that it does.',
    'Failure right behind the identity: the server knows no such user, or its RADIUS server did not answer.',
  ],
}

export const ipcompLesson: Lesson = {
  protects:
    'It protects nothing: it makes packets smaller before ESP encrypts them, for what is encrypted can no longer be compressed.',
  overhead: 'It takes 4 bytes, and only where compression saves more than that; other packets go without it.',
  recognised: 'IP protocol 108: the next protocol, zeros, and the number of the compression.',
  mistakes: [
    'Only some packets have it: those that did not get smaller go as they are, and a policy has to let both in.',
    'What is compressed already, or encrypted inside, gains nothing and costs time.',
  ],
}

export const tcpencapLesson: Lesson = {
  also: ['ike over tcp'],
  protects: 'It protects nothing itself: ESP and IKE inside do.',
  overhead:
    'It takes 2 bytes of length in front of each message, 4 zero bytes more for IKE, and the 20 to 32 bytes of TCP.',
  recognised: 'A TCP connection, mostly to port 4500, that begins with the letters IKETCP.',
  mistakes: [
    'It is for networks that drop UDP: where UDP passes, it only makes things slower, for TCP inside of it waits for TCP outside.',
    'The responder does not listen on TCP: a reset comes back, and the initiator has to be told to use UDP.',
  ],
}

export const tincDataLesson: Lesson = {
  protects:
    'It protects a frame between two daemons, encrypted and authenticated with keys from the connection on TCP. In version 1.0 the check value has 4 bytes by default.',
  overhead:
    'It takes 4 bytes of sequence number, 4 of check value by default and the cipher’s padding behind UDP; the frame inside keeps its 14 bytes of Ethernet header.',
  recognised: 'UDP port 655: unreadable but for a sequence number that is encrypted too in version 1.0.',
  mistakes: [
    'TCP port 655 passes and UDP does not: nothing is seen here, and packets go through the TCP connection.',
    'Packets in one direction only: the other side sits behind NAT and its address was learnt wrong.',
  ],
}

export const tlsLesson: Lesson = {
  also: ['ssl'],
  protects:
    'It protects everything behind its handshake, in version 1.3 also the certificates. The name of the server is in the open at the start, and so are the lengths and times of all records.',
  overhead:
    'A record has 5 bytes of header and, with AES-GCM, 17 more in version 1.3 and 24 in 1.2, all behind TCP.',
  recognised:
    'A first byte of 0x16 and the version 0x0301 to 0x0303 where a connection begins; then 0x17 for data.',
  mistakes: [
    'Alert handshake_failure: the two sides have no version, cipher suite or group in common.',
    'Alert unknown_ca, bad_certificate or certificate_expired: one side does not believe the other’s certificate. In version 1.3 alerts are encrypted, and only the end of the connection shows.',
    'A ClientHello and nothing behind it: something on the way does not let this server’s name or this port pass.',
  ],
}

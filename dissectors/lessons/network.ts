import type { Lesson } from '../../src/dissect/protocol.ts'

/** What the headers of IP and of the transports above it do not tell. */

export const ipLesson: Lesson = {
  protects:
    'It protects nothing but its own header, by a checksum against accidents: whoever is on the way reads, changes and forges everything, the source address included.',
  overhead:
    'It takes 20 bytes, with options up to 60. As the outer header of a tunnel it takes them from the MTU: 1500 become 1480.',
  recognised: 'The first byte is 0x45 where there are no options: version 4, and 5 words of header.',
  mistakes: [
    'Don’t fragment is set and ICMP errors are filtered: small packets pass and large ones vanish, above all in tunnels. Lower the tunnel’s MTU, or clamp the MSS of TCP.',
    'Only the first fragment has the ports: firewalls drop the others, or let them pass unseen.',
    'A header checksum that is wrong only in packets which the capturing host sent itself is no error: the network card makes it after the capture.',
    'The route to a tunnel’s far end leads into the tunnel: each packet is wrapped again and again, until it is too large or its time to live is over.',
  ],
}

export const ipv6Lesson: Lesson = {
  protects:
    'It protects nothing, not even its own header: checksums are left to the layers above, which cover the addresses too.',
  overhead:
    'It takes 40 bytes, and 8 or more for each extension header. A tunnel over IPv6 leaves 1460 of 1500 bytes, 1452 where Linux adds its Tunnel Encapsulation Limit.',
  recognised: 'The first four bits are 6.',
  mistakes: [
    'No router cuts an IPv6 packet: it drops it and answers with ICMPv6 Packet Too Big. Where a filter stops that answer, large packets vanish.',
    'Every link has to carry 1280 bytes. A tunnel whose MTU is smaller has to cut and join packets on its own, or IPv6 does not run in it.',
    'A filter that looks for a protocol in the first Next Header misses what stands behind extension headers.',
  ],
}

export const icmpLesson: Lesson = {
  protects:
    'It protects nothing; its checksum finds accidents. Anyone can forge an error, so hosts believe only one that quotes a packet of theirs.',
  overhead:
    'A ping has 8 bytes in front of its data; an error has 8, then the header and at least 8 more bytes of the packet that it is about.',
  recognised: 'IP protocol 1. Type 8 asks and type 0 answers a ping; 3, 11 and 12 are errors.',
  mistakes: [
    'A filter that drops all ICMP breaks Path MTU Discovery: “fragmentation needed” (type 3, code 4) does not arrive, and large packets vanish.',
    'An error about a packet in a tunnel quotes the outer header and goes to the tunnel’s near end. The host inside learns of it only if that end tells it.',
    'A ping of 56 bytes says nothing about large packets. One of 1472 bytes with Don’t fragment set fills an MTU of 1500.',
  ],
}

export const tcpLesson: Lesson = {
  protects:
    'Its checksum finds accidents, its sequence numbers what was lost or came twice. It hides nothing and proves nothing: who sees a connection can end it or add to it.',
  overhead: 'It takes 20 bytes, with options up to 60; with timestamps, which almost everybody sends, 32.',
  recognised: 'IP protocol 6. A connection begins with SYN, SYN and ACK, ACK.',
  mistakes: [
    'The MSS tells what fits the sender’s own link and knows nothing of a tunnel on the way: connections come up, and stall with the first full segment. Clamp it to the MTU less 40 over IPv4, less 60 over IPv6.',
    'A tunnel over TCP carries TCP in TCP: both send again what is lost, and one loss holds up everything inside.',
    'RST in answer to SYN: nobody listens there. No answer at all: a filter drops it, or the way back is missing.',
  ],
}

export const udpLesson: Lesson = {
  protects:
    'It has a checksum against accidents, over IPv4 an optional one, and nothing else: no order, no proof of the sender, no secrecy.',
  overhead: 'It takes 8 bytes.',
  recognised: 'IP protocol 17. What it carries is told by the ports, which are a habit and no promise.',
  mistakes: [
    'NAT devices forget a UDP flow after a silence of minutes, some after 30 seconds: tunnels send keepalives to stay known.',
    'A datagram larger than the path allows is cut into IP fragments, and a filter that drops those loses all of it: IKE with certificates is the usual victim.',
    'ICMP “port unreachable” in answer: the host is there, but nobody listens on that port.',
  ],
}

export const bgpLesson: Lesson = {
  protects:
    'It protects nothing itself: routes travel in the open over TCP. TCP’s own MD5 or authentication option proves the neighbour, and so does IPsec below.',
  overhead: 'It adds nothing to the traffic that it routes; its own messages have a header of 19 bytes.',
  recognised: 'TCP port 179, and 16 bytes of ones at the start of each message.',
  mistakes: [
    'NOTIFICATION 2/2, bad peer AS: one side has another AS number configured than the other one uses.',
    'NOTIFICATION 4/0, hold timer expired: keepalives did not arrive in time, as on a tunnel that loses packets or has too large an MTU.',
    'The route to the tunnel’s far end is learnt through the tunnel: the session comes up, breaks, and comes up again without end.',
    'Neighbours of different AS numbers that are not on one link need multihop, for their packets are sent with a time to live of 1.',
  ],
}

import type { Lesson } from '../../src/dissect/protocol.ts'

/** What the headers of VPNs that run as programs do not tell. */

export const wgLesson: Lesson = {
  also: ['wireguard'],
  protects:
    'It protects everything inside, addresses and ports included, and answers nobody whose public key it does not know. From outside one sees who talks to whom, when, and roughly how much.',
  overhead:
    'It takes 32 bytes behind UDP, 16 of header and 16 of tag, and fills the packet up to a multiple of 16: 60 bytes over IPv4, 80 over IPv6. The usual MTU of 1420 is made for the latter.',
  recognised:
    'UDP on any port, by habit 51820: a first byte of 1 to 4, then three zero bytes. An initiation has 148 bytes, a response 92.',
  mistakes: [
    'Initiations every 5 seconds and no response: the other side does not know the public key, a firewall drops them, or nobody is there. It says nothing on purpose.',
    'The handshake succeeds and no data comes through: AllowedIPs of one side do not cover the address inside.',
    'The peer behind NAT falls silent: without PersistentKeepalive the NAT device forgets it.',
  ],
}

export const openvpnLesson: Lesson = {
  protects:
    'It protects data with the keys of a TLS session, encrypted and authenticated. The control channel is TLS in the open, certificates before TLS 1.3 included, unless tls-crypt hides it.',
  overhead:
    'With AES-GCM a data packet has 4 bytes of opcode and peer ID, 4 of packet ID and 16 of tag: 24 bytes behind UDP, 52 with IPv4 and UDP. Over TCP 2 bytes of length come on top.',
  recognised:
    'UDP or TCP port 1194 by habit: a first byte of 0x38 is a client’s reset, 0x40 the server’s, 0x48 or 0x30 data. Over TCP a length stands in front.',
  mistakes: [
    'The client’s resets get no answer: the keys of tls-auth or tls-crypt differ, or a firewall drops them. The server says nothing on purpose.',
    'Control packets go to and fro and the session does not come up: a certificate is refused; the logs say which.',
    'Over TCP a loss holds up everything inside, because TCP runs in TCP.',
  ],
}

export const tincLesson: Lesson = {
  protects:
    'It protects packets between the daemons of a network, each of which knows the others’ public keys. In version 1.0 the check value of a packet has only 4 bytes by default, and the names of the hosts are sent in the open at the start.',
  overhead:
    'A data packet of version 1.0 has 4 bytes of sequence number, 4 of check value and the cipher’s padding behind UDP, and carries a frame with its 14 bytes of Ethernet header.',
  recognised:
    'TCP port 655 with lines of text (0 NAME 17 is the first one), and packets of unreadable bytes on UDP port 655.',
  mistakes: [
    'TCP port 655 passes and UDP does not: packets go through the TCP connection, slower and in the order of a stream.',
    'The hosts file of one side holds an old public key: the connection ends behind the second line.',
  ],
}

export const sshLesson: Lesson = {
  protects:
    'It protects everything from the end of its key exchange on, encrypted and authenticated; versions and algorithms before it are in the open. How much is sent and when, keystrokes included, can be seen.',
  overhead:
    'A packet has 4 bytes of length, 1 that counts the padding, 4 or more of padding, and a check value of mostly 16, all behind TCP. One that carries a packet of a tunnel (ssh -w) has 13 bytes more: a channel message and an address family.',
  recognised: 'TCP port 22: both sides begin with a line of text, SSH-2.0- and the name of the program.',
  mistakes: [
    'ssh -w connects and no packet passes: PermitTunnel is off in sshd by default, or nobody gave the tun devices addresses.',
    'A tunnel in it is TCP in TCP: one loss holds up everything inside.',
    'The connection ends right behind the two lists of algorithms: they have none of some kind in common.',
  ],
}

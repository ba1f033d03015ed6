import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { ByteWriter } from '../../src/byte-writer.ts'
import { TcpdumpPrinter } from '../../src/print/tcpdump.ts'
import { captureFile, framesOf } from '../captures.ts'

async function lineOf(name: string, number: number, verbose: number): Promise<string> {
  const frame = (await framesOf(captureFile(name)))[number - 1]!
  const out = new ByteWriter()
  const options = { verbose, numeric: true, link: false, quiet: false }
  new TcpdumpPrinter(newDissector(), out, 'none', options, undefined).print(frame)
  return out.toString()
}

// What tcpdump 4.99.3 -nr prints behind the ports, but for its blanks at ends and before l2tp, and types of records that it has no names for.
describe('what tcpdump has words for reads as there', () => {
  it.each([
    ['dns.pcap', 1, '6699+ [1au] A? www.example.com. (67)'],
    ['dns.pcap', 2, '6699$ 3/1/1 CNAME web.example.com., A 192.0.2.80, AAAA 2001:db8::50 (154)'],
    ['dns.pcap', 3, '6700+ ANY? example.com. (29)'],
    ['dns.pcap', 6, '6701 NXDomain 0/3/1 (243)'],
    ['dns.pcap', 10, '0 PTR (QU)? _ssh._tcp.local. (33)'],
    ['dns.pcap', 11, '0*- [0q] 2/0/0 PTR bob._ssh._tcp.local., (Cache flush) A 192.168.1.2 (70)'],
    [
      'l2tp.pcap',
      1,
      'l2tp:[TLS](0/0)Ns=0,Nr=0 *MSGTYPE(SCCRQ) *PROTO_VER(1.0) *FRAMING_CAP(AS) *BEARER_CAP(D) TIE_BREAKER(0011223344556677) FIRM_VER(1680) *HOST_NAME(alice) VENDOR_NAME(vpnscope) *ASSND_TUN_ID(5) *RECV_WIN_SIZE(4) *CHALLENGE(000102030405060708090a0b0c0d0e0f)',
    ],
    ['l2tp.pcap', 4, 'l2tp:[TLS](5/0)Ns=1,Nr=2 ZLB'],
    [
      'l2tp.pcap',
      5,
      'l2tp:[TLS](77/0)Ns=2,Nr=1 *MSGTYPE(ICRQ) *ASSND_SESS_ID(1) *CALL_SER_NUM(4711) *BEARER_TYPE(A) *CALLED_NUMBER(5551234) *CALLING_NUMBER(5559876) *SUB_ADDRESS(01) *MINIMUM_BPS(9600) *MAXIMUM_BPS(64000) *PHY_CHANNEL_ID(9)',
    ],
    [
      'l2tp.pcap',
      7,
      'l2tp:[TLS](77/300)Ns=3,Nr=2 *MSGTYPE(ICCN) *TX_CONN_SPEED(64000) RX_CONN_SPEED(48000) *FRAMING_TYPE(S) PROXY_AUTH_TYPE(CHAP) PROXY_AUTH_NAME(carol) PROXY_AUTH_CHAL(0001020304050607) PROXY_AUTH_ID(7) PROXY_AUTH_RESP(000102030405060708090a0b0c0d0e0f) *RANDOM_VECTOR(00010203) PRIVATE_GRP_ID(sales) *SEQ_REQUIRED()',
    ],
    [
      'l2tp.pcap',
      10,
      'l2tp:[TLS](77/300)Ns=4,Nr=2 *MSGTYPE(WEN) *CALL_ERRORS(CRCErr=0 FrameErr=1 HardOver=2 BufOver=3 Timeout=4 AlignErr=5)',
    ],
    ['l2tp.pcap', 11, 'l2tp:[TLS](5/1)Ns=2,Nr=5 *MSGTYPE(SLI) *ACCM(send=ffffffff recv=00000000)'],
    [
      'l2tp.pcap',
      12,
      'l2tp:[TLS](77/300)Ns=5,Nr=3 *MSGTYPE(CDN) *RESULT_CODE(2/6 line went dead) Q931_CC(16, 45 normal) PPP_DISCON_CC(0005, c021 at peer echo lost) *ASSND_SESS_ID(1) *?VENDOR_NAME(???)',
    ],
  ])('%s, packet %i', async (name, number, expected) => {
    const [, said = ''] = /^.*?: (.*?)(?: \(DF\)| \[ttl \d+\])*\n$/.exec(await lineOf(name, number, 0)) ?? []
    expect(said).toBe(expected)
  })
})

describe('DNS with more -v', () => {
  it('has the other sections, then names and times', async () => {
    const q = '6699$ q: A? www.example.com. 3/1/1'
    expect(await lineOf('dns.pcap', 2, 2)).toContain(
      `${q} CNAME web.example.com., A 192.0.2.80, AAAA 2001:db8::50 ns: NS ns.example.com. ar: OPT UDPsize=1232 (154)`,
    )
    expect(await lineOf('dns.pcap', 2, 3)).toContain(
      `${q} www.example.com. [300s] CNAME web.example.com., web.example.com. [60s] A 192.0.2.80, `,
    )
  })
})

// The values are those of tcpdump 4.99.3 -nv.
describe('with -v, what groups of fields say stands below', () => {
  it.each([
    [
      'radius.pcap',
      1,
      [
        'User-Name (1): alice',
        'User-Password (2): ********',
        'NAS-IP-Address (4): 192.168.1.1',
        'NAS-Port (5): 7',
        'Service-Type (6): Framed (2)',
        'Framed-Protocol (7): PPP (1)',
        'Calling-Station-Id (31): 192.0.2.7',
        'NAS-Identifier (32): gate',
        'NAS-Port-Type (61): Virtual (5) (DF) (ttl 64, id 4097, len 120)',
      ],
    ],
    [
      'dhcp.pcap',
      4,
      [
        'Message type (53): ACK (5)',
        'Server identifier (54): 192.168.1.2',
        'Lease time (51): 3600 seconds',
        'Domain name server (6): 192.168.1.2, 192.0.2.53',
        'Domain name (15): example.net',
        'Interface MTU (26): 1400',
      ],
    ],
    [
      'bgp.pcap',
      5,
      [
        'ORIGIN (1): IGP (0)',
        'NEXT_HOP (3): 172.16.0.1',
        'Destination: Prefix length 16, Prefix 10.1.0.0',
        'Destination: Prefix length 0',
      ],
    ],
    [
      'pppoe.pcap',
      5,
      ['MRU (1): 1492', 'Async control character map (2): 0x000a0000', 'Multilink MRRU (17): 1492'],
    ],
    // Algorithms as tshark names them; the key length is that of the proposal.
    [
      'ikev2-no-proposal-chosen.pcap',
      3,
      [
        'payload: SA len: 48',
        'Proposal: Proposal number 1, Protocol ID IKE (1)',
        'Encryption Algorithm (ENCR) (1): ENCR_AES_CBC (12)',
        'Transform attribute: Key length 256 bits',
        'Key Exchange Method (KE) (4): 4096-bit MODP (16)',
        'payload: N len: 8 IKEV2_FRAGMENTATION_SUPPORTED (16430)',
      ],
    ],
    [
      'ikev2-no-proposal-chosen.pcap',
      4,
      ['payload: N len: 8 NO_PROPOSAL_CHOSEN (14) (DF) (ttl 64, id 38863, len 64)'],
    ],
    ['pppoe.pcap', 2, ['AC-Name (0x0102): concentrator-1', 'Host-Uniq (0x0103): c0ffee01']],
  ])('%s, packet %i', async (name, number, expected) => {
    const lines = (await lineOf(name, number, 1)).split('\n').map(line => line.trim())
    for (const said of expected) expect(lines).toContain(said)
    expect((await lineOf(name, number, 0)).split('\n').length).toBeLessThanOrEqual(3)
  })

  it('puts a message behind another on a line of its own', async () => {
    expect(await lineOf('bgp.pcap', 5, 1)).toContain(
      '\n    bgp UPDATE, 2 reached\n\tUPDATE (2)\n\tORIGIN (1): IGP (0)\n',
    )
  })
})

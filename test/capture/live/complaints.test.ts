import { describe, expect, it } from 'vitest'
import { complaintOf, endingOf } from '../../../src/capture/live/complaints.ts'
import { countDumpcap } from '../../../src/capture/live/dumpcap.ts'
import { countTcpdump } from '../../../src/capture/live/tcpdump.ts'

const request = { device: 'ssh://gw/em0', filter: 'esp' }
const there = { program: 'tcpdump', isElsewhere: true }
const failed = { code: 1, signal: undefined }
const died = (signal: string) => ({ code: 137, signal })

describe('a complaint of tcpdump on another system', () => {
  // The lines are those of libpcap's and OpenBSD's sources.
  it.each([
    [
      'tcpdump: em9: No such device exists\n(SIOCGIFHWADDR: No such device)',
      'device',
      'no such interface there',
    ],
    [
      'tcpdump: Failed to open bpf device for em9: Device not configured',
      'device',
      'no such interface there',
    ],
    ['tcpdump: em9: BIOCSETIF: em9: Device not configured', 'device', 'no such interface there'],
    ['tcpdump: need root privileges', 'permission', 'permission denied there. Log in as root'],
    ['tcpdump: (no devices found) /dev/bpf0: Permission denied', 'permission', 'permission denied there'],
    [
      "tcpdump: eth0: You don't have permission to capture on that device\n(socket: Operation not permitted)",
      'permission',
      'permission denied there',
    ],
    [
      'tcpdump: em0: That device is not up',
      'down',
      'ssh://gw/em0: the interface is down; switch it on first',
    ],
    ['tcpdump: syntax error', 'filter', 'filter "esp": syntax error'],
    [
      "tcpdump: listening on em0\ntcpdump: unknown host 'frotz'",
      'filter',
      'filter "esp": unknown host \'frotz\'',
    ],
    [
      'tcpdump: em0: BIOCSRTIMEOUT: Invalid argument',
      'other',
      'cannot capture on ssh://gw/em0: em0: BIOCSRTIMEOUT: Invalid argument',
    ],
    ['', 'other', 'cannot capture on ssh://gw/em0: tcpdump ended with exit code 1'],
  ])('%j is one sentence', (said, kind, text) => {
    const complaint = complaintOf(request, there, said.split('\n'), failed)
    expect(complaint.kind).toBe(kind)
    expect(complaint.text).toContain(text)
    expect(complaint.text).not.toMatch(/\n|^tcpdump:/)
  })

  it('tells a missing program by the exit code of shells', () => {
    expect(complaintOf(request, there, ['sh: tcpdump: not found'], { code: 127, signal: undefined })).toEqual(
      {
        kind: 'missing',
        text: 'cannot capture on ssh://gw/em0: tcpdump is not installed there',
      },
    )
  })

  it('brings no control characters to the terminal', () => {
    const evil = { device: 'a\x1b[2J', filter: 'x\x9b' }
    const texts = ['tcpdump: \x1b]0;title\x07', 'No such device', 'is not up', 'permission denied'].flatMap(
      line => [
        complaintOf(evil, there, [line], failed).text,
        complaintOf({ ...evil, filter: '' }, there, [line], failed).text,
        endingOf(evil.device, there, [line], failed),
      ],
    )
    for (const text of texts) expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
  })
})

describe('the end of a capture', () => {
  it.each([
    [
      ['tcpdump: pcap_loop: The interface disappeared', '3 packets captured'],
      failed,
      'the interface is gone',
    ],
    [
      ['dumpcap: The network adapter "em0" is no longer attached; the capture has stopped.'],
      failed,
      'the interface is gone',
    ],
    [['tcpdump: pcap_loop: The interface went down'], failed, 'the interface went down'],
    [
      // What dumpcap 4.0 says of a reader that is gone.
      [
        'dumpcap: The file to which the capture was being saved',
        '("-") could not be closed: Broken pipe.',
        'Please report this to the Wireshark developers as a bug.',
        'https://gitlab.com/wireshark/wireshark/issues',
        '(This is not a crash; please do not say, in your report, that it is a crash.)',
      ],
      failed,
      'tcpdump could not pass on what it captured',
    ],
    [[], died('SIGKILL'), 'tcpdump was killed (SIGKILL)'],
    [[], died('SIGABRT'), 'tcpdump broke down (SIGABRT)'],
    [[], { code: 0, signal: undefined }, 'tcpdump was ended by someone else'],
    [['tcpdump: pcap_loop: read: Bad address'], failed, 'pcap_loop: read: Bad address'],
  ])('after %j is a sentence', (said, exit, sentence) => {
    expect(endingOf('ssh://gw/em0', there, said, exit)).toBe(`ssh://gw/em0: ${sentence}`)
  })
})

describe('counters', () => {
  const counted = (count: typeof countTcpdump, ...lines: readonly string[]) => {
    const counters = { received: undefined, dropped: undefined }
    return [lines.map(line => count(line, counters)), counters]
  }

  it('are read from what tcpdump 4.99 says when asked', () => {
    const line =
      'tcpdump: 10 packets captured, 12 packets received by filter, 2 packets dropped by kernel, 1 packet dropped by interface'
    expect(counted(countTcpdump, line)).toEqual([[true], { received: 12, dropped: 3 }])
  })

  it('are read from what tcpdump says at its end, and do not add up', () => {
    const lines = [
      '10 packets captured',
      '12 packets received by filter',
      '2 packets dropped by kernel',
      '1 packet dropped by interface',
    ]
    expect(counted(countTcpdump, ...lines)).toEqual([[true, true, true, true], { received: 12, dropped: 3 }])
    expect(counted(countTcpdump, ...lines, ...lines)[1]).toEqual({ received: 12, dropped: 3 })
  })

  it("are read from what OpenBSD's tcpdump says", () => {
    const lines = ['', '4294967295 packets received by filter', '0 packets dropped by kernel']
    expect(counted(countTcpdump, ...lines)).toEqual([
      [false, true, true],
      { received: 4294967295, dropped: 0 },
    ])
  })

  it('are read from what dumpcap says', () => {
    const lines = [
      'Packets captured: 4',
      "Packets received/dropped on interface 'a: 1/2 (': 4/3 (pcap:1/dumpcap:2/flushed:0/ps_ifdrop:0) (57.1%)",
    ]
    expect(counted(countDumpcap, ...lines)).toEqual([[true, true], { received: 4, dropped: 3 }])
  })
})

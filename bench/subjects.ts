/** Which generated capture a subject reads. */
export type Input = keyof typeof inputs

/** Packets in each capture; `mix` is what `--packets` sets. */
export const inputs = { mix: 1_000_000, ten: 10, thousand: 1000, tenMillion: 10_000_000 } as const

/** A program and its arguments; `FILE` stands for the capture, `node` for the Node.js that runs the benchmark. */
export type Command = readonly string[]

/** What the peer's CPU time is to be, at least, in ours (`faster`); or ours at most, in the peer's (`cost`). */
export type Goal = { faster: number } | { cost: number }
export type Peer = { command: Command; goal: Goal }

export type Subject = {
  name: string
  input: Input
  ours: Command
  peers: readonly Peer[]
  /** Most MB of resident memory, at its peak. */
  peakMB?: number
  /** Most bytes of memory a packet: what the peak grows by, from ten packets to this input. */
  bytesPerPacket?: number
  /** Fewest runs: for what is over so fast that a few runs say little. Reported by its best run, too. */
  atLeastRuns?: number
}

const cli = (...args: string[]) => ['node', 'dist/cli.js', ...args]
const streaming = { peakMB: 90 }
const open = ['node', 'dist/bench/open.js', 'FILE']
const capinfos = ['capinfos', '-c', '-u', '-s', 'FILE']

const oneSpi = {
  ours: cli('-n', '-r', 'FILE', '--count', '-Y', 'esp.spi == 0xc0de00ae'),
  peers: [
    { command: ['tshark', '-n', '-r', 'FILE', '-Y', 'esp.spi == 0xc0de00ae'], goal: { faster: 20 } },
    {
      command: ['tcpdump', '--count', '-n', '-r', 'FILE', 'esp and ip[20:4] = 0xc0de00ae'],
      goal: { cost: 2.5 },
    },
  ],
  ...streaming,
} as const

/** What is measured, against whom, and what it is to reach. */
export const subjects: readonly Subject[] = [
  {
    name: 'open',
    input: 'mix',
    ours: open,
    peers: [
      { command: ['tshark', '-n', '-r', 'FILE'], goal: { faster: 40 } },
      { command: capinfos, goal: { cost: 2.5 } },
    ],
  },
  { name: 'walk', input: 'mix', ours: ['node', 'dist/bench/walk.js', 'FILE'], peers: [] },
  {
    name: 'text',
    input: 'mix',
    ours: cli('-n', '-r', 'FILE'),
    peers: [{ command: ['tcpdump', '-n', '-r', 'FILE'], goal: { faster: 1 } }],
    ...streaming,
  },
  {
    name: 'verbose text and hex',
    input: 'mix',
    ours: cli('-nXXvvv', '-r', 'FILE'),
    peers: [{ command: ['tcpdump', '-nvvvXX', '-r', 'FILE'], goal: { faster: 4 } }],
    ...streaming,
  },
  {
    name: 'JSON',
    input: 'mix',
    ours: cli('-n', '-r', 'FILE', '--json'),
    peers: [{ command: ['tshark', '-n', '-r', 'FILE', '-T', 'json'], goal: { faster: 10 } }],
    ...streaming,
  },
  {
    name: 'count',
    input: 'mix',
    ours: cli('--count', '-r', 'FILE'),
    peers: [{ command: ['tcpdump', '--count', '-n', '-r', 'FILE'], goal: { cost: 2.5 } }],
    ...streaming,
  },
  { name: 'filter, one SPI', input: 'mix', ...oneSpi },
  {
    name: 'filter, inner address',
    input: 'mix',
    ours: cli('-n', '-r', 'FILE', '--count', '-Y', 'inner.ip.dst == 10.1.0.10 && icmp'),
    peers: [
      {
        command: ['tshark', '-n', '-r', 'FILE', '-Y', 'ip.dst#2 == 10.1.0.10 && icmp'],
        goal: { faster: 20 },
      },
    ],
    ...streaming,
  },
  {
    name: 'filter, tcpdump’s language',
    input: 'mix',
    ours: cli('-n', '-r', 'FILE', '--count', 'host 192.0.2.1 and udp port 4500'),
    peers: [
      {
        command: ['tcpdump', '--count', '-n', '-r', 'FILE', 'host 192.0.2.1 and udp port 4500'],
        goal: { cost: 2.5 },
      },
    ],
    ...streaming,
  },
  {
    name: 'first output',
    input: 'ten',
    ours: cli('-n', '-r', 'FILE'),
    peers: [{ command: ['node', '-e', '0'], goal: { cost: 1.7 } }],
    atLeastRuns: 11,
  },
  { name: 'filter, one SPI, ten million', input: 'tenMillion', ...oneSpi },
  {
    name: 'open, ten million',
    input: 'tenMillion',
    ours: open,
    peers: [{ command: capinfos, goal: { cost: 2.5 } }],
    peakMB: 400,
    bytesPerPacket: 32,
  },
]

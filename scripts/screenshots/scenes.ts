import type { WindowName } from './colours.ts'

/** A screen worth seeing: how to get there, and what is then on it. */
export type Scene = {
  /** Of its file. */
  readonly name: string
  readonly size: readonly [columns: number, rows: number]
  /** Arguments of the program; captures by their path in the package. */
  readonly args: readonly string[]
  /** Key names with blanks between them; a word in quotes is typed. */
  readonly keys: string
  /** On the screen when all keys have done their work. */
  readonly shows: string | RegExp
  readonly window?: WindowName
  readonly env?: Readonly<Record<string, string>>
  /** The README shows it, so its SVG is kept. */
  readonly kept?: true
}

const walkthrough = ['captures/walkthrough.pcap']
const usual = [120, 30] as const
const small = [80, 24] as const
const large = [200, 50] as const

/** From the list to the field of that name, in the selected packet or the next one that has it. */
const field = (name: string) => `return f tab "${name}" return`
const innerTtl = `j ${field('Time to live')} n`

export const scenes: readonly Scene[] = [
  { name: 'inner-ttl', size: usual, args: walkthrough, keys: innerTtl, shows: '0x001c', kept: true },
  { name: 'meaning', size: usual, args: walkthrough, keys: `${innerTtl} K`, shows: 'ip.ttl: Time to live' },
  { name: 'meaning-80', size: small, args: walkthrough, keys: ': "explain gre" return', shows: 'Overhead' },
  { name: 'lesson-80', size: small, args: walkthrough, keys: `${innerTtl} W space space`, shows: '[ip]' },
  { name: 'lesson', size: large, args: walkthrough, keys: `${innerTtl} W space space`, shows: '[ip]' },
  {
    name: 'diff-80',
    size: small,
    args: walkthrough,
    keys: 'space space D',
    shows: 'opposite directions',
  },
  { name: 'settings-80', size: small, args: walkthrough, keys: 'o', shows: 'Columns of the list' },
  { name: 'raw-80', size: small, args: walkthrough, keys: 'R', shows: 'Packet 1 as text' },
  { name: 'quiz-80', size: small, args: walkthrough, keys: 'Q', shows: 'Which byte' },
  { name: 'quiz', size: large, args: walkthrough, keys: 'Q return', shows: 'No: this is' },
  { name: 'jenga', size: usual, args: ['captures/jenga.pcap'], keys: 'return G', shows: 'Jenga' },
  { name: 'first', size: usual, args: walkthrough, keys: '', shows: 'q quit' },
  { name: 'first-80', size: small, args: walkthrough, keys: '', shows: 'q quit' },
  { name: 'inner-ttl-80', size: small, args: walkthrough, keys: innerTtl, shows: '0x001c' },
  { name: 'narrow', size: [60, 20], args: walkthrough, keys: '', shows: 'all keys' },
  {
    name: 'large-light',
    size: large,
    args: ['--theme', 'light', ...walkthrough],
    keys: `4 j ${field('Next payload')} E`,
    shows: 'q quit',
    window: 'light',
  },
  { name: 'large', size: large, args: walkthrough, keys: `${innerTtl} E`, shows: '0x001c' },
  {
    name: 'huge',
    size: [300, 70],
    args: walkthrough,
    keys: `4 j ${field('Next payload')} E`,
    shows: 'q quit',
  },
  {
    name: 'light',
    size: usual,
    args: ['--theme', 'light', ...walkthrough],
    keys: innerTtl,
    shows: '0x001c',
    window: 'light',
    kept: true,
  },
  {
    name: 'walk',
    size: usual,
    args: ['captures/gre-key.pcap'],
    keys: `j j return ${'space '.repeat(26)}`,
    shows: 'walk on',
  },
  {
    name: 'bytes',
    size: usual,
    args: ['captures/gre-key.pcap'],
    keys: `j j tab tab j j ${'l '.repeat(6)}`,
    shows: 'byte',
    kept: true,
  },
  {
    name: 'ladder',
    size: usual,
    args: ['captures/ikev2-no-proposal-chosen.pcap'],
    keys: 'j j x',
    shows: 'NO_PROPOSAL_CHOSEN',
  },
  {
    name: 'ladder-80',
    size: small,
    args: ['captures/ikev2-psk.pcap'],
    keys: 'j j j j x',
    shows: 'good:',
  },
  {
    name: 'ladder-light',
    size: usual,
    args: ['--theme', 'light', 'captures/ikev2-port-unreachable.pcap'],
    keys: 'j j x v',
    shows: 'Next:',
    window: 'light',
  },
  { name: 'ladders', size: usual, args: walkthrough, keys: ': "ladder" return', shows: 'Negotiations' },
  {
    name: 'comparison',
    size: usual,
    args: ['captures/ikev2-invalid-ke.pcap'],
    keys: 'j j x space j space d',
    shows: 'what differs',
  },
  { name: 'binary', size: usual, args: walkthrough, keys: 'tab tab b j l', shows: 'byte' },
  {
    name: 'ike-notes',
    size: usual,
    args: ['captures/ikev2-psk.pcap'],
    keys: 'j j return E G',
    shows: 'q quit',
  },
  { name: 'flags', size: usual, args: walkthrough, keys: field('Fragment'), shows: 'q quit' },
  {
    name: 'reassembled',
    size: usual,
    args: ['captures/frag-outer-ipip.pcap'],
    keys: 'j j j return B',
    shows: 'q quit',
  },
  {
    name: 'reassembled-inner',
    size: usual,
    args: ['captures/frag-inner-gre.pcap'],
    keys: 'j j j tab tab B j',
    shows: 'q quit',
  },
  { name: 'truncated', size: usual, args: walkthrough, keys: '4 j return G', shows: 'q quit' },
  {
    name: 'quoted',
    size: usual,
    args: ['captures/tunnel-unreachable.pcap'],
    keys: 'j j j return',
    shows: 'q quit',
  },
  { name: 'help', size: usual, args: walkthrough, keys: '?', shows: 'close' },
  { name: 'help-80', size: small, args: walkthrough, keys: 'tab ?', shows: 'close' },
  { name: 'start', size: usual, args: [], keys: '', shows: 'Which capture' },
  { name: 'start-80', size: small, args: [], keys: 'j j', shows: 'Which capture' },
  { name: 'mono', size: usual, args: walkthrough, keys: innerTtl, shows: '0x001c', env: { NO_COLOR: '1' } },
  {
    name: 'ansi-16',
    size: usual,
    args: walkthrough,
    keys: innerTtl,
    shows: '0x001c',
    env: { COLORTERM: '', TERM: 'xterm' },
  },
  { name: 'ascii', size: usual, args: ['--ascii', ...walkthrough], keys: innerTtl, shows: '0x001c' },
  { name: 'find', size: usual, args: walkthrough, keys: 'f "SPI"', shows: 'find' },
  { name: 'found', size: usual, args: walkthrough, keys: 'f "isakmp" return', shows: 'isakmp' },
  { name: 'command', size: usual, args: walkthrough, keys: ': "f"', shows: ':f' },
  { name: 'marks', size: usual, args: walkthrough, keys: 'space j j space T t 4 j', shows: 'marked' },
  { name: 'rows', size: usual, args: walkthrough, keys: `${innerTtl} |`, shows: '0x001c' },
  { name: 'sides', size: usual, args: walkthrough, keys: `${innerTtl} | |`, shows: '0x001c' },
  { name: 'zoom', size: usual, args: ['captures/gre-key.pcap'], keys: 'return E z', shows: 'q quit' },
  {
    name: 'filter',
    size: usual,
    args: ['captures/gre-key.pcap'],
    keys: '3 j / "gre && inner.ip.d"',
    shows: 'incomplete',
    kept: true,
  },
  {
    name: 'filter-wrong-80',
    size: small,
    args: ['captures/gre-key.pcap'],
    keys: '/ "gre && inner.ip.dst == 172.16.0.300"',
    shows: 'wrong',
  },
  {
    name: 'filter-translated',
    size: large,
    args: ['captures/gre-key.pcap'],
    keys: '/ "icmp and host 172.16.0.2"',
    shows: 'that is',
  },
  {
    name: 'filter-light',
    size: usual,
    args: ['--theme', 'light', 'captures/gre-key.pcap'],
    keys: '/ "esp or isakmp.exchangetype == IKE_"',
    shows: 'incomplete',
    window: 'light',
  },
  {
    name: 'filter-menu',
    size: usual,
    args: ['captures/gre-key.pcap'],
    keys: `j j ${field('Time to live')} n a`,
    shows: 'only packets',
  },
  {
    name: 'filter-menu-80',
    size: small,
    args: ['captures/gre-key.pcap'],
    keys: 'j j return a',
    shows: 'only packets',
  },
  {
    name: 'filtered',
    size: usual,
    args: ['captures/gre-key.pcap'],
    keys: `j j ${field('Destination')} n n a f`,
    shows: 'match',
  },
  {
    name: 'columns',
    size: large,
    args: ['captures/ikev2-psk.pcap'],
    keys: ': "column add isakmp.ispi" return : "column add ip.ttl" return / "isakmp" return',
    shows: 'match',
  },
]

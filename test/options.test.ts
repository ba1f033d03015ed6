import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { recipeNamed } from '../src/capture/recipes.ts'
import { flags } from '../src/flags.ts'
import { type Options, readOptions } from '../src/options.ts'

/** A command line as a shell would divide it at blanks. */
const read = (line: string): Options => readOptions(line === '' ? [] : line.split(' '))
const gre = recipeNamed('gre')?.filter
const natt = recipeNamed('natt')?.filter

describe('where packets come from', () => {
  it.each<[string, Partial<Options>]>([
    ['', { devices: [], read: undefined }],
    ['walk.pcap', { devices: [], read: 'walk.pcap' }],
    ['-i em0', { devices: ['em0'], read: undefined }],
    ['-iem0', { devices: ['em0'] }],
    ['-i em0 -i em1', { devices: ['em0', 'em1'] }],
    ['-i em0 -i em0', { devices: ['em0'] }],
    ['-i 2', { devices: ['2'] }],
    ['-i ssh://root@gw:2222/em0', { devices: ['ssh://root@gw:2222/em0'] }],
    ['-i -', { devices: [], read: '-', piped: true }],
    ['-i /tmp/fifo', { devices: [], read: '/tmp/fifo', piped: true }],
    ['-i ./fifo --ring 1MB', { devices: [], read: './fifo', piped: true }],
    ['-i-', { devices: [], read: '-' }],
    ['-r -', { devices: [], read: '-', piped: false }],
  ])('%s', (line, expected) => {
    expect(read(line)).toMatchObject(expected)
  })
})

describe('letters that combine, as in getopt', () => {
  it('ends with a letter that takes the next word', () => {
    expect(read('-nni em0')).toMatchObject({ numeric: true, devices: ['em0'] })
    expect(read('-XXvvvi em0')).toMatchObject({
      devices: ['em0'],
      verbose: 3,
      dump: { ascii: true, link: true },
    })
    expect(read('-npi em0 -s96')).toMatchObject({ devices: ['em0'], promiscuous: false, snapLength: 96 })
  })

  it('ends with a letter that takes the rest', () => {
    expect(read('-i em0 -w-')).toMatchObject({ write: '-' })
    expect(read('-i em0 -G60 -wx.pcap')).toMatchObject({ write: 'x.pcap', rotation: { seconds: 60 } })
  })
})

describe('what to capture', () => {
  it('takes everything unless told otherwise', () => {
    expect(read('-i em0')).toMatchObject({
      filter: '',
      engine: undefined,
      snapLength: 0,
      promiscuous: true,
      ring: undefined,
      write: undefined,
      rotation: { megabytes: undefined, seconds: undefined, count: undefined },
    })
  })

  it.each<[string, string | undefined]>([
    ['-i em0 esp or udp port 500', 'esp or udp port 500'],
    ['esp -i em0 or ah', 'esp or ah'],
    ['-i em0 -n esp or ah -v', 'esp or ah'],
    ['-i em0 -f esp', 'esp'],
    ['-i em0 -f esp host 192.0.2.1 or ah', '(esp) and (host 192.0.2.1 or ah)'],
    ['-i em0 --recipe gre', gre],
    ['-i em0 --recipe gre,natt', `(${gre}) or (${natt})`],
    ['-i em0 --recipe gre --recipe natt', `(${gre}) or (${natt})`],
    // A tag that is taken off first: what stands behind it sees the packet inside.
    ['-i em0 --recipe gre -f vlan', `(vlan) and (${gre})`],
    ['-i em0 --recipe gre,natt host a', `(host a) and ((${gre}) or (${natt}))`],
  ])('%s', (line, filter) => {
    expect(read(line).filter).toBe(filter)
  })

  it('keeps a filter of one word, with all that it holds', () => {
    const filter = 'ip6[6] = 44 or "x"\n-1=2 --count'
    expect(readOptions(['-i', 'em0', '-f', filter]).filter).toBe(filter)
    expect(readOptions(['-i', 'em0', `-f${filter}`]).filter).toBe(filter)
    expect(readOptions(['-i', 'em0', '--', '-x']).filter).toBe('-x')
  })

  it('takes engines, lengths and rings', () => {
    expect(read('-i em0 --engine dumpcap -s 0 --ring 512MB')).toMatchObject({
      engine: 'dumpcap',
      snapLength: 0,
      ring: { bytes: 512_000_000 },
    })
    expect(read('-i em0 --ring=1GiB').ring).toEqual({ bytes: 1_073_741_824 })
    expect(read('-i em0 --ring 10min').ring).toEqual({ seconds: 600 })
    expect(read('-i em0 --ring 90s').ring).toEqual({ seconds: 90 })
    expect(read('-r - --ring 2h').ring).toEqual({ seconds: 7200 })
    expect(read('-i em0 -s 262144').snapLength).toBe(262_144)
  })
})

describe('writing', () => {
  it('rotates as tcpdump does', () => {
    expect(read('-i em0 -w x.pcap -C 10 -W 5')).toMatchObject({
      write: 'x.pcap',
      rotation: { megabytes: 10, seconds: undefined, count: 5 },
    })
    expect(read('-i em0 -G 3600 -w day-%H.pcap').rotation.seconds).toBe(3600)
  })

  it('copies a capture', () => {
    expect(read('-r a.pcap -w b.pcapng')).toMatchObject({ read: 'a.pcap', write: 'b.pcapng' })
    expect(read('a.pcap -w -')).toMatchObject({ read: 'a.pcap', write: '-' })
  })
})

describe('lists', () => {
  it.each<[string, Options['list']]>([
    ['-D', 'interfaces'],
    ['-nD', 'interfaces'],
    ['--recipe list', 'recipes'],
    ['--recipe=list', 'recipes'],
    ['-i em0', undefined],
  ])('%s', (line, list) => {
    expect(read(line).list).toBe(list)
  })
})

describe('what cannot be is said in a sentence', () => {
  it.each<[string, string]>([
    ['-i', '-i: INTERFACE is missing'],
    ['-r a.pcap -i em0', '-r and -i: packets come from a capture or from an interface, not from both'],
    ['--hex a.txt -i em0', '--hex and -i: packets come from a capture or from an interface, not from both'],
    ['-r a.pcap -i -', '-r and -i: packets come from a capture or from an interface, not from both'],
    ['-i - -i em0', '-i -: a pipe comes alone, without other interfaces'],
    ['-i em0 -i /tmp/fifo', '-i /tmp/fifo: a pipe comes alone, without other interfaces'],
    ['-i - -f esp', '-f: for a capture from an interface; what comes through a pipe was captured elsewhere'],
    ['-i - -s 96', '-s: for a capture from an interface; what comes through a pipe was captured elsewhere'],
    ['a.pcap b.pcap', 'b.pcap: one capture at a time'],
    ['-r a.pcap b.pcap', 'b.pcap: one capture at a time'],
    ['a.pcap esp b.pcap', 'b.pcap: one capture at a time'],
    ['a.pcap -f esp', '-f: for a capture from an interface; give -i INTERFACE too'],
    ['-p', '-p: for a capture from an interface; give -i INTERFACE too'],
    ['-r - -s 96', '-s: for a capture from an interface; give -i INTERFACE too'],
    ['--recipe ike', '--recipe: for a capture from an interface; give -i INTERFACE too'],
    ['--engine cap', '--engine: for a capture from an interface; give -i INTERFACE too'],
    ['a.pcap --ring 1GB', '--ring: for packets that keep coming; give -i INTERFACE or -r - too'],
    ['-w x.pcap', '-w: there is nothing to write; give -i INTERFACE or -r FILE too'],
    ['-i em0 -C 10', '-C: for files that -w writes'],
    ['-i em0 -G 10', '-G: for files that -w writes'],
    ['-i em0 -W 10', '-W: for files that -w writes'],
    ['-i em0 -w x.pcap -W 10', '-W: counts the files that -C or -G begin; give one of them too'],
    ['-i em0 -w - -C 10', '-C: standard output cannot be divided into files'],
    ['-i em0 -w - -T json', '-T: standard output takes packets (-w -) or text, not both'],
    ['-i em0 -w- --json', '--json: standard output takes packets (-w -) or text, not both'],
    ['a.pcap -w x.pcap -T ladder', '-T and -w: a capture is printed or written to a file, not both'],
    ['a.pcap -w x.pcap --count', '--count and -w: a capture is printed or written to a file, not both'],
    ['a.pcap -w ./a.pcap', '-w ./a.pcap: would overwrite the capture that it is read from'],
    ['-i em0 --engine pcap', '--engine pcap: no such engine. Try one of: cap, tcpdump, dumpcap'],
    ['-i em0 --recipe ipsek', '--recipe ipsek: no such recipe; vpnscope --recipe list shows them'],
    ['-i em0 --recipe ike,', '--recipe : no such recipe; vpnscope --recipe list shows them'],
    ['-i em0 -s many', '-s many: not a number of bytes up to 262144; 0 is the whole packet'],
    ['-i em0 -s 262145', '-s 262145: not a number of bytes up to 262144; 0 is the whole packet'],
    ['-i em0 -w x -C 0', '-C 0: not a number of million bytes; 1 is the least'],
    ['-i em0 -w x -G 1.5', '-G 1.5: not a number of seconds; 1 is the least'],
    ['-i em0 -w x -C 1 -W x', '-W x: not a number of files; 1 is the least'],
    ['--jsn a.pcap', '--jsn: no such option; did you mean --json?'],
    ['--no-mous a.pcap', '--no-mous: no such option; did you mean --no-mouse?'],
    ['--no-json a.pcap', '--no-json: no such option; vpnscope --help lists them'],
    ['-json a.pcap', '-json: no such option; did you mean --json?'],
    ['-jsn a.pcap', '-j: no such option; vpnscope --help lists them'],
    ['--r a.pcap', '--r: no such option; did you mean -r?'],
    ['--v a.pcap', '--v: no such option; did you mean -v?'],
    ['-nZ a.pcap', '-Z: no such option; vpnscope --help lists them'],
    ['-_ a.pcap', '-_: no such option; vpnscope --help lists them'],
    ['--_ a.pcap', '--_: no such option; vpnscope --help lists them'],
    ['--constructor a.pcap', '--constructor: no such option; vpnscope --help lists them'],
    ['--__proto__ a.pcap', '--__proto__: no such option; vpnscope --help lists them'],
    ['--json=no a.pcap', '--json takes no value'],
    ['--no-mouse=x a.pcap', '--no-mouse takes no value'],
    ['--count= a.pcap', '--count takes no value'],
    ['-r a.pcap -r b.pcap', 'b.pcap: one capture at a time'],
    ['-r a.pcap --hex b.txt', 'b.txt: one capture at a time'],
    ['--hex a.txt --hex b.txt', 'b.txt: one capture at a time'],
    ['a.pcap --link-type RAW', '--link-type: for packets of --hex; a capture says it itself'],
    ['-D em0', '-D em0: -D lists all interfaces and takes no name'],
    ['a.pcap --fields ,', '--fields: no field was named; as in frame.number,ip.src'],
    ['--theme pink a.pcap', '--theme pink: no such theme. Try one of: dark, light, mono'],
  ])('%s', (line, sentence) => {
    expect(() => read(line)).toThrow(new Error(sentence))
  })

  it('an empty name of a capture', () => {
    expect(() => readOptions([''])).toThrow('the name of the capture is empty')
    expect(() => readOptions(['-r', ''])).toThrow('-r: FILE is missing')
  })

  it.each(['lots', '10', '10m', '512XB', ''])('a ring of "%s"', ring => {
    expect(() => readOptions(['-i', 'em0', '--ring', ring])).toThrow(/ring/)
  })
})

it('has every option in its help', async () => {
  const { mainHelp } = await import('../src/help.ts')
  const help = await mainHelp()
  for (const [name, { value }] of Object.entries(flags))
    expect(help).toMatch(
      new RegExp(`^ .*-${name}\\b.*  ${value === undefined ? '' : value.replace('|', '\\|')}`, 'm'),
    )
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
})

it.each<[string, Partial<Options>]>([
  ['x.pcap', { story: undefined, format: 'text', printing: false }],
  ['-T tree x.pcap', { story: undefined, format: 'tree', printing: true }],
  ['-T tree --json x.pcap', { story: undefined, format: 'json' }],
  ['-T ladder x.pcap', { story: 'ladder', format: 'text', printing: true }],
  ['-T ladder --json x.pcap', { story: 'ladder', format: 'json' }],
  ['--json -T sas -i em0', { story: 'sas', format: 'json', printing: true }],
])('%s chooses between packets and what they tell together', (line, expected) => {
  expect(read(line)).toMatchObject(expected)
})

it('wants packets that all filters let through', () => {
  const wanted = (...args: string[]) => readOptions(args).wanted
  expect(wanted('x.pcap')).toBeUndefined()
  expect(wanted('x.pcap', '-Y', 'esp')).toMatchObject({ text: 'esp', translated: false })
  expect(wanted('x.pcap', 'esp', 'or', 'udp', 'port', '500')).toMatchObject({
    text: 'esp || udp.port == 500',
    translated: true,
  })
  expect(wanted('-r', 'x.pcap', 'esp', '-Y', 'ip || ipv6', '-Y', 'gre')).toMatchObject({
    text: '(ip || ipv6) && (gre) && (esp)',
  })
  expect(wanted('-i', 'em0', 'udp', 'port', '500')).toBeUndefined()
  expect(wanted('x.pcap', '')).toBeUndefined()
  expect(wanted('-r', 'x.pcap', ' ')).toBeUndefined()
})

it.each([
  '-T fields -e ip.src -e esp.spi',
  '-nTfields -eip.src -e esp.spi',
  '-nT fields --fields ip.src,esp.spi',
])('prints fields: x.pcap %s', line => {
  const { format, columns } = read(`x.pcap ${line}`)
  expect(format).toBe('fields')
  expect(columns.columns.map(({ name }) => name)).toEqual(['ip.src', 'esp.spi'])
})

it.each<[string, string]>([
  ['x.pcap -Y esp)', 'filter: ) is not expected here'],
  ['-i em0 -w x.pcap -Y esp', '-Y and -w: what is captured is written as it comes'],
  ['x.pcap -T fields', '-T fields: no field was named'],
  ['x.pcap -E header=y', '-E: for fields; give --fields or -T fields too'],
  ['x.pcap --fields ip.src -T tree', '--fields: prints lines of its own; leave out -T tree'],
  ['x.pcap --fields ip.src --json', '--fields: prints lines of its own; leave out JSON'],
  ['x.pcap --fields ip.srx', '--fields: ip.srx is neither a protocol nor a field'],
  ['x.pcap --fields ip.src -E colour=y', '-E colour=y: not understood'],
  ['x.pcap --fields ip.src -E separator=ab', '-E separator=ab: not understood'],
])('%s: %s', (line, sentence) => {
  expect(() => read(line)).toThrow(sentence)
})

const tcpdump = spawnSync('tcpdump', ['--help'], { encoding: 'utf8' })

it.skipIf(tcpdump.status !== 0)(
  'takes a value with the letters that take one in tcpdump (needs tcpdump)',
  () => {
    const usage = tcpdump.stdout + tcpdump.stderr
    const plain = /\[-(\w+)/.exec(usage)?.[1] ?? ''
    const valued = [...usage.matchAll(/\[ -(\w) /g)].map(match => match[1]!)
    // tcpdump has something else under -d, -f and -T, and nothing under -Y.
    const ours = Object.keys(flags).filter(name => name.length === 1 && !'dfTY'.includes(name))
    expect(ours.filter(letter => flags[letter]?.value !== undefined).sort()).toEqual(
      ours.filter(letter => valued.includes(letter)).sort(),
    )
    expect(ours.filter(letter => flags[letter]?.value === undefined).sort()).toEqual(
      ours.filter(letter => plain.includes(letter)).sort(),
    )
  },
)

it('knows what was said of associations', () => {
  const { rules } = read(
    '--esp aes-cbc/hmac-sha1-96 --esp 0x1001@192.0.2.1=aes-gcm-16 --esp=null -d ip.proto=99:gre',
  )
  expect(rules.list).toHaveLength(1)
  expect(rules.associations.list).toMatchObject([
    { spi: undefined, destination: undefined, form: { name: 'aes-cbc/hmac-sha1-96' } },
    { spi: 0x1001, destination: 'c0000201', form: { name: 'aes-gcm-16' } },
    { spi: undefined, form: { name: 'null' } },
  ])
  expect(() => read('--esp rot13')).toThrow('--esp rot13: no such encryption algorithm')
  expect(() => read('--esp')).toThrow('--esp: ALGORITHM is missing')
})

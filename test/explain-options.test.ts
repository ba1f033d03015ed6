import { describe, expect, it } from 'vitest'
import { type ExplainOptions, readExplainOptions } from '../src/explain-options.ts'
import { captureFile } from './captures.ts'

const file = captureFile('walkthrough.pcap')
const read = (...args: string[]): ExplainOptions => readExplainOptions(args)

describe('what is to be explained', () => {
  it('is a capture where there is such a file', () => {
    expect(read(file)).toMatchObject({ read: file, name: undefined, packets: [] })
    expect(read('-r', file)).toMatchObject({ read: file, name: undefined })
    expect(read('-')).toMatchObject({ read: '-' })
    expect(read('--hex', file)).toMatchObject({ hex: file, read: undefined, name: undefined })
  })

  it('is a name otherwise, blanks and all', () => {
    expect(read('ip.ttl')).toMatchObject({ read: undefined, name: 'ip.ttl' })
    expect(read('no', 'proposal', 'chosen')).toMatchObject({ name: 'no proposal chosen' })
    expect(read('0x0800')).toMatchObject({ name: '0x0800' })
  })

  it('is the list of names', () => {
    expect(read('--list')).toMatchObject({ list: '', name: undefined, read: undefined })
    expect(read('--list', 'ip.')).toMatchObject({ list: 'ip.', name: undefined })
  })
})

describe('numbers of packets', () => {
  it.each([
    ['2', [{ from: 2, to: 2 }]],
    ['3,4-5,2-4', [{ from: 2, to: 5 }]],
    [
      '2,5-7',
      [
        { from: 2, to: 2 },
        { from: 5, to: 7 },
      ],
    ],
    [
      '5-7, 2',
      [
        { from: 2, to: 2 },
        { from: 5, to: 7 },
      ],
    ],
  ])('%s', (text, packets) => {
    expect(read(file, '-n', text).packets).toEqual(packets)
    expect(read(`-n${text}`, file).packets).toEqual(packets)
  })

  it.each(['0', 'two', '7-5', '1-', '-3', '1,,2', '1234567890123456'])('%s is refused', text => {
    expect(() => read(file, `-n${text}`)).toThrow(/not numbers of packets|is missing/)
  })
})

describe('what is refused', () => {
  it.each([
    [[], 'explain what?'],
    [[file, '--format', 'pdf'], '--format pdf: no such format. Try one of: text, md, html'],
    [[file, '--depth', 'deep'], '--depth deep: no such depth'],
    [['-r', file, file], 'one capture at a time'],
    [['/nowhere.pcap', '-n', '2'], '/nowhere.pcap: no such file'],
    [['nowhere.pcapng.gz'], 'nowhere.pcapng.gz: no such file'],
    [[file, 'ip.ttl'], `${file} ip.ttl: explain takes a capture or a name, not both`],
    [[file, file], `${file}: one capture at a time`],
    [[file, 'nowhere.pcap'], 'nowhere.pcap: one capture at a time'],
    [['-r', file, '-r', file], `${file}: one capture at a time`],
    [['-r', file, '--link-type', 'RAW'], '--link-type: for packets of --hex'],
    [['-T', 'tree', file], '-T: no such option; vpnscope explain --help lists them'],
    [['--formt', 'md', file], '--formt: no such option; did you mean --format?'],
    [[file, '--diff', '-n', '2,2'], '--diff compares two packets; -n 2,3 names them'],
    [['--hex', file, '--link-type', 'TOKEN'], 'no such link type'],
    [[file, '-d', 'udp.port=1'], '-d '],
    [[file, '--esp', 'rot13'], '--esp '],
  ])('%j', (args, said) => {
    expect(() => read(...args)).toThrow(said)
  })
})

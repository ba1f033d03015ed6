import { describe, expect, it } from 'vitest'
import { failure, hexOf, lines } from './dumps.ts'

/** Two pings whose payload, `01 02 03 dead beef abcd` and ` 6162`, looks like hexadecimal; as xxd -p prints them. */
const first =
  '45000033000700004001f6bfc0000201c00002020800acd2000100013031203032203033206465616420626565662061626364'
const second = '45000021000800004001f6d0c0000202c000020108007491000100012036313632'
const ethernetFirst = `0200000000020200000000010800${first}`
const ethernetSecond = `0200000000020200000000010800${second}`

describe('what each program prints', () => {
  it.each([
    [
      'hexdump -C',
      lines(
        '00000000  45 00 00 33 00 07 00 00  40 01 f6 bf c0 00 02 01  |E..3....@.......|',
        '00000010  c0 00 02 02 08 00 ac d2  00 01 00 01 30 31 20 30  |............01 0|',
        '00000020  32 20 30 33 20 64 65 61  64 20 62 65 65 66 20 61  |2 03 dead beef a|',
        '00000030  62 63 64                                          |bcd|',
        '00000033',
      ),
    ],
    [
      'hexdump',
      lines(
        '0000000 0045 3300 0700 0000 0140 bff6 00c0 0102',
        '0000010 00c0 0202 0008 d2ac 0100 0100 3130 3020',
        '0000020 2032 3330 6420 6165 2064 6562 6665 6120',
        '0000030 6362 0064                              ',
        '0000033',
      ),
    ],
    [
      'hexdump -x',
      lines(
        '0000000    0045    3300    0700    0000    0140    bff6    00c0    0102',
        '0000010    00c0    0202    0008    d2ac    0100    0100    3130    3020',
        '0000020    2032    3330    6420    6165    2064    6562    6665    6120',
        '0000030    6362    0064                                                ',
        '0000033',
      ),
    ],
    [
      'xxd',
      lines(
        '00000000: 4500 0033 0007 0000 4001 f6bf c000 0201  E..3....@.......',
        '00000010: c000 0202 0800 acd2 0001 0001 3031 2030  ............01 0',
        '00000020: 3220 3033 2064 6561 6420 6265 6566 2061  2 03 dead beef a',
        '00000030: 6263 64                                  bcd',
      ),
    ],
    [
      'xxd -g1 -u',
      lines(
        '00000000: 45 00 00 33 00 07 00 00 40 01 F6 BF C0 00 02 01  E..3....@.......',
        '00000010: C0 00 02 02 08 00 AC D2 00 01 00 01 30 31 20 30  ............01 0',
        '00000020: 32 20 30 33 20 64 65 61 64 20 62 65 65 66 20 61  2 03 dead beef a',
        '00000030: 62 63 64                                         bcd',
      ),
    ],
    [
      'xxd -c 32',
      lines(
        '00000000: 4500 0033 0007 0000 4001 f6bf c000 0201 c000 0202 0800 acd2 0001 0001 3031 2030  E..3....@...................01 0',
        '00000020: 3220 3033 2064 6561 6420 6265 6566 2061 6263 64                                  2 03 dead beef abcd',
      ),
    ],
    [
      'od -Ax -tx1',
      lines(
        '000000 45 00 00 33 00 07 00 00 40 01 f6 bf c0 00 02 01',
        '000010 c0 00 02 02 08 00 ac d2 00 01 00 01 30 31 20 30',
        '000020 32 20 30 33 20 64 65 61 64 20 62 65 65 66 20 61',
        '000030 62 63 64',
        '000033',
      ),
    ],
    [
      'od -Ax -tx1z',
      lines(
        '000000 45 00 00 33 00 07 00 00 40 01 f6 bf c0 00 02 01  >E..3....@.......<',
        '000010 c0 00 02 02 08 00 ac d2 00 01 00 01 30 31 20 30  >............01 0<',
        '000020 32 20 30 33 20 64 65 61 64 20 62 65 65 66 20 61  >2 03 dead beef a<',
        '000030 62 63 64                                         >bcd<',
        '000033',
      ),
    ],
    [
      'od -Ax -x',
      lines(
        '000000 0045 3300 0700 0000 0140 bff6 00c0 0102',
        '000010 00c0 0202 0008 d2ac 0100 0100 3130 3020',
        '000020 2032 3330 6420 6165 2064 6562 6665 6120',
        '000030 6362 0064',
        '000033',
      ),
    ],
    [
      'OpenBSD tcpdump -x',
      lines(
        '\t\t\t 4500 0033 0007 0000 4001 f6bf c000 0201',
        '\t\t\t c000 0202 0800 acd2 0001 0001 3031 2030',
        '\t\t\t 3220 3033 2064 6561 6420 6265 6566 2061',
        '\t\t\t 6263 64',
      ),
    ],
  ])('%s, once and twice', (_, text) => {
    expect(hexOf(text)).toEqual([first])
    expect(hexOf(`before\n\n${text}\nbetween\n${text}after\n`)).toEqual([first, first])
    expect(hexOf(text.replaceAll('\n', '\r\n'))).toEqual([first])
  })

  it('tcpdump -x and -X', () => {
    const header = '17:35:01.121296 IP 192.0.2.1 > 192.0.2.2: ICMP echo request, id 1, seq 1, length 31'
    const other = '17:35:02.122106 IP 192.0.2.2 > 192.0.2.1: ICMP echo request, id 1, seq 1, length 13'
    const x = lines(
      header,
      '\t0x0000:  4500 0033 0007 0000 4001 f6bf c000 0201',
      '\t0x0010:  c000 0202 0800 acd2 0001 0001 3031 2030',
      '\t0x0020:  3220 3033 2064 6561 6420 6265 6566 2061',
      '\t0x0030:  6263 64',
      other,
      '\t0x0000:  4500 0021 0008 0000 4001 f6d0 c000 0202',
      '\t0x0010:  c000 0201 0800 7491 0001 0001 2036 3136',
      '\t0x0020:  32',
    )
    const withText = lines(
      header,
      '\t0x0000:  4500 0033 0007 0000 4001 f6bf c000 0201  E..3....@.......',
      '\t0x0010:  c000 0202 0800 acd2 0001 0001 3031 2030  ............01.0',
      '\t0x0020:  3220 3033 2064 6561 6420 6265 6566 2061  2.03.dead.beef.a',
      '\t0x0030:  6263 64                                  bcd',
      other,
      '\t0x0000:  4500 0021 0008 0000 4001 f6d0 c000 0202  E..!....@.......',
      '\t0x0010:  c000 0201 0800 7491 0001 0001 2036 3136  ......t......616',
      '\t0x0020:  32                                       2',
    )
    expect(hexOf(x)).toEqual([first, second])
    expect(hexOf(withText)).toEqual([first, second])
    expect(hexOf(withText.replaceAll(/^\t/gm, '        '))).toEqual([first, second])
    expect(hexOf(withText.replaceAll(/[ \t]+/g, ' '))).toEqual([first, second])
  })

  it('tshark -x and Wireshark', () => {
    const text = lines(
      '0000  02 00 00 00 00 02 02 00 00 00 00 01 08 00 45 00   ..............E.',
      '0010  00 33 00 07 00 00 40 01 f6 bf c0 00 02 01 c0 00   .3....@.........',
      '0020  02 02 08 00 ac d2 00 01 00 01 30 31 20 30 32 20   ..........01 02 ',
      '0030  30 33 20 64 65 61 64 20 62 65 65 66 20 61 62 63   03 dead beef abc',
      '0040  64                                                d',
      '',
      '0000  02 00 00 00 00 02 02 00 00 00 00 01 08 00 45 00   ..............E.',
      '0010  00 21 00 08 00 00 40 01 f6 d0 c0 00 02 02 c0 00   .!....@.........',
      '0020  02 01 08 00 74 91 00 01 00 01 20 36 31 36 32      ....t..... 6162',
    )
    expect(hexOf(text)).toEqual([ethernetFirst, ethernetSecond])
    const olderWireshark = text.replaceAll(/^([0-9a-f]{4} (?: [0-9a-f]{2}){8})/gm, '$1 ')
    expect(olderWireshark).toContain('02 00  00 00 00 01')
    expect(hexOf(olderWireshark)).toEqual([ethernetFirst, ethernetSecond])
  })
})

describe('the ASCII column', () => {
  it.each([
    ['a short line', '0060: 3031 3233 3435                           012345', '303132333435'],
    ['only two blanks', '0000: 6162 6364  abcd', '61626364'],
    ['groups of its own', '00000000: 61 62 20 63 64 20 65 66  ab cd ef', '6162206364206566'],
    ['one blank', '0000: 3031 3233 3435 012345', '303132333435'],
    [
      'a full line and one blank',
      '0000: 6162 6364 6566 6768 6162 6364 6566 6768 abcdefghabcdefgh',
      '61626364656667686162636465666768',
    ],
    ['none, and bytes that spell bytes', '0000: 3631 61', '363161'],
    ['after half a group', '0000: 6162 63 abc', '616263'],
    ['after a shorter group', '00000000: 61626364 6566 abcdef', '616263646566'],
  ])('%s is not read as bytes', (_, line, hex) => {
    const offset = Number.parseInt(line, 16)
    const before = Array.from(
      { length: offset / 16 },
      (_, i) => `${(i * 16).toString(16).padStart(4, '0')}: ${'0000 '.repeat(8)}`,
    )
    expect(hexOf(lines(...before, line))).toEqual(['00'.repeat(offset) + hex])
  })

  it('is known from the lines before', () => {
    const whole = '0000: 6162 6364 6566 6768 6162 6364 6566 6768  abcdefghabcdefgh'
    expect(hexOf(lines(whole, '0010: 3631 61'))).toEqual(['61626364656667686162636465666768' + '363161'])
  })

  it('is known from the lines before where blanks were lost', () => {
    const full = '0000: 6162 6364 6566 6768 6162 6364 6566 6768 abcdefghabcdefgh'
    expect(hexOf(lines(full, '0010: 6162 6364 abcd'))).toEqual([
      '61626364656667686162636465666768' + '61626364',
    ])
  })
})

describe('repeated lines', () => {
  const bytes = `45000033000700004001f6bfc0000201${'00'.repeat(48)}010101`
  it.each([
    [
      'hexdump -C',
      lines(
        '00000000  45 00 00 33 00 07 00 00  40 01 f6 bf c0 00 02 01  |E..3....@.......|',
        '00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|',
        '*',
        '00000040  01 01 01                                          |...|',
        '00000043',
      ),
    ],
    [
      'hexdump',
      lines(
        '0000000 0045 3300 0700 0000 0140 bff6 00c0 0102',
        '0000010 0000 0000 0000 0000 0000 0000 0000 0000',
        '*',
        '0000040 0101 0001                              ',
        '0000043',
      ),
    ],
    [
      'xxd -a',
      lines(
        '00000000: 4500 0033 0007 0000 4001 f6bf c000 0201  E..3....@.......',
        '00000010: 0000 0000 0000 0000 0000 0000 0000 0000  ................',
        '*',
        '00000040: 0101 01                                  ...',
      ),
    ],
    [
      'od -Ax -tx1',
      lines(
        '000000 45 00 00 33 00 07 00 00 40 01 f6 bf c0 00 02 01',
        '000010 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
        '*',
        '000040 01 01 01',
        '000043',
      ),
    ],
  ])('of %s are filled in', (_, text) => {
    expect(hexOf(text)).toEqual([bytes])
    expect(hexOf(text + text)).toEqual([bytes, bytes])
  })

  const zeros = '00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\n'
  it('end with the last offset', () => {
    expect(hexOf(`${zeros}00000030\n`)).toEqual(['00'.repeat(48)])
  })

  it('do not fill the memory', () => {
    expect(failure(`${zeros}fffffff0\n`)).toBe('notes.txt:3: "*" stands for more than 67108864 bytes')
    expect(failure(`${zeros}00100000\n`)).toBe('notes.txt:3: more than 262144 bytes in one packet')
    expect(failure(`${zeros}0003fff0\n`.repeat(300))).toBe(
      'notes.txt:771: "*" stands for more than 67108864 bytes',
    )
  })

  it('go forward', () => {
    const line = '  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|'
    expect(failure(lines(`00000000${line}`, `00000010${line}`, '*', `00000010${line}`))).toMatch(
      /^notes.txt:4: offset 0010 where 0020 should follow/,
    )
  })

  it('need an end', () => {
    expect(failure(zeros)).toBe(
      'notes.txt:2: the dump ends with "*", so its length is unknown; copy its last line too',
    )
  })
})

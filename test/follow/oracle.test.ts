import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Association, Story } from '../../src/follow/story.ts'
import { captureFile, captureNames } from '../captures.ts'
import { storyIn } from './following.ts'

const installed = spawnSync('tshark', ['--version']).status === 0

const columns = [
  'frame.number',
  'icmp.type',
  'isakmp.ispi',
  'isakmp.exchangetype',
  'isakmp.messageid',
  'isakmp.length',
  'isakmp.frag.last',
  'ip.dst',
  'ipv6.dst',
  'esp.spi',
  'esp.sequence',
  'ah.spi',
  'ah.sequence',
] as const

type Row = Record<(typeof columns)[number], string>

/** What tshark has of each packet with IKE, ESP or AH; of a field that is there twice the first one, or the last one. */
function tsharkRows(name: string, which: 'f' | 'l'): Row[] {
  const { stdout, status } = spawnSync(
    'tshark',
    [
      ...[
        '-n',
        '-r',
        captureFile(name),
        '-Y',
        'isakmp || esp || ah',
        '-T',
        'fields',
        '-E',
        `occurrence=${which}`,
      ],
      ...columns.flatMap(column => ['-e', column]),
    ],
    { encoding: 'utf8' },
  )
  expect(status).toBe(0)
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => Object.fromEntries(columns.map((column, i) => [column, line.split('\t')[i]!])) as Row)
}

const unreachable = '3'

/** In the place of fragments of an IKEv1 message stands the last one, with what tshark found in all of them. */
function putTogether(name: string): Row[] {
  const rows = tsharkRows(name, 'f')
  if (rows.every(row => row['isakmp.frag.last'] === '')) return rows
  const last = new Map(tsharkRows(name, 'l').map(row => [row['frame.number'], row]))
  return rows
    .filter(row => row['isakmp.frag.last'] !== '0')
    .map(row => (row['isakmp.frag.last'] === '' ? row : last.get(row['frame.number'])!))
}

/** `packet: spi exchange/id length` of every packet that brings an IKE message. */
const theirMessages = (rows: readonly Row[]): string[] =>
  rows
    .filter(row => row['isakmp.length'] !== '' && row['icmp.type'] !== unreachable)
    .map(
      row =>
        `${row['frame.number']}: ${row['isakmp.ispi']} ${row['isakmp.exchangetype']}/${Number(row['isakmp.messageid'])} ${row['isakmp.length']}`,
    )

const ourMessages = ({ negotiations }: Story): string[] =>
  negotiations
    .flatMap(({ messages, initiatorSpi }) =>
      messages.flatMap(({ packet, repeats, exchange, messageId, length }) =>
        [packet, ...repeats.map(repeat => repeat.packet)].map(
          at => [at, `${at}: ${initiatorSpi} ${exchange}/${messageId} ${length}`] as const,
        ),
      ),
    )
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text)

type Count = { packets: number; first: number; last: number; lowest: number; highest: number }

function theirAssociations(rows: readonly Row[], protocol: 'esp' | 'ah'): Record<string, Count> {
  const counts: Record<string, Count> = {}
  for (const row of rows) {
    if (row[`${protocol}.spi`] === '' || row['icmp.type'] === unreachable) continue
    const at = Number(row['frame.number'])
    const n = Number(row[`${protocol}.sequence`])
    const key = `${row['ip.dst'] || row['ipv6.dst']} ${Number(row[`${protocol}.spi`])}`
    const count = (counts[key] ??= { packets: 0, first: at, last: at, lowest: n, highest: n })
    count.packets++
    count.last = at
    count.lowest = Math.min(count.lowest, n)
    count.highest = Math.max(count.highest, n)
  }
  return counts
}

const ourAssociations = (
  associations: readonly Association[],
  protocol: 'esp' | 'ah',
): Record<string, Count> =>
  Object.fromEntries(
    associations
      .filter(each => each.protocol === protocol)
      .map(each => [
        `${each.destination} ${each.spi}`,
        {
          packets: each.packets,
          first: each.firstPacket,
          last: each.lastPacket,
          lowest: each.lowestSequence,
          highest: each.highestSequence,
        },
      ]),
  )

/** tshark looks for IKE on its own ports only. */
const elsewhere = new Set(['ikev2-other-ports.pcap'])
const names = captureNames.filter(name => /^(ah|esp|ike|openiked|vti)/.test(name) && !elsewhere.has(name))

describe.skipIf(!installed)('tshark has the same', () => {
  it.each(names)('messages and associations in %s', { timeout: 20_000 }, async name => {
    const rows = putTogether(name)
    const story = await storyIn(name)
    expect(rows.length).toBeGreaterThan(0)
    expect(ourMessages(story)).toEqual(theirMessages(rows))
    expect(ourAssociations(story.associations, 'esp')).toEqual(theirAssociations(rows, 'esp'))
    expect(ourAssociations(story.associations, 'ah')).toEqual(theirAssociations(rows, 'ah'))
  })
})

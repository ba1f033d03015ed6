import { describe, expect, it } from 'vitest'
import type { Frame } from '../../src/frame.ts'
import { ipv4 } from '../craft.ts'
import { back, esp, storyOf } from './following.ts'

/** Packets by hand: `>` and `<` are ESP of 192.0.2.1 and of 192.0.2.2, `}` and `{` of further associations, a blank waits. */
function story(packets: string, gap = 0.5) {
  const spis: Readonly<Record<string, number>> = { '>': 0xc1, '<': 0xc2, '}': 0xd1, '{': 0xd2 }
  const counts = new Map<number, number>()
  const frames: Frame[] = []
  for (const [i, sign] of [...packets].entries()) {
    const spi = spis[sign]
    if (spi === undefined) continue
    const count = (counts.get(spi) ?? 0) + 1
    counts.set(spi, count)
    const frame = ipv4(50, esp(spi, count))
    const time = i * gap
    const seconds = Math.floor(time)
    const at = { number: frames.length + 1, seconds, fraction: Math.round((time - seconds) * 1e6), digits: 6 }
    frames.push({ ...(sign === '<' || sign === '{' ? back(frame) : frame), ...at })
  }
  return storyOf(frames)
}

const stops = (packets: string, gap?: number) =>
  story(packets, gap).verdicts.filter(({ id }) => id === 'looks-esp-stopped-one-way')

describe('a direction that stops while the other one goes on', () => {
  it('looks broken after ten packets and five seconds', () => {
    const [verdict, ...others] = stops(`><><><><${'>'.repeat(11)}`)
    expect(others).toEqual([])
    expect(verdict).toMatchObject({ severity: 'warning', packets: [8, 19], spis: [0xc1, 0xc2] })
    expect(verdict!.title).toBe(
      'ESP from 192.0.2.2 to 192.0.2.1 stops at packet 8, and ESP from 192.0.2.1 goes on: 11 packets in 6 s without one that comes back.',
    )
    expect(stops(`><><><><${'>'.repeat(9)}`)).toEqual([])
    expect(stops(`><><><><${'>'.repeat(40)}`, 0.1)).toEqual([])
  })

  it('looks broken after three packets and half a minute', () => {
    expect(stops('><><><>< > > >', 6)).toHaveLength(1)
    expect(stops('><><><>< > >', 6)).toEqual([])
  })

  it('does not where it was answered in the end, or had gone unanswered as long before', () => {
    expect(stops(`><><><><${'>'.repeat(20)}<`)).toEqual([])
    expect(stops(`><><><${'>'.repeat(12)}<><${'>'.repeat(16)}`)).toEqual([])
    expect(stops(`><><><${'>'.repeat(12)}<><${'>'.repeat(60)}`)).toHaveLength(1)
  })

  it('does not where packets were rekeyed: by the addresses both directions go on', () => {
    expect(stops(`><><><><${'}{'.repeat(15)}`)).toEqual([])
    expect(stops(`><><><><${'><}{'.repeat(8)}`)).toEqual([])
    expect(stops(`><><><><${'}<'.repeat(15)}`)).toEqual([])
    const rekeyed = stops(`><><><><${'>>>}}}}}}}}}'}`)
    expect(rekeyed).toMatchObject([{ packets: [8, 11, 20], spis: [0xc1, 0xd1, 0xc2] }])
    expect(rekeyed[0]!.title).toContain('12 packets in 6 s')
  })

  it('does not where the capture ends, or nothing came back from the beginning', () => {
    expect(stops('><><><><><><><><><><><')).toEqual([])
    expect(stops('>'.repeat(40))).toEqual([])
    expect(stops(`<${'>'.repeat(40)}`)).toEqual([])
    expect(story(`<${'>'.repeat(40)}`).associations[1]!.silence).toMatchObject({ packets: 40, since: 1 })
  })
})

import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'
import { hexOf } from '../tcp-craft.ts'

const frames = await framesOf(captureFile('syslog.pcap'))
const line = (text: string) => peel(udp4(514, 514, hexOf(text)))

// Values and places as tshark 4.0 has them, but for the tag, which RFC 5424 §A.1 calls the name of the program.
describe('syslog', () => {
  it('reads the old format', () => {
    const { stack, show, places, found, notes } = peel(frames[1]!)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'syslog'])
    expect(show('syslog.pri')).toEqual(['daemon.info (30)'])
    expect(show('syslog.timestamp_rfc3164')).toEqual(['Jan  1 00:00:01'])
    expect(places('syslog.timestamp_rfc3164')).toEqual([`${46 * 8}+${15 * 8}`])
    expect(show('syslog.hostname')).toEqual(['gate'])
    expect(places('syslog.hostname')).toEqual([`${62 * 8}+${4 * 8}`])
    expect(show('syslog.appname')).toEqual(['iked'])
    expect(show('syslog.procid')).toEqual(['4711'])
    expect(show('syslog.text')).toEqual(['spi=0x1234: established peer 192.0.2.7:500'])
    expect(places('syslog.msg')).toEqual([`${46 * 8}+${75 * 8}`])
    expect(found.layer(3).summary).toMatch(/^daemon.info \(30\): Jan {2}1 00:00:01 gate iked/)
    expect(notes).toEqual([])
  })

  it('reads the example of RFC 5424 §6.5 with structured data', () => {
    const { show, places } = peel(frames[3]!)
    expect(show('syslog.pri')).toEqual(['local4.notice (165)'])
    expect(show('syslog.version')).toEqual(['1'])
    expect(show('syslog.timestamp')).toEqual(['2003-10-11T22:14:15.003Z'])
    expect(show('syslog.hostname')).toEqual(['mymachine.example.com'])
    expect(places('syslog.hostname')).toEqual([`${74 * 8}+${21 * 8}`])
    expect(show('syslog.procid')).toEqual(['-'])
    expect(show('syslog.msgid')).toEqual(['ID47'])
    expect(show('syslog.structured_data')[0]).toMatch(/^\[exampleSDID@32473 .*class="high"\]$/)
    expect(show('syslog.text')[0]).toContain('An application event log entry...')
  })

  it('is content with less', () => {
    expect(peel(frames[4]!).show('syslog.text')).toEqual(['Use the BFG!'])
    expect(line('<13>Feb  5 17:32:18 su: no host').show('syslog.appname')).toEqual(['su'])
    expect(line('<13>Feb  5 17:32:18 su: no host').show('syslog.hostname')).toEqual([])
    expect(line('<999>x').show('syslog.pri')).toEqual(['124.debug (999)'])
    expect(line('<13>1 ').statuses.at(-1)).toBe('complete')
    const quoted = line('<13>1 - h a - - [x y="]\\"["] text')
    expect(quoted.show('syslog.structured_data')).toEqual(['[x y="]\\"["]'])
    expect(quoted.show('syslog.text')).toEqual(['text'])
    expect(line('<13>1 - h a - - [x y="').show('syslog.text')).toEqual(['[x y="'])
  })

  it('shows no control characters', () => {
    expect(line('<13>\x1b[2J\x07').show('syslog.text').join()).not.toMatch(/[\x1b\x07]/)
  })
})

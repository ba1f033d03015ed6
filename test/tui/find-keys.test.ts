import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Capture } from '../../src/store/capture.ts'
import { twoRecords } from '../capture/bytes.ts'
import { Desk } from './desk.ts'

let desk: Desk
afterEach(() => {
  desk.controller.leaveCapture()
  vi.restoreAllMocks()
})

describe('f, n and N', () => {
  it('go from packet to packet, and around', async () => {
    desk = await Desk.open('walkthrough.pcap')
    await desk.find('echo reply')
    expect(desk.at[0]).toBe(2)
    await desk.go('n')
    expect([desk.at[0], desk.said]).toEqual([4, ''])
    await desk.go('n')
    expect([desk.at[0], desk.said]).toEqual([2, 'found; went on from the first packet'])
    await desk.go('N')
    expect([desk.at[0], desk.said]).toEqual([4, 'found; went on from the last packet'])
    await desk.go('N')
    expect([desk.at[0], desk.said]).toEqual([2, ''])
    expect(desk.controller.state.back).toEqual([1, 2, 4, 2, 4])
  })

  it('leave the cursor on the field that it was on where a line of the list is found', async () => {
    desk = await Desk.open('walkthrough.pcap')
    await desk.find('Hop limit: 64', 1)
    expect(desk.at.slice(0, 2)).toEqual([3, 'ipv6 ipv6.hlim'])
    await desk.find('seq 2', 2)
    expect(desk.at.slice(0, 2)).toEqual([4, 'ipv6 ipv6.hlim'])
  })

  it('go through the rows of one packet after the other', async () => {
    desk = await Desk.open('walkthrough.pcap')
    await desk.find('time to live', 1)
    expect(desk.at.slice(0, 2)).toEqual([1, 'ip ip.ttl'])
    await desk.go('n')
    expect(desk.at.slice(0, 2)).toEqual([1, 'ip/ip ip.ttl'])
    await desk.go('n')
    expect(desk.at.slice(0, 2)).toEqual([2, 'ip ip.ttl'])
    await desk.go('N')
    expect(desk.at.slice(0, 2)).toEqual([1, 'ip/ip ip.ttl'])
    expect(desk.controller.state.folding.except).toContain('ip/ip')
  })

  it('go from byte to byte, as tcpdump shows them', async () => {
    desk = await Desk.open('walkthrough.pcap')
    await desk.find('c0a801', 2, 2)
    expect(desk.at).toEqual([1, 'ip ip.src', 12])
    await desk.go('n')
    expect(desk.at).toEqual([1, 'ip ip.dst', 16])
    await desk.go('n')
    expect(desk.at).toEqual([2, 'ip ip.src', 12])
    await desk.go('N')
    expect(desk.at).toEqual([1, 'ip ip.dst', 16])
  })

  it('do not scroll the tree away from a hit in the field that was selected already', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.controller.dispatch({ type: 'resized', size: { columns: 80, rows: 24 } })
    desk.controller.dispatch({ type: 'fold', how: 'all' })
    // Of packet 1, tcpdump shows 0x25 at bytes 56 and 85, both in what the ping carries.
    await desk.find('%', 2)
    expect(desk.at).toEqual([1, 'ip/ip/icmp/data data.data', 56])
    const { tree } = desk.controller.state.tops
    expect(tree).toBeGreaterThan(0)
    await desk.go('n')
    expect(desk.at).toEqual([1, 'ip/ip/icmp/data data.data', 85])
    expect(desk.controller.state.tops.tree).toBe(tree)
  })

  it('say what is wrong', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('n')
    expect(desk.said).toBe('nothing was looked for yet; f finds')
    await desk.find('seq (', 0, 1)
    expect(desk.said).toBe('seq (: is no regular expression: unterminated group at character 5 (()')
    expect(desk.controller.state.message?.severity).toBe('error')
    await desk.find('nowhere', 0, 2)
    expect([desk.at[0], desk.said]).toEqual([1, 'nowhere: nowhere in 12 packets'])
    await desk.find('0x7d4a', 1)
    expect(desk.at.slice(0, 2)).toEqual([1, 'ip/ip/icmp icmp.checksum'])
    await desk.go('n')
    expect([desk.at.slice(0, 2), desk.said]).toEqual([
      [1, 'ip/ip/icmp icmp.checksum'],
      '0x7d4a: nowhere else',
    ])
  })

  it('show how far they are, and end with Ctrl-C', async () => {
    desk = await Desk.open('walkthrough.pcap')
    let now = performance.now()
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 20))
    const search = desk.find('IKE_AUTH', 0)
    await desk.until(({ busy }) => busy !== undefined)
    expect(desk.controller.state.busy).toMatchObject({ what: 'finding IKE_AUTH', total: 12 })
    desk.press('ctrl-c')
    await search
    expect([desk.at[0], desk.said, desk.controller.state.busy]).toEqual([1, 'stopped', undefined])
  })

  it('leave a line that is typed to Ctrl-C before anything else, and the program only then', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press(':', 'a', 'ctrl-c')
    expect([desk.controller.state.prompt, desk.quits]).toEqual([undefined, 0])
    desk.controller.dispatch({ type: 'overwrite', path: '/tmp/a', of: 'all' })
    desk.press('ctrl-c')
    expect([desk.controller.state.prompt, desk.quits]).toEqual([undefined, 0])
    desk.controller.dispatch({ type: 'leave' })
    desk.press('ctrl-c')
    expect(desk.quits).toBe(1)
  })

  it('look at what has been read so far', async () => {
    const pipe = new PassThrough()
    desk = new Desk(await begun(pipe))
    await desk.until(({ packet }) => packet === 1)
    await desk.find('ghi', 2)
    expect(desk.said).toBe('ghi: nowhere in 1 packet read so far')
    pipe.end(twoRecords.subarray(44))
    await desk.until(state => state.capture?.complete === true)
    await desk.go('n')
    expect([desk.at[0], desk.at[2]]).toEqual([2, 2])
  })
})

function begun(pipe: PassThrough): Promise<Capture> {
  pipe.write(twoRecords.subarray(0, 44))
  return Capture.begin('-', { stdin: pipe })
}

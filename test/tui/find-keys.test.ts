import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Capture } from '../../src/store/capture.ts'
import { Controller } from '../../src/tui/controller.ts'
import type { State } from '../../src/tui/state.ts'
import { chooseTheme } from '../../src/tui/theme.ts'
import { twoRecords } from '../capture/bytes.ts'
import { captureFile } from '../captures.ts'

const theme = chooseTheme({ level: 0, background: 'dark', ascii: false, mono: true })

/** The controller with nothing around it, and with a capture that it reads. */
class Desk {
  readonly #waiting = new Set<() => void>()
  readonly controller = new Controller(
    {
      draw() {},
      redraw() {},
      suspend() {},
      quit() {},
      send() {},
      entries: () => [],
      listen: () => Promise.reject(new Error('not here')),
      names: () => [],
      tour: () => {
        throw new Error('no tour was asked for')
      },
      theme: () => theme,
    },
    { columns: 120, rows: 40 },
  )

  constructor(capture: Capture) {
    const { controller } = this
    const dispatch = controller.dispatch.bind(controller)
    controller.dispatch = action => {
      dispatch(action)
      for (const look of this.#waiting) look()
    }
    controller.show(capture)
  }

  static async open(name: string): Promise<Desk> {
    const desk = new Desk(await Capture.begin(captureFile(name)))
    await desk.until(state => state.capture?.complete === true)
    return desk
  }

  /** Waits for an action that leads to such a state. */
  until(wanted: (state: State) => boolean): Promise<void> {
    return new Promise(done => {
      const look = () => {
        if (!wanted(this.controller.state)) return
        this.#waiting.delete(look)
        done()
      }
      this.#waiting.add(look)
      look()
    })
  }

  press(...keys: readonly string[]): void {
    for (const key of keys) this.controller.input({ type: 'key', key })
  }

  /** Types what to find, after so many Tabs for where, and Shift-Tabs for what it is. */
  find(text: string, where = 0, kind = 0): Promise<void> {
    this.press('f', ...Array<string>(where).fill('tab'), ...Array<string>(kind).fill('shift-tab'))
    this.controller.input({ type: 'paste', text })
    return this.go('return')
  }

  /** Presses a key that begins a search, and waits for its end. */
  async go(key: string): Promise<void> {
    const before = this.controller.state
    this.press(key)
    await this.until(
      ({ busy, prompt, packet, selected, byte, message }) =>
        busy === undefined &&
        prompt === undefined &&
        (packet !== before.packet ||
          selected !== before.selected ||
          byte !== before.byte ||
          (message !== undefined && message !== before.message)),
    )
    // What there is to say about a hit comes right behind it.
    await setImmediate()
  }

  get at(): [packet: number, path: string, byte: number] {
    const { packet, detail, selected, byte } = this.controller.state
    return [packet, detail?.nodes[selected]?.path ?? '', byte]
  }

  get said(): string {
    return this.controller.state.message?.text ?? ''
  }
}

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

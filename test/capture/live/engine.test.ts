import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type EngineName, engineNames } from '../../../src/capture/live/engine.ts'
import { Cable, describeNetwork, Sender } from '../../namespace.ts'
import { Catch, capture, hexOf, ipInIp, numbered, processesWith, refusal, tagged } from './capturing.ts'

/** The program that captures, as its command line begins. */
const programs = { cap: 'node', tcpdump: 'tcpdump', dumpcap: 'dumpcap' } as const

describeNetwork('an engine', () => {
  describe.each(engineNames)('%s', engine => {
    it('delivers ICMP in IP in IP, VLAN tags and short frames as they were sent', async () => {
      const cable = new Cable()
      const sender = await Sender.at(cable)
      const before = Date.now()
      const capturer = await capture({ device: cable.here, engine })
      const caught = new Catch(capturer)
      const frames = [ipInIp(1), tagged(), numbered(1), ipInIp(2)]
      await sender.send(...frames)
      await caught.has(4)
      capturer.stop()
      expect(await caught.finished).toBeUndefined()
      expect(await capturer.ended).toBeUndefined()
      expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf(frames))
      expect(caught.frames.map(({ wireLength }) => wireLength)).toEqual(frames.map(({ length }) => length))
      expect(new Set(caught.frames.map(({ linkType }) => linkType))).toEqual(new Set([1]))
      const times = caught.frames.map(({ time }) => time)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times[0]).toBeGreaterThanOrEqual(before)
      expect(times[3]).toBeLessThanOrEqual(Date.now() + 1)
      expect(capturer).toMatchObject({ device: cable.here, engine })
      expect(capturer.clock).toBe(engine === 'cap' ? 'time taken by vpnscope, not by the kernel' : '')
    })

    it('keeps to the filter', async () => {
      const cable = new Cable()
      const sender = await Sender.at(cable)
      const capturer = await capture({
        device: cable.here,
        engine,
        filter: 'ip proto 4 and ip[20+12:4] = 0x0a000001',
      })
      const caught = new Catch(capturer)
      await sender.send(numbered(1), ipInIp(7), numbered(2), ipInIp(8))
      await caught.has(2)
      capturer.stop()
      await caught.finished
      expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([ipInIp(7), ipInIp(8)]))
    })

    it('keeps so many bytes of each frame and tells how long it was', async () => {
      const cable = new Cable()
      const sender = await Sender.at(cable)
      const capturer = await capture({ device: cable.here, engine, snapLength: 34 })
      const caught = new Catch(capturer)
      await sender.send(ipInIp())
      await caught.has(1)
      expect(caught.frames).toMatchObject([{ hex: hexOf([ipInIp().subarray(0, 34)])[0], wireLength: 118 }])
    })

    it('delivers jumbo frames', async () => {
      const cable = new Cable({ mtu: 9000 })
      const sender = await Sender.at(cable)
      const caught = new Catch(await capture({ device: cable.here, engine }))
      await sender.send(numbered(1, 9014))
      await caught.has(1)
      expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([numbered(1, 9014)]))
    })

    it('goes on when the members of a bridge change', async () => {
      const cable = new Cable()
      const bridge = cable.bridge()
      const sender = await Sender.at(cable)
      const caught = new Catch(await capture({ device: bridge, engine, filter: 'ether proto 0x88b5' }))
      await sender.send(numbered(1))
      await caught.has(1)
      cable.ip('link', 'set', cable.here, 'nomaster')
      cable.ip('link', 'set', cable.here, 'master', bridge)
      await sender.send(numbered(2))
      await caught.has(2)
      expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([numbered(1), numbered(2)]))
    })

    it('delivers what was sent right before it is stopped', async () => {
      const cable = new Cable()
      const sender = await Sender.at(cable)
      const capturer = await capture({ device: cable.here, engine })
      const caught = new Catch(capturer)
      const frames = Array.from({ length: 1000 }, (_, at) => numbered(at))
      await sender.send(...frames)
      capturer.stop()
      await caught.finished
      const numbers = caught.frames.map(({ hex }) => Number.parseInt(hex.slice(28, 36), 16))
      expect(numbers.findIndex((number, at) => number !== at)).toBe(-1)
      expect(numbers).toHaveLength(1000)
    })

    it('says that the interface is gone, and keeps what came before', async () => {
      const cable = new Cable()
      const sender = await Sender.at(cable)
      const capturer = await capture({ device: cable.here, engine })
      const caught = new Catch(capturer)
      await sender.send(numbered(1))
      await caught.has(1)
      cable.ip('link', 'delete', cable.here)
      expect(await capturer.ended).toBe(`${cable.here}: the interface is gone`)
      expect(await caught.finished).toBeUndefined()
      expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([numbered(1)]))
    })

    it('says that its program was killed, and keeps what came before', async () => {
      const cable = new Cable()
      const sender = await Sender.at(cable)
      const capturer = await capture({ device: cable.here, engine })
      const caught = new Catch(capturer)
      await sender.send(numbered(1))
      await caught.has(1)
      const captures = processesWith(cable.here).filter(({ program }) => program === programs[engine])
      expect(captures).toHaveLength(1)
      process.kill(captures[0]!.pid, 'SIGKILL')
      const name = engine === 'cap' ? 'the engine cap' : engine
      expect(await capturer.ended).toBe(`${cable.here}: ${name} was killed (SIGKILL)`)
      await caught.finished
      expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([numbered(1)]))
    })

    it('refuses what is no interface, and tells of those that are', async () => {
      const cable = new Cable()
      expect(await refusal({ device: `${cable.here}9`, engine })).toMatch(
        new RegExp(`^${cable.here}9: no such interface\\. Try one of: ${cable.here}, .*\\(vpnscope -D\\)$`),
      )
    })

    it("refuses a filter with libpcap's own words", async () => {
      const cable = new Cable()
      expect(await refusal({ device: cable.here, engine, filter: 'esp frotz' })).toBe(
        'filter "esp frotz": can\'t parse filter expression: syntax error',
      )
      expect(
        await refusal({ device: cable.here, engine, filter: 'udp port 500 and udp port 99999' }),
      ).toMatch(/^filter "udp port 500 and udp port 99999": .*(illegal|invalid) port number 99999/)
    })

    it('refuses an interface that is down', async () => {
      const cable = new Cable()
      cable.ip('link', 'set', cable.here, 'down')
      expect(await refusal({ device: cable.here, engine })).toBe(
        `${cable.here}: the interface is down; switch it on first`,
      )
    })
  })

  const survivors: readonly EngineName[] = ['tcpdump', 'dumpcap']
  it.each(survivors)('%s goes on when the interface goes down and up again', async engine => {
    const cable = new Cable()
    const capturer = await capture({ device: cable.here, engine })
    const caught = new Catch(capturer)
    const first = await Sender.at(cable)
    await first.send(numbered(1))
    await caught.has(1)
    cable.ip('link', 'set', cable.here, 'down')
    await first.close()
    cable.ip('link', 'set', cable.here, 'up')
    const second = await Sender.at(cable)
    await second.send(numbered(2))
    await caught.has(2)
    expect(caught.frames.map(({ hex }) => hex)).toEqual(hexOf([numbered(1), numbered(2)]))
  })

  it('cap says that the interface went down', async () => {
    const cable = new Cable()
    const capturer = await capture({ device: cable.here, engine: 'cap' })
    const caught = new Catch(capturer)
    cable.ip('link', 'set', cable.here, 'down')
    expect(await capturer.ended).toBe(`${cable.here}: the interface went down`)
    expect(await caught.finished).toBeUndefined()
  })

  it('tcpdump counts when asked, and at the end', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const capturer = await capture({ device: cable.here, engine: 'tcpdump' })
    const caught = new Catch(capturer)
    await sender.send(numbered(1), numbered(2))
    await caught.has(2)
    capturer.ask()
    await expect.poll(() => capturer.counters).toEqual({ received: 2, dropped: 0 })
    await sender.send(numbered(3))
    await caught.has(3)
    capturer.stop()
    await capturer.ended
    expect(capturer.counters).toEqual({ received: 3, dropped: 0 })
  })

  it('dumpcap counts at the end, and survives the question', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const capturer = await capture({ device: cable.here, engine: 'dumpcap' })
    const caught = new Catch(capturer)
    capturer.ask()
    await sender.send(numbered(1), numbered(2))
    await caught.has(2)
    capturer.stop()
    await capturer.ended
    expect(capturer.counters).toEqual({ received: 2, dropped: 0 })
  })

  it('cap counts nothing, and survives the question', async () => {
    const cable = new Cable()
    const sender = await Sender.at(cable)
    const capturer = await capture({ device: cable.here, engine: 'cap' })
    const caught = new Catch(capturer)
    capturer.ask()
    await sender.send(numbered(1))
    await caught.has(1)
    capturer.stop()
    await capturer.ended
    expect(capturer.counters).toEqual({ received: undefined, dropped: undefined })
  })

  it('is cap unless asked otherwise, and tcpdump where nothing may be promiscuous', async () => {
    const cable = new Cable()
    expect(await capture({ device: cable.here })).toMatchObject({ engine: 'cap' })
    expect(await capture({ device: cable.here, promiscuous: false })).toMatchObject({ engine: 'tcpdump' })
    expect(await refusal({ device: cable.here, promiscuous: false, engine: 'cap' })).toContain(
      'the engine cap always makes the interface promiscuous',
    )
  })

  it.each(engineNames)('%s takes no command from a filter', async engine => {
    const cable = new Cable()
    const trap = `/tmp/vpnscope-trap-${cable.here}`
    for (const filter of [
      `$(touch ${trap})`,
      `'; touch ${trap}; '`,
      `\`touch ${trap}\``,
      '-w /dev/null',
      '--version',
    ])
      expect(await refusal({ device: cable.here, engine, filter })).toContain(
        `filter ${JSON.stringify(filter)}: `,
      )
    expect(existsSync(trap)).toBe(false)
  })

  it.each(['-i', '--version', 'a b', '/dev/stdin', 'TCP@localhost:1', ''])(
    'takes no device %j',
    async device => {
      expect(await refusal({ device })).toBe(`${JSON.stringify(device)} is no name of an interface`)
    },
  )
})

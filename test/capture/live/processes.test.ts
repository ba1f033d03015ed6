import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { engineNames } from '../../../src/capture/live/engine.ts'
import { Cable, describeNetwork } from '../../namespace.ts'
import { bundle, capturing } from './bundle.ts'
import { Catch, capture, processesWith, untilGone } from './capturing.ts'

const nobody = { uid: 65534, gid: 65534 }

describeNetwork('a capture', () => {
  it.each(engineNames)('by %s ends when vpnscope is killed', async engine => {
    const cable = new Cable()
    const vpnscope = spawn(process.execPath, [await bundle(capturing), cable.here, engine])
    const [said] = await once(vpnscope.stdout, 'data')
    expect(String(said)).toBe(`open with ${engine}\n`)
    expect(processesWith(cable.here).length).toBeGreaterThan(1)
    vpnscope.kill('SIGKILL')
    await untilGone(cable.here)
  })

  // Only what helps the engine that was asked for; Node.js itself is not to be given the right.
  const remedies = {
    cap: '',
    tcpdump: ', or: sudo setcap cap_net_raw\\+ep /.*/tcpdump',
    dumpcap: ', or: sudo (setcap .*|usermod .*)',
    undefined: ', or: sudo (setcap|usermod) .*',
  }

  it.each([...engineNames, undefined])('by %s needs the right to, and says how to get it', async engine => {
    const cable = new Cable()
    const program = await bundle(capturing)
    const words = [program, cable.here, ...(engine ? [engine] : [])]
    const { stdout, stderr } = spawnSync(process.execPath, words, { ...nobody, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toMatch(
      new RegExp(
        `^cannot capture on ${cable.here}: permission denied\\. Run with sudo${remedies[`${engine}`]}\\n$`,
      ),
    )
    const other = spawnSync(process.execPath, [program, `${cable.here}9`], { ...nobody, encoding: 'utf8' })
    expect(other.stdout).toMatch(
      new RegExp(`^${cable.here}9: no such interface\\. Try one of: ${cable.here}, `),
    )
  })

  it('falls back to what there is, and says what is missing', async () => {
    const cable = new Cable()
    const program = await bundle(`${capturing}; process.exit()`)
    const folder = dirname(program)
    // As npm leaves it where there is no compiler.
    mkdirSync(join(folder, 'node_modules/cap'), { recursive: true })
    writeFileSync(join(folder, 'node_modules/cap/index.js'), "require('../build/Release/cap.node')")
    const run = (...words: string[]) => {
      const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` }
      return spawnSync(process.execPath, [program, cable.here, ...words], { env, encoding: 'utf8' }).stdout
    }
    // What a shell says of a command that it does not find.
    const remove = (name: string) =>
      writeFileSync(join(folder, name), '#!/bin/sh\nexit 127\n', { mode: 0o755 })
    expect(run('cap')).toBe(`cannot capture on ${cable.here}: the package cap is not built for this system\n`)
    expect(run()).toBe('open with tcpdump\n')
    remove('tcpdump')
    expect(run('tcpdump')).toBe(`cannot capture on ${cable.here}: tcpdump is not installed\n`)
    expect(run()).toBe('open with dumpcap\n')
    remove('dumpcap')
    expect(run()).toBe(
      `cannot capture on ${cable.here}: neither tcpdump nor dumpcap is installed, nor is cap built\n`,
    )
  })

  it('is counted and stopped by a vpnscope that has given up its rights', async () => {
    const cable = new Cable()
    const program = await bundle(`
      import { startCapturer } from './src/capture/live/engine.ts'
      import { dropPrivileges } from './src/capture/live/privileges.ts'
      const request = { device: process.argv[2], filter: '', snapLength: 0, promiscuous: true }
      const capturers = []
      for (const engine of ['cap', 'tcpdump', 'dumpcap']) {
        const capturer = await startCapturer({ ...request, engine })
        capturer.stream.resume()
        capturers.push(capturer)
      }
      dropPrivileges()
      const again = await startCapturer(request).catch(error => error.message)
      for (const capturer of capturers) capturer.ask()
      while (capturers[1].counters.received === undefined) await new Promise(resolve => setTimeout(resolve, 10))
      for (const capturer of capturers) capturer.stop()
      const ended = await Promise.all(capturers.map(capturer => capturer.ended))
      console.log(JSON.stringify({ uid: process.getuid(), again, ended, dropped: capturers[1].counters.dropped }))
    `)
    const env = { ...process.env, SUDO_UID: '65534', SUDO_GID: '65534' }
    const { stdout, stderr } = spawnSync(process.execPath, [program, cable.here], { env, encoding: 'utf8' })
    expect(stderr).toBe('')
    const told = JSON.parse(stdout)
    expect(told).toMatchObject({ uid: 65534, ended: [null, null, null], dropped: 0 })
    expect(told.again).toBe(
      `cannot capture on ${cable.here}: root’s rights are given up; begin vpnscope anew`,
    )
  })

  const server = `
    const server = require('net').createServer(socket => socket.end(Buffer.alloc(1 << 20, 0x5a)))
    server.listen(7000, () => console.log('listening'))
  `
  it.each(engineNames)(
    'by %s has frames larger than the MTU, as the kernel joins and cuts them',
    async engine => {
      const cable = new Cable()
      const { there } = cable.address()
      const [program, ...words] = cable.inside(process.execPath, '-e', server)
      const peer = spawn(program, words)
      await once(peer.stdout, 'data')
      const capturer = await capture({ device: cable.here, engine, filter: 'tcp src port 7000' })
      const caught = new Catch(capturer)
      const { connect } = await import('node:net')
      const client = connect(7000, there).resume()
      await once(client, 'close')
      capturer.stop()
      expect(await caught.finished).toBeUndefined()
      peer.kill()
      const tcp = 14 + 20
      const parts = caught.frames.map(({ hex, wireLength }) => {
        expect(wireLength).toBe(hex.length / 2)
        // Ethernet, IPv4 without options, and TCP's data offset in words of 4 bytes.
        const length = wireLength - tcp - Number.parseInt(hex[(tcp + 12) * 2]!, 16) * 4
        return { from: Number.parseInt(hex.slice((tcp + 4) * 2, (tcp + 8) * 2), 16), length }
      })
      // TCP may send some of it again. Its SYN takes the number before the first byte.
      const first = parts[0]!.from + 1
      const data = parts
        .filter(({ length }) => length > 0)
        .map(({ from, length }) => ({ at: (from - first) >>> 0, length }))
      let end = 0
      for (const { at, length } of data.sort((a, b) => a.at - b.at)) {
        expect(at).toBeLessThanOrEqual(end)
        end = Math.max(end, at + length)
      }
      expect(end).toBe(1 << 20)
      expect(Math.max(...caught.frames.map(({ wireLength }) => wireLength))).toBeGreaterThan(1514)
    },
  )
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it, onTestFinished } from 'vitest'
import { engineNames } from '../../../src/capture/live/engine.ts'
import { openSource } from '../../../src/capture/source.ts'
import { emptyFrame } from '../../../src/frame.ts'
import { Cable, describeNetwork, Sender } from '../../namespace.ts'
import { bundle } from './bundle.ts'
import { numbered, processesWith, untilGone } from './capturing.ts'

/** Gives root up, captures all the same, passes on what comes, and says how it goes. */
const program = `
import { startCapturer } from './src/capture/live/engine.ts'
import { dropPrivileges } from './src/capture/live/privileges.ts'
import { Starter } from './src/capture/live/starter.ts'
const [device, engine] = process.argv.slice(2)
const request = { device, filter: '', snapLength: 0, promiscuous: true, engine }
const starter = Starter.for([request])
dropPrivileges()
const refused = await startCapturer({ ...request }, { start: starter.startOf({ ...request }) }).catch(error => error.message)
console.error(refused)
const capturer = await startCapturer(request, { start: starter.startOf(request) })
console.error('open as ' + process.getuid())
capturer.stream.pipe(process.stdout)
process.stdin.resume().on('end', () => capturer.stop())
console.error('ended: ' + await capturer.ended)
starter.end()
`

/** How the command line of what captures begins. */
const programs = { cap: /^\S+node \S+capture-worker/, tcpdump: /^tcpdump/, dumpcap: /^dumpcap/ } as const

async function begin(cable: Cable, engine: string) {
  const env = { ...process.env, SUDO_UID: '65534', SUDO_GID: '65534' }
  const child = spawn(process.execPath, [await bundle(program), cable.here, engine], { env })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  const until = (text: string) =>
    new Promise<void>(resolve => {
      const look = () => said.includes(text) && resolve()
      child.stderr.on('data', look)
      look()
    })
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  await until('open as 65534\n')
  // Whoever was not named while there were rights is refused.
  expect(said).toContain(`cannot capture on ${cable.here}: root’s rights are given up; begin vpnscope anew\n`)
  return { child, until }
}

async function framesOf(stdin: NodeJS.ReadableStream): Promise<number> {
  const source = await openSource('-', { stdin: stdin as never })
  const frame = emptyFrame()
  let count = 0
  do while (source.next(frame)) count++
  while (await source.more())
  expect(source.damage).toBeUndefined()
  return count
}

describeNetwork('a starter that stays root', () => {
  it.each(engineNames)('begins again what was captured by %s, and ends with it', async engine => {
    const cable = new Cable()
    const { child, until } = await begin(cable, engine)
    const exit = once(child, 'exit')
    const frames = framesOf(child.stdout)
    const sender = await Sender.at(cable)
    await sender.send(numbered(1), numbered(2), numbered(3))
    child.stdin.end()
    expect(await frames).toBe(3)
    await until('ended: undefined\n')
    expect(await exit).toEqual([0, null])
    await untilGone(cable.here)
  })

  it.each(engineNames)('tells that %s was killed', async engine => {
    const cable = new Cable()
    const { child, until } = await begin(cable, engine)
    child.stdout.resume()
    const captures = processesWith(cable.here).filter(({ words }) => words.join(' ').match(programs[engine]))
    process.kill(captures[0]!.pid, 'SIGKILL')
    const name = engine === 'cap' ? 'the engine cap' : engine
    await until(`ended: ${cable.here}: ${name} was killed (SIGKILL)\n`)
    child.stdin.end()
    await untilGone(cable.here)
  })

  it('is gone when the program is killed, and all that it began', async () => {
    const cable = new Cable()
    const { child } = await begin(cable, 'tcpdump')
    expect(processesWith(cable.here).length).toBeGreaterThan(3)
    child.kill('SIGKILL')
    await untilGone(cable.here)
  })
})

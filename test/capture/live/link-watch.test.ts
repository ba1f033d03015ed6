import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { LinkWatch } from '../../../src/capture/live/link-watch.ts'
import { Cable, describeNetwork } from '../../namespace.ts'

/** The two lines over /proc/net/dev. */
const heading = 'Inter-|   Receive\n face |bytes    packets\n'

/** What Linux says in files: IFF_UP is 1 (linux/if.h), and a carrier can be read of what is up. */
function system(...listed: readonly string[]) {
  const root = mkdtempSync(join(tmpdir(), 'vpnscope-link-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'proc/net'), { recursive: true })
  writeFileSync(join(root, 'proc/net/dev'), heading + listed.map(name => `${name}: 0 0\n`).join(''))
  const folder = join(root, 'sys/class/net/em0')
  mkdirSync(folder, { recursive: true })
  const say = (flags: string, carrier: string, losses: number) => {
    writeFileSync(join(folder, 'flags'), `${flags}\n`)
    writeFileSync(join(folder, 'carrier'), `${carrier}\n`)
    writeFileSync(join(folder, 'carrier_down_count'), `${losses}\n`)
  }
  say('0x1003', '1', 5)
  return { root, folder, say }
}

it('tells when an interface is switched off, or has no carrier, and that it is back', () => {
  const { root, say } = system('em0')
  const watch = new LinkWatch('em0', root)
  expect([watch.look(), watch.trouble, watch.downs]).toEqual([false, undefined, 0])
  say('0x1002', '', 6)
  expect([watch.look(), watch.trouble, watch.downs]).toEqual([true, 'is down', 1])
  expect(watch.look()).toBe(false)
  say('0x1003', '1', 6)
  expect([watch.look(), watch.trouble, watch.downs]).toEqual([true, undefined, 1])
  say('0x1003', '0', 7)
  expect([watch.look(), watch.trouble, watch.downs]).toEqual([true, 'has no carrier', 2])
})

it('notices what happened between two looks, and what the kernel does not count', () => {
  const { root, say } = system('em0')
  const watch = new LinkWatch('em0', root)
  say('0x1003', '1', 8)
  expect([watch.look(), watch.trouble, watch.downs]).toEqual([true, undefined, 3])
  const other = system('em0')
  const quiet = new LinkWatch('em0', other.root)
  other.say('0x1002', '', 5)
  expect([quiet.look(), quiet.downs]).toEqual([true, 1])
})

it('does not count that an interface was away from the start', () => {
  const { root, say } = system('em0')
  say('0x1003', '0', 6)
  const watch = new LinkWatch('em0', root)
  expect([watch.trouble, watch.downs]).toEqual(['has no carrier', 0])
  say('0x1003', '1', 6)
  expect([watch.look(), watch.trouble, watch.downs]).toEqual([true, undefined, 0])
  say('0x1002', '', 7)
  expect([watch.look(), watch.trouble, watch.downs]).toEqual([true, 'is down', 1])
})

it('takes no notice of members that come to a bridge', () => {
  const { root, folder, say } = system('em0')
  mkdirSync(join(folder, 'bridge'))
  const watch = new LinkWatch('em0', root)
  say('0x1003', '1', 6)
  expect([watch.look(), watch.downs]).toEqual([false, 0])
})

it.each([
  ['is no interface', 'em1', 'em0'],
  ['is in another network namespace than /sys', 'em0', 'em0', 'em7'],
])('says nothing of what %s', (_, device, ...listed) => {
  const { root, say } = system(...listed)
  say('0x1002', '', 6)
  const watch = new LinkWatch(device, root)
  expect([watch.look(), watch.trouble, watch.downs]).toEqual([false, undefined, 0])
})

describeNetwork('a real interface', () => {
  it('is down when it is switched off, and without a carrier when its other end is', () => {
    const cable = new Cable()
    const watch = new LinkWatch(cable.here)
    expect([watch.look(), watch.trouble]).toEqual([false, undefined])
    cable.ip('link', 'set', cable.here, 'down')
    expect([watch.look(), watch.trouble]).toEqual([true, 'is down'])
    cable.ip('link', 'set', cable.here, 'up')
    expect([watch.look(), watch.trouble, watch.downs]).toEqual([true, undefined, 1])
    cable.ipThere('link', 'set', cable.there, 'down')
    expect([watch.look(), watch.trouble, watch.downs]).toEqual([true, 'has no carrier', 2])
  })
})

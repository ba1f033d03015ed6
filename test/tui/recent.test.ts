import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { recentFiles, remember } from '../../src/tui/recent.ts'
import { temporaryDirectory } from '../capture/bytes.ts'

const files = temporaryDirectory()
const list = () => files.path('state/vpnscope/recent')
const capture = (name: string) => files.write(name, 'a capture')

beforeEach(() => {
  rmSync(files.path('state'), { recursive: true, force: true })
  vi.stubEnv('XDG_STATE_HOME', files.path('state'))
})
afterEach(() => vi.unstubAllEnvs())

it('has what was opened last first, each once', () => {
  expect(recentFiles()).toEqual([])
  const [a, b, c] = [capture('a.pcap'), capture('b b.pcap'), capture('ü\u001b[31m.pcap')]
  for (const path of [a, b, c, a]) remember(path)
  expect(recentFiles()).toEqual([a, c, b])
  expect(readFileSync(list(), 'utf8')).toBe(`${a}\n${c}\n${b}\n`)
  expect(readdirSync(dirname(list()))).toEqual(['recent'])
})

it('has paths that mean the same everywhere', () => {
  const a = capture('a.pcap')
  remember(relative(process.cwd(), a))
  expect(recentFiles()).toEqual([a])
})

it('has twelve at most', () => {
  const paths = Array.from({ length: 15 }, (_, i) => capture(`${i}.pcap`))
  for (const path of paths) remember(path)
  expect(recentFiles()).toEqual(paths.reverse().slice(0, 12))
})

it('leaves out what is not there now', () => {
  const [a, b] = [capture('a.pcap'), capture('b.pcap')]
  remember(a)
  remember(b)
  rmSync(b)
  expect(recentFiles()).toEqual([a])
  capture('b.pcap')
  expect(recentFiles()).toEqual([b, a])
})

it('never has what cannot be opened again', () => {
  for (const path of [
    '-',
    files.directory,
    '/dev/null',
    files.path('nothing'),
    capture('x.tmp'),
    capture('a\nb'),
  ])
    remember(path)
  expect(recentFiles()).toEqual([])
})

it('passes over what others wrote into the list', () => {
  const a = capture('a.pcap')
  mkdirSync(dirname(list()), { recursive: true })
  writeFileSync(list(), `\nrelative.pcap\n${a}\n${a}\n\0\n/\n${'x'.repeat(100_000)}`)
  expect(recentFiles()).toEqual([a])
})

it('is where XDG says, unless what it says is relative', () => {
  vi.stubEnv('XDG_STATE_HOME', 'state')
  vi.stubEnv('HOME', files.path('home'))
  const a = capture('a.pcap')
  remember(a)
  expect(readFileSync(files.path('home/.local/state/vpnscope/recent'), 'utf8')).toBe(`${a}\n`)
  vi.stubEnv('XDG_STATE_HOME', undefined)
  expect(recentFiles()).toEqual([a])
})

it('never fails', () => {
  const a = capture('a.pcap')
  files.write('state', 'a file where a folder should be')
  remember(a)
  expect(recentFiles()).toEqual([])
  rmSync(files.path('state'))
  mkdirSync(list(), { recursive: true })
  remember(a)
  expect(recentFiles()).toEqual([])
  expect(readdirSync(dirname(list()))).toEqual(['recent'])
})

it.skipIf(process.getuid?.() === 0)('never fails where nothing may be written', () => {
  mkdirSync(files.path('state'))
  chmodSync(files.path('state'), 0o500)
  remember(capture('a.pcap'))
  expect(recentFiles()).toEqual([])
  chmodSync(files.path('state'), 0o700)
})

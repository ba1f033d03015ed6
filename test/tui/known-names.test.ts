import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { keepFilter } from '../../src/tui/kept-filters.ts'
import { knownNames } from '../../src/tui/known-names.ts'

const captures = new URL('../../captures/', import.meta.url)
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vpnscope-names-'))
  mkdirSync(join(folder, 'lab'))
  for (const name of ['b.pcap', 'a.pcap', 'a.txt', '.hidden.pcap', 'bell\x07.pcap', 'lab/c.pcap'])
    writeFileSync(join(folder, name), '')
  vi.stubEnv('HOME', folder)
  vi.stubEnv('XDG_CONFIG_HOME', join(folder, '.config'))
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

it('of a path are what the folder holds, captures first, folders with a slash', () => {
  const all = ['a.pcap', 'b.pcap', 'lab/', 'a.txt'].map(name => join(folder, name))
  expect(knownNames('files', `${folder}/`, captures)).toEqual(all)
  expect(knownNames('files', `${folder}/a`, captures)).toEqual(all.filter(path => /\/a\./.test(path)))
  expect(knownNames('files', `${folder}/lab/`, captures)).toEqual([join(folder, 'lab/c.pcap')])
  expect(knownNames('files', '~/l', captures)).toEqual(['~/lab/'])
})

it('of a path are hidden files only after a dot, and none that a line cannot say', () => {
  expect(knownNames('files', `${folder}/.h`, captures)).toEqual([join(folder, '.hidden.pcap')])
  expect(knownNames('files', `${folder}/bell`, captures)).toEqual([])
  expect(knownNames('files', `${folder}/nowhere/x`, captures)).toEqual([])
})

it('of a tour are those that come with the program, in the order in which one learns', () => {
  expect(knownNames('tours', '', captures).slice(0, 3)).toEqual(['ip-in-ip', 'ipv6-outside', 'gre'])
})

it('of a filter are those that were kept, and what can be done with them', () => {
  keepFilter('home', 'esp')
  expect(knownNames('filters', '', captures)).toEqual(['home', 'list', 'save ', 'forget home'])
})

it('of an interface are those of the machine', () => {
  expect(knownNames('interfaces', '', captures)).toEqual(
    expect.arrayContaining(Object.keys(networkInterfaces())),
  )
})

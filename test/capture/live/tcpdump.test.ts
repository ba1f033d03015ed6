import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tcpdumpCommand, tcpdumpLine } from '../../../src/capture/live/tcpdump.ts'

const request = { device: 'em0', filter: '', snapLength: 0, promiscuous: true, besideOthers: false }

/** Usage texts as the programs print them: OpenBSD 7.7, tcpdump 4.99.3 and 4.5.1. */
const usages = {
  openbsd: 'Usage: tcpdump [-AadefILlNnOopqStvXx] [-B fildrop] [-c count] [-D direction]',
  new: '[-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -i interface ] [ --immediate-mode ] [ --time-stamp-precision precision ]',
  old: '[-aAbdDefhHIJKlLnNOpqRStuUvxX] [ -B size ] [ -c count ]',
}

type System = { readonly uname: string; readonly usage: string; readonly memory?: string }

/** A folder of programs that pretend to be another system's; its tcpdump writes its words down and fails. */
function otherSystem({ uname, usage, memory }: System): { readonly folder: string; words(): string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'vpnscope-tcpdump-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const program = (name: string, text: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  program('uname', `echo ${uname}`)
  if (memory !== undefined) program('grep', `echo "${memory}"`)
  program(
    'tcpdump',
    `if [ "$1" = -h ]; then echo "${usage}" >&2; exit 1; fi; for word; do printf '%s\\0' "$word"; done >${folder}/words; exit 1`,
  )
  return { folder, words: () => readFileSync(join(folder, 'words'), 'utf8').split('\0').slice(0, -1) }
}

function wordsOn(system: System, changes: Partial<typeof request> = {}, connection?: string): string[] {
  const { folder, words } = otherSystem(system)
  const [shell, ...rest] = tcpdumpCommand({ ...request, ...changes }, connection !== undefined)
  const env = { PATH: `${folder}:${process.env['PATH']}`, ...(connection && { SSH_CONNECTION: connection }) }
  expect(spawnSync(shell, rest, { env, input: '' }).status).toBe(1)
  return words()
}

const linux = { uname: 'Linux', usage: usages.new }

/** In KiB: 256 MiB, or a part of a smaller memory. */
const buffer = `${Math.min(262144, Math.floor(totalmem() / 32 / 1024))}`

describe('the words for tcpdump', () => {
  const all = ['-n', '-s', '0', '-i', 'em0', '-w', '-']
  it.each([
    ['a new Linux', linux, ['-U', '--immediate-mode', '-B', buffer, '--time-stamp-precision=nano', ...all]],
    ['an old Linux', { uname: 'Linux', usage: usages.old }, ['-U', '-B', buffer, ...all]],
    ['FreeBSD', { uname: 'FreeBSD', usage: usages.new }, ['-U', '--immediate-mode', ...all]],
    ['OpenBSD', { uname: 'OpenBSD', usage: usages.openbsd }, ['-n', '-s', '65535', '-i', 'em0', '-w', '-']],
  ])('fit %s', (_, system, words) => {
    expect(wordsOn(system)).toEqual(words)
  })

  it('hold what was asked for', () => {
    const words = wordsOn(
      { uname: 'OpenBSD', usage: usages.openbsd },
      { snapLength: 96, promiscuous: false, filter: 'esp' },
    )
    expect(words).toEqual(['-p', '-n', '-s', '96', '-i', 'em0', '-w', '-', '--', 'esp'])
  })

  it.each([
    'a b  c',
    "it's",
    '"; exit 7 #',
    '$(exit 7)',
    '`exit 7`',
    '!!',
    '*',
    '\\0101\\n',
    '-w /etc/x',
    '%s',
    'é €\n',
  ])('leave the filter %j as it is', filter => {
    expect(wordsOn(linux, { filter }).at(-1)).toBe(filter.trimEnd())
  })

  it.each([
    ['a small system', 'MemTotal:         524288 kB', '16384'],
    ['a large one', 'MemTotal:       65536000 kB', '262144'],
    ['one that does not tell', '', '32768'],
  ])('ask for a buffer that fits %s behind ssh', (_, memory, size) => {
    const words = wordsOn({ ...linux, memory }, {}, '192.0.2.7 51234 192.0.2.1 22')
    expect(words[words.indexOf('-B') + 1]).toBe(size)
  })

  it('leave out the connection that carries the capture', () => {
    const own = 'not (tcp and host 192.0.2.7 and host 192.0.2.1 and port 51234 and port 22)'
    const connection = '192.0.2.7 51234 192.0.2.1 22'
    expect(wordsOn(linux, {}, connection).at(-1)).toBe(own)
    expect(wordsOn(linux, { filter: 'vlan 7 or esp' }, connection).at(-1)).toBe(`${own} and (vlan 7 or esp)`)
    // Two captures of one host would report each other's connections, in turn, without end.
    expect(wordsOn(linux, { besideOthers: true }, connection).at(-1)).toBe(
      'not (tcp and host 192.0.2.7 and port 22)',
    )
    expect(wordsOn(linux, {}, 'fe80::7%em0 51234 fe80::1%em0 22').at(-1)).toBe(
      'not (tcp and host fe80::7 and host fe80::1 and port 51234 and port 22)',
    )
  })
})

describe('the line for another system', () => {
  // What an administrator may have for a login shell; where one is not installed, its name shows as left out.
  const shells = ['sh', 'bash', 'dash', 'mksh', 'ksh93', 'zsh', 'tcsh', 'fish']
  const isThere = (shell: string) => !spawnSync(shell, ['-c', 'exit 0']).error
  it.each(shells.filter(isThere))('is understood by %s', shell => {
    const { folder, words } = otherSystem(linux)
    const filter = 'ip[0] != 7 and \'a\' or "b" $(exit 7) `exit 7` \\ !x !! %1 ~ *'
    const env = { PATH: `${folder}:${process.env['PATH']}`, HOME: folder }
    const { status } = spawnSync(shell, ['-c', tcpdumpLine({ ...request, filter })], { env, input: '' })
    expect(status).toBe(1)
    expect(words().at(-1)).toBe(filter)
  })
  it.skip.each(shells.filter(shell => !isThere(shell)))(
    'is understood by %s (left out: not installed)',
    () => undefined,
  )
})

#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { isatty } from 'node:tty'
import { escapeControls } from './byte-writer.ts'
import { CaptureError } from './capture/errors.ts'
import type { FrameSource } from './capture/frame-source.ts'
import { dropPrivileges } from './capture/live/privileges.ts'
import { openSource } from './capture/source.ts'
import { SiftedSource } from './filter/sifted-source.ts'
import { UsageError } from './flags.ts'
import { type Options, readOptions } from './options.ts'
import { Closed, printText } from './print/output.ts'
import { printCount, printPackets } from './print/print.ts'
import type { StoryOptions } from './print/story.ts'
import { readOwnKeys } from './tui/own-keys.ts'

/** Exit codes: the input was read; it broke off or is damaged further on; nothing could start. */
const done = 0
const damaged = 1
const failed = 2

/** Captures to learn from: one folder above this file, in the sources and in the package alike. */
const captures = new URL('../captures/', import.meta.url)

/** Names of files are somebody's text too. */
const complain = (text: string) =>
  process.stderr.write(`${text.split('\n').map(escapeControls).join('\n')}\n`)

async function main(args: readonly string[]): Promise<number> {
  readOwnKeys()
  if (args[0] === 'explain')
    return outcome(await (await import('./explaining.ts')).explainWords(args.slice(1)))
  if (args[0] === 'help') return main(['--help'])
  if (args[0] === 'learn')
    return outcome(await (await import('./learning.ts')).learn(args.slice(1), captures))
  const options = readOptions(args)
  if (options.write === '-' && isatty(1))
    throw new UsageError('-w -: standard output is a terminal; give the name of a file, or pipe it on')
  if (options.help) printText(await (await import('./help.ts')).mainHelp())
  else if (options.version) printText(`vpnscope ${version()}`)
  else if (options.list === 'keys') printText((await import('./tui/key-list.ts')).keyList())
  else if (options.list) printText((await import('./capturing.ts')).listed(options.list))
  else if (options.write !== undefined && options.read !== undefined)
    return convert(options.read, options.write, options)
  else if (wantsScreen(options)) return show(options)
  else if (options.devices.length > 0) return capture(options)
  else return print(options)
  return done
}

/** On a terminal a capture opens in full screen, unless lines were asked for. */
function wantsScreen({ printing, read, hex, write }: Options): boolean {
  if (printing || write === '-' || !process.stdout.isTTY) return false
  if (process.env['TERM'] !== 'dumb') return true
  if (read !== undefined || hex !== undefined)
    complain('a terminal of type dumb has no screen: printing text')
  return false
}

async function show(options: Options): Promise<number> {
  const showing = await import('./showing.ts')
  return outcome(await showing.show(options, captures))
}

/** Writes what one capture holds into another file. */
async function convert(read: string, write: string, options: Options): Promise<number> {
  const { recordFile } = await import('./capturing.ts')
  return outcome(await recordFile(read, write, options))
}

/** Prints packets of interfaces as they come, or writes them. */
async function capture(options: Options): Promise<number> {
  const { printLive } = await import('./capturing.ts')
  return outcome(await printLive(options, complain))
}

/** The exit code, and a sentence about what went wrong on the way. */
function outcome(fault: string | undefined): number {
  if (fault === undefined) return done
  complain(fault)
  return damaged
}

/** Reads the version from package.json, one folder above this file in the sources and in the package alike. */
const version = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

async function print(options: Options): Promise<number> {
  const source = new SiftedSource(await sourceOf(options), options.wanted, options.rules, options.columns)
  try {
    if (options.countOnly) await printCount(source, options)
    else if (options.story) await tell(source, { ...options, story: options.story })
    else await printPackets(source, options)
  } finally {
    source.close()
  }
  return outcome(source.damage)
}

/** Prints what the packets tell together; whoever has waited long enough sees what is known by then. */
async function tell(source: SiftedSource, options: StoryOptions): Promise<void> {
  const { printStory } = await import('./print/story.ts')
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort())
  await printStory(source, options, interrupted.signal)
}

/** Opens what is to be read; then root's rights end. */
async function sourceOf(options: Options): Promise<FrameSource> {
  // What is loaded later might lie where only root may look.
  if (options.story) await import('./print/story.ts')
  const source = await openedSource(options)
  dropPrivileges()
  return source
}

async function openedSource(options: Options): Promise<FrameSource> {
  if (options.hex !== undefined) {
    const { openHexDump } = await import('./capture/hex-source.ts')
    return openHexDump(options.hex, options.linkType)
  }
  if (options.read === undefined)
    throw new UsageError('no capture given; try: vpnscope -r FILE, or vpnscope --help')
  return openSource(options.read)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof Closed) process.exitCode = done
  else if (error instanceof UsageError || error instanceof CaptureError) {
    complain(error.message)
    process.exitCode = failed
  } else throw error
}

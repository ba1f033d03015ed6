import { fstatSync, statSync } from 'node:fs'
import { dropPrivileges } from './capture/live/privileges.ts'
import { lossOf, openLive } from './capturing.ts'
import { UsageError } from './flags.ts'
import type { Options } from './options.ts'
import type { Tour } from './print/tour.ts'
import { Capture } from './store/capture.ts'
import { Pipe } from './store/live-source.ts'
import { TerminalError } from './tui/terminal.ts'
import { openTui, type Shown } from './tui/tui.tsx'

/**
 * Shows a capture, or what there is to open, in full screen until the user quits.
 *
 * @param captures the folder of captures to learn from
 * @param tour a tour through the capture
 * @returns what is wrong with the end of the capture; undefined: nothing
 * @throws {UsageError} where there is no terminal to work on
 * @throws {CaptureError} where the capture cannot be opened
 */
export async function show(options: Options, captures: URL, tour?: Tour): Promise<string | undefined> {
  const shown = await open(options)
  // The file of -w belongs to the capture that was asked for beside it.
  const listen = (device: string) => openLive({ ...options, devices: [device], write: undefined }, false)
  await openTui(shown, { ...options, captures, tour, listen }).catch(error => {
    throw error instanceof TerminalError ? new UsageError(error.message) : error
  })
  const loss = shown?.live && (await lossOf(shown.live))
  return shown?.capture.damage ?? loss
}

/** What the screen shows first; undefined: its start page. */
async function open(options: Options): Promise<Shown | undefined> {
  if (options.devices.length > 0) return openLive(options, true)
  const { hex, read, piped, linkType, ring } = options
  const path = hex ?? read
  if (path === undefined) return undefined
  const capture = await Capture.begin(path, { hex: hex !== undefined, linkType, ring })
  dropPrivileges()
  return piped && !isFile(path) ? { capture, live: new Pipe(capture) } : { capture }
}

/** Whether all of it is there already, on standard input as well. */
const isFile = (path: string): boolean => (path === '-' ? fstatSync(0) : statSync(path)).isFile()

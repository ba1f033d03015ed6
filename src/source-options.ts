import { type Given, UsageError } from './flags.ts'

/** Where packets come from. */
export type PacketSource = {
  /** Where to capture, as it was typed: names, numbers of `-D`, `ssh://` addresses; empty: nowhere. */
  readonly devices: readonly string[]
  /** The capture to read, `-` for standard input. */
  readonly read: string | undefined
  /** It was named by `-i`: packets that somebody captures at this moment. */
  readonly piped: boolean
}

/** Without an interface the first word names a capture; with one, the words are its filter. */
export function sourceOf(given: Given): PacketSource {
  const devices = [...new Set(given.texts('i'))]
  const read = given.text('r')
  const pipe = devices.find(isPipe)
  if (pipe !== undefined && devices.length > 1)
    throw new UsageError(`-i ${pipe}: a pipe comes alone, without other interfaces`)
  if (pipe !== undefined) return { read: read ?? pipe, piped: true, devices: [] }
  const first = read ?? (devices.length > 0 ? undefined : given.words[0])
  if (first === '') throw new UsageError('the name of the capture is empty')
  return { read: first, piped: false, devices }
}

/** Standard input, or the path of a FIFO: no interface has a slash in its name. */
export const isPipe = (device: string): boolean =>
  device === '-' || (device.includes('/') && !device.startsWith('ssh:'))

/** The words behind the capture that is read. */
export function filterWords(given: Given): readonly string[] {
  const isPiped = given.texts('i').some(isPipe)
  if ((given.has('i') && !isPiped) || given.has('D')) return []
  const words = given.has('r') || given.has('hex') || isPiped ? given.words : given.words.slice(1)
  // An empty filter lets everything through, as in tcpdump: scripts write "$FILTER".
  return words.filter(word => word.trim() !== '')
}

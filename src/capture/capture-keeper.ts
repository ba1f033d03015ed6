import { setPriority } from 'node:os'
import { Outlet } from './live/outlet.ts'
import { dropPrivileges } from './live/privileges.ts'

/**
 * A process that passes stdin on to stdout and keeps what is not taken yet. Between a capturer and a reader that draws
 * screens: a pipe holds a few hundred packets, at a hundred thousand a second those of three milliseconds, and a
 * capturer that cannot write loses packets.
 */

/** Bytes kept; then the capturer has to wait. */
const mostWaiting = 64 << 20

try {
  setPriority(-15)
} catch {
  // Only root may go before others.
}
dropPrivileges()
const outlet = new Outlet(mostWaiting)
process.stdin.on('data', bytes => outlet.write(bytes))
process.stdin.on('end', () => {
  outlet.drain()
  process.exit(0)
})

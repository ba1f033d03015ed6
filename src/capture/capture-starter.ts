import type { Socket } from 'node:net'
import { type CaptureRequest, planOf } from './live/engine.ts'
import type { Order, Report } from './live/starter.ts'
import { exitOf, run } from './live/starting.ts'

/**
 * A process that begins captures for a vpnscope that has given root's rights up. It is told which at its start, by one
 * who still has them, and later only when.
 */

const requests: readonly CaptureRequest[] = JSON.parse(process.argv[2] ?? '[]')
const waiting = new Map<number, Socket[]>()

process.on('message', ({ id, request, engine, part }: Order, socket: Socket) => {
  const sockets = waiting.get(id) ?? []
  waiting.set(id, sockets)
  sockets[part] = socket
  const [stdin, stream, stderr] = sockets
  const wanted = requests[request]
  if (!stdin || !stream || !stderr || !wanted) return
  waiting.delete(id)
  const { child } = run(planOf(engine, wanted), [stdin, stream, stderr])
  // They are the child's alone: its end is seen where they lead.
  for (const own of sockets) own.destroy()
  exitOf(child).then(exit => process.send?.({ id, exit } satisfies Report))
})
process.on('disconnect', () => process.exit())

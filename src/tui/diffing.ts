import { CaptureError } from '../capture/errors.ts'
import { treeNodes } from '../print/tree-nodes.ts'
import type { Controller } from './controller.ts'
import type { Detail, State } from './state.ts'

/** The two packets that are to be compared: those that are marked, or the selected and the marked one; else a sentence about it. */
export function packetsToDiff({ marked, packet }: State): readonly [number, number] | string {
  const numbers = [...marked]
  if (numbers.length > 2) return `${numbers.length} packets are marked; two can be compared`
  if (numbers.length === 1 && numbers[0] !== packet) numbers.push(packet)
  const [left, right] = numbers.sort((a, b) => a - b)
  return left === undefined || right === undefined
    ? 'mark two packets first: Space marks one, and the selected one is the other'
    : [left, right]
}

/** Shows two packets side by side: those that were named, else those that are marked. */
export function showDiff(controller: Controller, named?: readonly [number, number]): void {
  const { state, capture } = controller
  if (capture === undefined) return
  const packets = named ?? packetsToDiff(state)
  if (typeof packets === 'string') {
    controller.say(packets)
    return
  }
  const { first = 1, count = 0 } = state.capture ?? {}
  const missing = packets.find(packet => packet < first || packet > count)
  if (missing !== undefined) {
    controller.say(`there is no packet ${missing}`, 'warning')
    return
  }
  try {
    const [left, right] = packets.map((number): Detail => {
      const found = capture.dissect(number)
      return { number, found, nodes: treeNodes(found) }
    })
    controller.dispatch({ type: 'compared', left: left!, right: right!, of: 'packets' })
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    controller.say(error.message, 'error')
  }
}

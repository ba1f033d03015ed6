import { CaptureError } from '../capture/errors.ts'
import type { Rule } from '../dissect/rules.ts'
import type { Capture } from '../store/capture.ts'
import type { Controller } from './controller.ts'
import { forgetFlows } from './flow-numbering.ts'
import { PacketLines } from './packet-lines.ts'

/** Decodes what is open by a further rule from now on; undefined: by none. */
export async function redecode(controller: Controller, rule: Rule | undefined): Promise<void> {
  const { capture } = controller
  const rules = rule ? controller.rules.with(rule) : controller.rules.cleared()
  controller.rules = rules
  controller.say(rule ? `decoding ${rules}; :decode clear ends it` : 'decoding as the numbers say')
  if (capture === undefined) return
  const isCurrent = () => controller.capture === capture && controller.rules === rules
  try {
    const decoding = capture.decodeBy(rules, (done, total) => {
      if (isCurrent()) controller.dispatch({ type: 'busy', busy: { what: 'decoding', done, total } })
    })
    showAnew(controller, capture)
    await decoding
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    if (isCurrent()) controller.say(error.message, 'error')
  }
  if (!isCurrent()) return
  controller.dispatch({ type: 'busy', busy: undefined })
  // What goes with fragments and segments is known only now.
  showAnew(controller, capture)
}

function showAnew(controller: Controller, capture: Capture): void {
  forgetFlows(capture)
  controller.lines = new PacketLines(capture)
  controller.dispatch({ type: 'redecoded' })
}

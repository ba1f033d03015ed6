import { CaptureError } from '../capture/errors.ts'
import type { Controller } from './controller.ts'

/** A file that others write to is waited for at its end while the newest packet is followed. */
export function followFile(controller: Controller): void {
  const { capture, live, state } = controller
  if (capture === undefined || live || capture.following === state.follow) return
  try {
    const isFile = capture.follow(state.follow)
    if (!isFile && state.follow && capture.complete) controller.say('the pipe has ended: nothing more comes')
    if (!isFile) return
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    controller.say(error.message, 'warning')
  }
  if (capture.following) controller.readOn()
}

/** It is waited for no longer, wherever the cursor is. */
export function unfollowFile(controller: Controller): void {
  if (controller.state.follow) controller.dispatch({ type: 'follow' })
  else controller.capture?.follow(false)
  controller.say('no longer followed; F follows again')
}

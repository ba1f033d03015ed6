import { CaptureError } from '../capture/errors.ts'
import { dropPrivileges } from '../capture/live/privileges.ts'
import { type Tour, TourError } from '../print/tour.ts'
import { Capture } from '../store/capture.ts'
import type { LiveSource } from '../store/live-source.ts'
import { atHome } from './at-home.ts'
import type { Controller, Outside } from './controller.ts'
import { remember } from './recent.ts'
import type { StartEntry } from './start-entries.ts'

type Opened = {
  readonly capture: Capture
  readonly live?: LiveSource | undefined
  readonly tour?: Tour | undefined
}

/** How each kind of thing is opened, by its path or name. */
const openers: Readonly<
  Record<
    StartEntry['kind'],
    (path: string, outside: Outside, signal: AbortSignal) => Opened | Promise<Opened>
  >
> = {
  file: async (path, _, signal) => ({ capture: await Capture.begin(atHome(path), { signal }) }),
  interface: (device, outside) => outside.listen(device),
  tour: async (name, outside) => {
    const { tour, capture } = outside.tour(name)
    return { capture: await Capture.begin(capture), tour }
  },
}

/** Milliseconds after which somebody wants to know what is being waited for. */
const soon = 500

/** Opens a file, an interface or the capture of a tour in the place of what is shown; where that cannot be, says why. */
export async function open(
  controller: Controller,
  { kind, path }: Pick<StartEntry, 'kind' | 'path'>,
): Promise<void> {
  controller.opening?.abort()
  const own = new AbortController()
  controller.opening = own
  const waiting = `${path}: waiting for it; Ctrl-C gives up`
  const timer = setTimeout(() => controller.say(waiting), soon)
  try {
    const { capture, live, tour } = await openers[kind](path, controller.outside, own.signal)
    if (own.signal.aborted) {
      capture.close()
      return
    }
    // On the page that offers captures root still was root: it might have been an interface.
    dropPrivileges()
    if (kind === 'file') remember(capture.path)
    controller.show(capture, live)
    if (tour) controller.dispatch({ type: 'tour', tour })
  } catch (error) {
    if (!(error instanceof CaptureError) && !(error instanceof TourError)) throw error
    if (!own.signal.aborted) controller.say(error.message, 'error')
  } finally {
    clearTimeout(timer)
    if (controller.state.message?.text === waiting) controller.dispatch({ type: 'said', message: undefined })
    if (controller.opening === own) controller.opening = undefined
  }
}

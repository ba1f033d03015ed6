import { CaptureError } from '../capture/errors.ts'
import type { Live } from '../capture/live/live.ts'
import { dropPrivileges } from '../capture/live/privileges.ts'
import { type Tour, TourError } from '../print/tour.ts'
import { Capture } from '../store/capture.ts'
import { atHome } from './at-home.ts'
import type { Controller, Outside } from './controller.ts'
import { remember } from './recent.ts'
import type { StartEntry } from './start-entries.ts'

type Opened = {
  readonly capture: Capture
  readonly live?: Live | undefined
  readonly tour?: Tour | undefined
}

/** How each kind of thing is opened, by its path or name. */
const openers: Readonly<
  Record<StartEntry['kind'], (path: string, outside: Outside) => Opened | Promise<Opened>>
> = {
  file: async path => ({ capture: await Capture.begin(atHome(path)) }),
  interface: (device, outside) => outside.listen(device),
  tour: async (name, outside) => {
    const { tour, capture } = outside.tour(name)
    return { capture: await Capture.begin(capture), tour }
  },
}

/** Opens a file, an interface or the capture of a tour in the place of what is shown; where that cannot be, says why. */
export async function open(
  controller: Controller,
  { kind, path }: Pick<StartEntry, 'kind' | 'path'>,
): Promise<void> {
  try {
    const { capture, live, tour } = await openers[kind](path, controller.outside)
    // On the page that offers captures root still was root: it might have been an interface.
    dropPrivileges()
    if (kind === 'file') remember(capture.path)
    controller.show(capture, live)
    if (tour) controller.dispatch({ type: 'tour', tour })
  } catch (error) {
    if (!(error instanceof CaptureError) && !(error instanceof TourError)) throw error
    controller.say(error.message, 'error')
  }
}

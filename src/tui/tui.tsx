import { type Instance, render } from 'ink'
import type { Rules } from '../dissect/rules.ts'
import type { Tour } from '../print/tour.ts'
import { tourNamed } from '../print/tours.ts'
import type { Capture } from '../store/capture.ts'
import type { LiveSource } from '../store/live-source.ts'
import { App } from './app.tsx'
import { keyProblems } from './bindings.ts'
import { Controller } from './controller.ts'
import { recentFilters } from './kept-filters.ts'
import { readKeys } from './keys.ts'
import { knownNames } from './known-names.ts'
import { remember } from './recent.ts'
import { Screen } from './screen.ts'
import { startEntries } from './start-entries.ts'
import { Terminal } from './terminal.ts'
import { backgroundQuestion, chooseTheme, detectTheme, isBackgroundUnknown, type Theme } from './theme.ts'
import type { View } from './view.ts'

export type TuiOptions = {
  readonly mouse: boolean
  readonly ascii: boolean
  /** `dark`, `light` or `mono`; undefined: as the terminal says. */
  readonly theme: string | undefined
  /** The folder of captures to learn from. */
  readonly captures: URL
  /** What is decoded otherwise than the numbers say. */
  readonly rules: Rules
  /** What is listed at first; undefined: all packets. */
  readonly wanted: { readonly text: string } | undefined
  /** A tour through the capture that is shown. */
  readonly tour?: Tour | undefined
  /** Captures on an interface; a CaptureError says why it cannot. */
  listen(device: string): Promise<Shown>
}

/** What is on the screen: a capture, and where its packets come from while they do. */
export type Shown = { readonly capture: Capture; readonly live?: LiveSource | undefined }

/**
 * Shows a capture, or the start page, in full screen until the user quits.
 * @throws {TerminalError} where there is no terminal to work on
 */
export async function openTui(shown: Shown | undefined, options: TuiOptions): Promise<void> {
  const terminal = Terminal.open({ mouse: options.mouse })
  const screen = new Screen(terminal)
  let ink: Instance | undefined
  await new Promise<void>((done, failed) => {
    const controller: Controller = new Controller(
      {
        draw(view: View) {
          const node = <App {...view} />
          if (ink) ink.rerender(node)
          else {
            ink = render(node, {
              stdout: screen.stdout,
              stdin: terminal.input,
              debug: true,
              patchConsole: false,
              exitOnCtrlC: false,
            })
            // Ink keeps what a pane throws to itself; it is a bug, and must not pass for a quiet end.
            ink.waitUntilExit().then(() => done(), failed)
          }
        },
        redraw: () => screen.redraw(),
        suspend: () => terminal.suspend(),
        quit: done,
        send: sequence => terminal.write(sequence),
        entries: () => startEntries(options.captures),
        listen: device => options.listen(device),
        theme: name => themeOf(options, name),
        tour: name => tourNamed(name, options.captures),
        names: (known, begun) => knownNames(known, begun, options.captures),
      },
      { columns: terminal.columns, rows: terminal.rows },
      options.rules,
    )
    terminal.on('resize', () =>
      controller.dispatch({ type: 'resized', size: { columns: terminal.columns, rows: terminal.rows } }),
    )
    controller.dispatch({ type: 'remembered', filters: recentFilters() })
    terminal.enter()
    readKeys(terminal.input, controller.input)
    if (
      options.theme === undefined &&
      isBackgroundUnknown(process.env, detectTheme(process.env, process.stdout))
    )
      terminal.write(backgroundQuestion)
    if (shown) {
      controller.show(shown.capture, shown.live)
      remember(shown.capture.path)
      if (options.wanted) controller.dispatch({ type: 'filter', text: options.wanted.text })
      if (options.tour) controller.dispatch({ type: 'tour', tour: options.tour })
    } else controller.showStart()
    const [problem] = keyProblems
    if (problem !== undefined) controller.say(`the file of keys: ${problem}`, 'warning')
  }).finally(() => {
    ink?.unmount()
    terminal.close()
  })
}

function themeOf(options: TuiOptions, name = options.theme): Theme {
  const detected = detectTheme(process.env, process.stdout)
  return chooseTheme({
    ...detected,
    ascii: detected.ascii || options.ascii,
    mono: detected.mono || name === 'mono',
    background: name === 'dark' || name === 'light' ? name : detected.background,
  })
}

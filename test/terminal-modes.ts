import type xterm from '@xterm/headless'

/** What the program has asked of the terminal. A terminal that nobody uses has `ordinaryModes`. */
export type Modes = {
  readonly alternate: boolean
  readonly cursor: boolean
  readonly wraps: boolean
  readonly mouse: boolean
  readonly paste: boolean
  /** Within a synchronized update, in which a terminal shows nothing. */
  readonly frozen: boolean
}

export const ordinaryModes: Modes = {
  alternate: false,
  cursor: true,
  wraps: true,
  mouse: false,
  paste: false,
  frozen: false,
}

/** The private modes that are set (true) and reset, kept up to date: the emulator itself tells only some of them. */
export function watchModes(screen: xterm.Terminal): ReadonlyMap<number, boolean> {
  const modes = new Map<number, boolean>()
  for (const [final, on] of [
    ['h', true],
    ['l', false],
  ] as const) {
    screen.parser.registerCsiHandler({ prefix: '?', final }, numbers => {
      for (const number of numbers) modes.set(Number(number), on)
      return false
    })
  }
  return modes
}

/** The numbers are those of xterm's ctlseqs, "DEC Private Mode Set". */
export function modesOf(modes: ReadonlyMap<number, boolean>, alternate: boolean): Modes {
  return {
    alternate,
    cursor: modes.get(25) ?? true,
    wraps: modes.get(7) ?? true,
    mouse: [9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016].some(mode => modes.get(mode)),
    paste: modes.get(2004) ?? false,
    frozen: modes.get(2026) ?? false,
  }
}

/** What the mouse did, as SGR reports (mode 1006) tell it. */
export type MouseEvent = {
  readonly type: 'mouse'
  readonly action: 'press' | 'drag' | 'release' | 'wheel-up' | 'wheel-down'
  /** 'none' for the wheel. */
  readonly button: 'left' | 'middle' | 'right' | 'none'
  /** From 0, the left edge of the screen. */
  readonly column: number
  /** From 0, the top of the screen. */
  readonly row: number
  readonly ctrl: boolean
  readonly shift: boolean
  readonly alt: boolean
}

// Bits of the first number, xterm's ctlseqs, "Mouse Tracking": what they say besides the button.
const shift = 4
const alt = 8
const ctrl = 16
const motion = 32
const wheel = 64
const extra = 128

const buttons = ['left', 'middle', 'right'] as const
const turns = ['wheel-up', 'wheel-down'] as const

/**
 * Reads what stands between `CSI <` and the final byte of a mouse report: `button;column;row`, counted from 1.
 * @returns undefined for a report that is malformed, and for what we have no use for: buttons beyond the third, the
 * wheel's left and right, and moves with no button held
 */
export function readMouse(parameters: string, released: boolean): MouseEvent | undefined {
  const numbers = /^(\d{1,4});(\d{1,5});(\d{1,5})$/.exec(parameters)
  if (!numbers) return undefined
  const code = Number(numbers[1])
  const column = Number(numbers[2]) - 1
  const row = Number(numbers[3]) - 1
  const did = actionOf(code, released)
  if (!did || column < 0 || row < 0) return undefined
  const modifiers = { ctrl: (code & ctrl) !== 0, shift: (code & shift) !== 0, alt: (code & alt) !== 0 }
  return { type: 'mouse', ...did, column, row, ...modifiers }
}

function actionOf(code: number, released: boolean): Pick<MouseEvent, 'action' | 'button'> | undefined {
  if (code >= extra) return undefined
  if (code & wheel) {
    const action = turns[code & 3]
    return action && !released ? { action, button: 'none' } : undefined
  }
  const button = buttons[code & 3]
  if (!button) return undefined
  if (released) return { action: 'release', button }
  return { action: code & motion ? 'drag' : 'press', button }
}

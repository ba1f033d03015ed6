import type { IBufferCell } from '@xterm/headless'

/** What stands in one place of the screen. */
export type Cell = {
  readonly char: string
  /** Columns: 0 in the right half of a wide character. */
  readonly width: number
  /** 'default', the number of a palette colour, or '#rrggbb'. */
  readonly fg: string | number
  readonly bg: string | number
  readonly bold: boolean
  readonly dim: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly inverse: boolean
}

export const cellOf = (cell: IBufferCell): Cell => ({
  char: cell.getChars() || (cell.getWidth() === 0 ? '' : ' '),
  width: cell.getWidth(),
  fg: colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
  bg: colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
  bold: cell.isBold() !== 0,
  dim: cell.isDim() !== 0,
  italic: cell.isItalic() !== 0,
  underline: cell.isUnderline() !== 0,
  inverse: cell.isInverse() !== 0,
})

function colour(isDefault: boolean, isRgb: boolean, value: number): string | number {
  if (isDefault) return 'default'
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value
}

import { EventEmitter } from 'node:events'
import { render } from 'ink'
import { createElement, type ReactElement, type ReactNode } from 'react'
import stringWidth from 'string-width'
import { App } from '../../src/tui/app.tsx'
import type { Rect } from '../../src/tui/layout.ts'
import { Block } from '../../src/tui/panes/pane.tsx'
import { chooseTheme } from '../../src/tui/theme.ts'
import type { View } from '../../src/tui/view.ts'
import type { At } from './at.ts'

/** No colours, but inverse and bold. */
const mono = chooseTheme({ level: 0, background: 'dark', ascii: false, mono: true })

export const viewOf = ({ state, lines }: At, theme = mono): View => ({ state, lines, theme })

const plain = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '')

/** A part of the screen: where it is, and its lines without styles. */
export type Part = { readonly rect: Rect; readonly lines: readonly string[] }

type Component = (props: unknown) => ReactNode

/** The parts of a screen, without Ink: components of ours have no state, so they can be called. */
export function partsOf(view: View): Part[] {
  const expand = (node: ReactNode): Part[] => {
    if (Array.isArray(node)) return node.flatMap(expand)
    if (node === null || typeof node !== 'object') return []
    const { type, props } = node as ReactElement<Record<string, unknown>>
    if (type === Block) return [partOf(props as Parameters<typeof Block>[0])]
    if (typeof type === 'function') return expand((type as Component)(props))
    return expand(props['children'] as ReactNode)
  }
  return expand(createElement(App, view))
}

function partOf(props: Parameters<typeof Block>[0]): Part {
  const text = Block(props).props.children as ReactElement<{ children: string }>
  const { children } = text.props
  return { rect: props.rect, lines: props.rect.height > 0 ? plain(children).split('\n') : [] }
}

/** The lines of the parts that are not exactly as wide as their part, and parts with more or fewer lines than rows. */
export const unfit = (parts: readonly Part[]): string[] =>
  parts.flatMap(({ rect, lines }) => [
    ...lines.filter(line => stringWidth(line) !== rect.width),
    ...(lines.length === rect.height ? [] : [`${lines.length} lines in ${rect.height} rows`]),
  ])

/** A terminal that keeps the frames that Ink writes. */
class Frames extends EventEmitter {
  readonly columns: number
  readonly rows: number
  readonly frames: string[] = []

  constructor(columns: number, rows: number) {
    super()
    this.columns = columns
    this.rows = rows
  }

  write(frame: string): boolean {
    this.frames.push(frame)
    return true
  }
}

/** The lines of the screen as Ink writes them, without styles. */
export function screenOf(at: At): string[] {
  const { columns, rows } = at.state.size
  const stdout = new Frames(columns, rows)
  const ink = render(createElement(App, viewOf(at)), {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: new EventEmitter() as NodeJS.ReadStream,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
  })
  const frame = stdout.frames.at(-1)!
  ink.unmount()
  return plain(frame).split('\n')
}

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { escapeControls } from '../byte-writer.ts'
import { listInterfaces } from '../capture/interfaces.ts'
import { bundledTours } from '../print/tours.ts'
import { recentFiles } from './recent.ts'

/** An entry of the start page. */
export type StartEntry = {
  readonly section: string
  readonly label: string
  readonly detail: string
  /** A capture file, or the name of an interface or tour. */
  readonly path: string
  readonly kind: 'file' | 'interface' | 'tour'
}

/** What the start page offers: interfaces, captures opened before, tours, and the captures in the folder that come with the program. */
export const startEntries = (folder: URL): readonly StartEntry[] => [
  ...interfaces(),
  ...recent(),
  ...tours(folder),
  ...bundled(folder),
]

/** Packets that had passed each interface when it was last looked at, and when that was. */
const counted = new Map<string, { readonly packets: number; readonly at: number; readonly rate: number }>()

const inGroups = new Intl.NumberFormat('en')

/** Columns that rates and numbers of packets need, however many pass. */
const rateWidth = 11
const numberWidth = 13

/** Those that are switched off, too: who looks for one finds out why it is silent. */
function interfaces(): StartEntry[] {
  const links = listInterfaces()
  const kindWidth = Math.max(0, ...links.map(({ kind }) => escapeControls(kind).length))
  return links.map(({ name, kind, state, addresses, received, sent }) => {
    const packets = received.packets + sent.packets
    const rate = `${inGroups.format(rateOf(name, packets))}/s`
    const counted = `${inGroups.format(packets).padStart(numberWidth)} packet${packets === 1 ? ' ' : 's'}`
    const columns = [
      escapeControls(kind).padEnd(kindWidth),
      (state === 'up' ? rate : state).padStart(rateWidth),
      counted,
    ]
    return {
      section: 'Listen on',
      label: escapeControls(name),
      detail: `${columns.join('')}  ${escapeControls(addresses[0] ?? '')}`.trimEnd(),
      path: name,
      kind: 'interface',
    }
  })
}

function rateOf(name: string, packets: number): number {
  const now = performance.now()
  const before = counted.get(name)
  if (before && now - before.at < 500) return before.rate
  const rate = before ? Math.round(((packets - before.packets) * 1000) / (now - before.at)) : 0
  counted.set(name, { packets, at: now, rate })
  return rate
}

/** Those opened last; what else there is has to stay in sight. */
const mostRecent = 5

const recent = (): StartEntry[] =>
  recentFiles()
    .slice(0, mostRecent)
    .map(path => ({
      section: 'Opened before',
      label: escapeControls(path.split('/').at(-1) ?? path),
      detail: escapeControls(path),
      path,
      kind: 'file',
    }))

/** They do not change while the page is looked at. */
const toured = new Map<string, readonly StartEntry[]>()

function tours(folder: URL): readonly StartEntry[] {
  const known = toured.get(folder.href)
  if (known) return known
  const entries = bundledTours(folder).map(({ tour }) => ({
    section: 'Guided tours',
    label: tour.title,
    detail: tour.about,
    path: tour.name,
    kind: 'tour' as const,
  }))
  toured.set(folder.href, entries)
  return entries
}

function bundled(folder: URL): StartEntry[] {
  const told = descriptions(folder)
  // In the README's order: the walkthrough, then from the simple to the difficult.
  const order = [...told.keys()]
  const place = (name: string) => (told.has(name) ? order.indexOf(name) : order.length)
  return names(folder)
    .sort((a, b) => place(a) - place(b))
    .map(name => ({
      section: 'To learn from',
      label: name,
      detail: told.get(name) ?? '',
      path: fileURLToPath(new URL(name, folder)),
      kind: 'file',
    }))
}

function names(folder: URL): string[] {
  try {
    return readdirSync(folder).filter(name => /\.pcap(ng)?$/.test(name))
  } catch {
    return []
  }
}

/** What the tables in the folder's README say of each capture. */
function descriptions(folder: URL): Map<string, string> {
  try {
    const lines = readFileSync(new URL('README.md', folder), 'utf8').matchAll(
      /^\| `([^`]+)` \|[^|]*\| ([^|]+) \|/gm,
    )
    return new Map([...lines].map(([, name, what]) => [name!, what!]))
  } catch {
    return new Map()
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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

function interfaces(): StartEntry[] {
  return listInterfaces()
    .filter(({ state }) => state !== 'down')
    .map(({ name, kind, state, addresses, received, sent }) => {
      const rate = rateOf(name, received.packets + sent.packets)
      const about = [kind, state === 'up' ? '' : state, addresses[0] ?? '']
        .filter(text => text !== '')
        .join(', ')
      return {
        section: 'Listen on',
        label: name,
        detail: `${about} · ${rate}/s`,
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
      label: path.split('/').at(-1) ?? path,
      detail: path,
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

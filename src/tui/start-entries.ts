import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { recentFiles } from './recent.ts'
import type { StartEntry } from './state.ts'

/** What the start page offers: captures opened before, and those in the folder that come with the program. */
export const startEntries = (folder: URL): readonly StartEntry[] => [...recent(), ...bundled(folder)]

const recent = (): StartEntry[] =>
  recentFiles().map(path => ({
    section: 'Opened before',
    label: path.split('/').at(-1) ?? path,
    detail: path,
    path,
  }))

function bundled(folder: URL): StartEntry[] {
  const told = descriptions(folder)
  return names(folder).map(name => ({
    section: 'To learn from',
    label: name,
    detail: told.get(name) ?? '',
    path: fileURLToPath(new URL(name, folder)),
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

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { recentFiles } from './recent.ts'
import type { StartEntry } from './state.ts'

/** What the start page offers: captures opened before, and those that come with the program. */
export const startEntries = (): readonly StartEntry[] => [...recent(), ...bundled()]

const recent = (): StartEntry[] =>
  recentFiles().map(path => ({
    section: 'Opened before',
    label: path.split('/').at(-1) ?? path,
    detail: path,
    path,
  }))

/** One folder above this file, in the package as in the sources. */
const folder = new URL('../captures/', import.meta.url)

function bundled(): StartEntry[] {
  const told = descriptions()
  return names().map(name => ({
    section: 'To learn from',
    label: name,
    detail: told.get(name) ?? '',
    path: fileURLToPath(new URL(name, folder)),
  }))
}

function names(): string[] {
  try {
    return readdirSync(folder).filter(name => /\.pcap(ng)?$/.test(name))
  } catch {
    return []
  }
}

/** The first cells of the table in the folder's README. */
function descriptions(): Map<string, string> {
  try {
    const lines = readFileSync(new URL('README.md', folder), 'utf8').matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)
    return new Map([...lines].map(([, name, what]) => [name!, what!]))
  } catch {
    return new Map()
  }
}

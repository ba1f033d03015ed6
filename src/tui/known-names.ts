import { readdirSync } from 'node:fs'
import { escapeControls } from '../byte-writer.ts'
import { listInterfaces } from '../capture/interfaces.ts'
import { bundledTours } from '../print/tours.ts'
import { atHome } from './at-home.ts'
import { keptFilters } from './kept-filters.ts'
import { quietly } from './kept-lines.ts'

/** What the argument of a command is one of, where the state cannot know them. */
export type Known = 'files' | 'interfaces' | 'tours' | 'filters'

/** More than anybody goes through with Tab. */
const mostFiles = 500

/** All that there are of one kind, or of files those that a path may go on as. `captures`: the folder of the tours. */
export function knownNames(known: Known, begun: string, captures: URL): readonly string[] {
  switch (known) {
    case 'files':
      return filesLike(begun)
    case 'interfaces':
      return listInterfaces().map(({ name }) => name)
    case 'tours':
      return bundledTours(captures).map(({ tour }) => tour.name)
    case 'filters': {
      const names = [...keptFilters().keys()]
      return [...names, 'list', 'save ', ...names.map(name => `forget ${name}`)]
    }
  }
}

/** Folders, and what looks like a capture by its name. */
const isLikely = (path: string): boolean => /\/$|\.(pcap|pcapng|ntar|cap|dmp)(\.gz)?$/i.test(path)

/** Paths that begin like this, captures first, folders with a slash behind them. Hidden ones only where a dot asks for them. */
function filesLike(begun: string): readonly string[] {
  const folder = begun.slice(0, begun.lastIndexOf('/') + 1)
  const start = begun.slice(folder.length)
  const entries = quietly(() => readdirSync(atHome(folder) || '.', { withFileTypes: true })) ?? []
  return entries
    .filter(({ name }) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
    .filter(({ name }) => escapeControls(name) === name)
    .map(entry => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
    .sort((a, b) => Number(isLikely(b)) - Number(isLikely(a)) || (a < b ? -1 : 1))
    .slice(0, mostFiles)
}

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alike } from '../alike.ts'
import { reasonOf } from '../capture/errors.ts'
import { readTour, type Tour, TourError } from './tour.ts'

/** Whoever writes a longer one has not written a tour. */
const longestFile = 256 * 1024

/** A tour, and the path of its capture. */
export type TourFile = { readonly tour: Tour; readonly capture: string }

/** The tours that come with the program, in the order in which one learns. `captures`: their folder. */
export function bundledTours(captures: URL): TourFile[] {
  const folder = new URL('tours/', captures)
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => {
      const tour = read(fileURLToPath(new URL(name, folder)))
      return { tour, capture: fileURLToPath(new URL(tour.capture, captures)) }
    })
}

/**
 * A tour by its name, or one of the reader's own by the path of its file, whose capture lies beside it.
 * @throws {TourError} where there is none
 */
export function tourNamed(name: string, captures: URL): TourFile {
  const tours = bundledTours(captures)
  const known = tours.find(({ tour }) => tour.name === name.toLowerCase())
  if (known) return known
  if (name.endsWith('.json')) {
    const tour = read(name)
    return { tour, capture: name.slice(0, name.length - basename(name).length) + tour.capture }
  }
  const names = tours.map(({ tour }) => tour.name)
  if (name === '') throw new TourError(`learn: which tour? One of: ${names.join(', ')}`)
  const near = alike(name, names)
  const hint = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : `. Try one of: ${names.join(', ')}`
  throw new TourError(`${name}: no such tour${hint}`)
}

/** The file's name without the number that puts it into its order is the tour's. */
function read(path: string): Tour {
  const name = basename(path, '.json').replace(/^\d+-/, '')
  try {
    if (statSync(path).size > longestFile)
      throw new TourError(`${path}: not a tour: it is larger than 256 KiB`)
    return readTour(name, readFileSync(path, 'utf8'), path)
  } catch (error) {
    if (error instanceof TourError) throw error
    throw new TourError(`${path}: ${reasonOf(error)}`)
  }
}

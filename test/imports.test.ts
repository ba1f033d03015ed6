import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'

// Floors of the house, from the ground up. A file imports its own floor's files of its own folder, and lower floors.
const floors: readonly (readonly string[])[] = [
  ['src/frame.ts', 'src/link-types.ts', 'src/byte-writer.ts', 'src/addresses.ts', 'src/alike.ts'],
  ['src/dissect'],
  ['src/capture', 'dissectors'],
  ['src/store'],
  ['src/filter', 'src/follow', 'src/decrypt'],
  ['src/print'],
  ['src/tui'],
  ['src/flags.ts'],
  ['src/filter-options.ts', 'src/source-options.ts'],
  ['src/options.ts'],
  ['src/explain-options.ts', 'src/prose-style.ts'],
  ['src/help.ts', 'src/capturing.ts'],
  ['src/showing.ts', 'src/explaining.ts'],
  ['src/learning.ts'],
  ['src/cli.ts'],
]
/** Packages that only one place may import. */
const owners: Readonly<Record<string, string>> = {
  react: 'src/tui',
  ink: 'src/tui',
  cap: 'src/capture/capture-worker.ts',
}

const root = join(import.meta.dirname, '..')
const under = (file: string, place: string) => file === place || file.startsWith(`${place}/`)
const placeOf = (file: string) => {
  const floor = floors.findIndex(places => places.some(place => under(file, place)))
  return { floor, place: floors[floor]?.find(place => under(file, place)) }
}

const sources = ['src', 'dissectors'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => join(folder, name)),
)

const importsOf = (file: string): string[] => {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import\(|^import) ?'([^']+)'/gm)].map(match => match[1]!)
}

it('finds the sources', () => {
  expect(sources).toContain('src/cli.ts')
  expect(sources).toContain('dissectors/ip.ts')
  expect(importsOf('src/cli.ts')).toContain('./help.ts')
})

it.each(sources)('%s imports downwards only', file => {
  const own = placeOf(file)
  expect(own.floor, `${file} stands on no floor: add it to this test`).toBeGreaterThanOrEqual(0)
  for (const name of importsOf(file)) {
    if (!name.startsWith('.')) {
      const owner = owners[name.split('/')[0]!]
      if (owner) expect(under(file, owner), `${file} imports ${name}`).toBe(true)
      continue
    }
    const target = relative(root, join(root, dirname(file), name))
    const theirs = placeOf(target)
    const allowed =
      theirs.floor < own.floor || theirs.place === own.place || (own.floor === 0 && theirs.floor === 0)
    expect(allowed, `${file} imports ${target}`).toBe(true)
  }
})

it('lets dissect/ import nothing but the ground', () => {
  const foreign = sources
    .filter(file => under(file, 'src/dissect'))
    .flatMap(importsOf)
    .filter(name => !/^(\.\/|\.\.\/(frame|link-types|byte-writer|addresses)\.ts$)/.test(name))
  expect(foreign).toEqual([])
})

import { recipes } from '../capture/recipes.ts'

/** What `--recipe list` prints: each name with its sentence, and below it the filter, to be copied. */
export function recipeList(): string {
  const width = Math.max(...recipes.map(({ name }) => name.length))
  return recipes
    .map(({ name, why, filter }) => `${name.padEnd(width)}  ${why}\n${' '.repeat(width + 2)}${filter}\n`)
    .join('')
}

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Beside the bundle, above the bundle's chunks, or made from these sources. */
const places = ['.', '..', '../../../dist']

/** The path of a program of ours that runs in a process of its own; undefined: it is not built. */
export const builtProgram = (name: string): string | undefined =>
  places.map(place => fileURLToPath(new URL(`${place}/${name}`, import.meta.url))).find(existsSync)

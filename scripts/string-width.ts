import { stripVTControlCharacters } from 'node:util'
import ofPackage, { type Options } from '../node_modules/string-width/index.js'
import { simple } from '../src/print/columns.ts'

/**
 * Stands for the package in the bundle: Ink measures each row several times, with its colours. Nearly all of them have one
 * column a character, and that is told at a hundredth of the price.
 */
export default function stringWidth(text: string, options?: Options): number {
  if (options) return ofPackage(text, options)
  const plain = text.includes('\x1b') ? stripVTControlCharacters(text) : text
  return simple.test(plain) ? plain.length : ofPackage(plain)
}

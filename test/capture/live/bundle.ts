import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '../../..')
let bundles = 0

/**
 * Bundles a program for a process of its own, with the worker beside it, and returns its path. `text` may import from
 * `src/`. It lies inside the project, because the worker looks for the package cap there, and not in `dist`,
 * which a build empties.
 */
export async function bundle(text: string): Promise<string> {
  const folder = join(root, 'node_modules/.cache', `vpnscope-${process.pid}-${bundles++}`)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(folder, { recursive: true })
  const { build } = await import('esbuild')
  const shared = { bundle: true, platform: 'node', format: 'esm', logLevel: 'error' } as const
  const program = join(folder, 'program.js')
  await build({ ...shared, stdin: { contents: text, resolveDir: root, loader: 'ts' }, outfile: program })
  for (const name of ['capture-worker', 'capture-keeper', 'capture-starter'])
    await build({ ...shared, entryPoints: [join(root, `src/capture/${name}.ts`)], outdir: folder })
  return program
}

/** Captures on its first argument with the engine of its second, and says which engine that is, or why not. */
export const capturing = `
import { startCapturer } from './src/capture/live/engine.ts'
const [device, engine] = process.argv.slice(2)
const request = { device, filter: '', snapLength: 0, promiscuous: true, engine }
let capturer
try {
  capturer = await startCapturer(request)
  capturer.stream.resume()
  console.log('open with ' + capturer.engine)
} catch (error) {
  console.log(error.message)
}
`

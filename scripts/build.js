// Bundles the program into dist/: one file starts twice as fast as the packages it is made of.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { bundling, requiring } from './bundling.js'

rmSync('dist', { recursive: true, force: true })
const { metafile } = await build({
  ...bundling,
  entryPoints: { cli: 'src/cli.ts' },
  splitting: true,
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  metafile: true,
})
// They run alone, and share nothing.
for (const program of ['capture-worker', 'capture-keeper', 'capture-starter'])
  await build({ ...bundling, entryPoints: [`src/capture/${program}.ts`], outdir: 'dist' })
// Only one chunk asks for it; in all of them it would be paid for at every start.
for (const file of Object.keys(metafile.outputs)) {
  const text = readFileSync(file, 'utf8')
  if (text.includes('typeof require')) writeFileSync(file, requiring + text)
}
chmodSync('dist/cli.js', 0o755)

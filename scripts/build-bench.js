// Bundles the benchmarks into dist/bench/, behind a build of the program that they measure.
import { build } from 'esbuild'
import { bundling, requiring } from './bundling.js'

await build({
  entryPoints: ['bench/run.ts', 'bench/open.ts', 'bench/walk.ts', 'bench/filter.ts', 'bench/sender.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outdir: 'dist/bench',
  logLevel: 'warning',
})
// What the screen is compared with is bundled as the screen is.
await build({
  ...bundling,
  banner: { js: requiring },
  entryPoints: ['bench/bare-screen.tsx'],
  outdir: 'dist/bench',
})

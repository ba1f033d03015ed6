/** With this at the start of an ES module, packages in it that are none find Node's own modules. */
export const requiring =
  "import{createRequire as createRequire_}from'node:module';const require=createRequire_(import.meta.url);"

/** How esbuild makes one file of a program that Node runs, its packages included. */
export const bundling = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  jsx: 'automatic',
  // React's tools for developers stay out.
  alias: { 'react-devtools-core': './scripts/empty.js', 'string-width': './scripts/string-width.ts' },
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  logLevel: 'warning',
}

/** How esbuild makes one file of a program that Node runs, its packages included. */
export const bundling = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  jsx: 'automatic',
  // React's tools for developers stay out, and packages that are not ES modules find Node's own ones.
  alias: { 'react-devtools-core': './scripts/empty.js' },
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
  banner: {
    js: "import{createRequire as createRequire_}from'node:module';const require=createRequire_(import.meta.url);",
  },
  logLevel: 'warning',
}

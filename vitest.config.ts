import { defineConfig } from 'vitest/config'

/** What works on real terminals, interfaces and clocks: one file after the other, when everything else is done. */
const real = [
  'test/e2e/**/*.test.ts',
  'test/capture/live/**/*.test.ts',
  'test/live-*.test.ts',
  'test/filter/live.test.ts',
  'test/tui/terminal.test.ts',
  'test/bench/**/*.test.ts',
  'test/screenshots.test.ts',
]

// No test says how fast something is: on a busy machine everything may take its time.
const shared = { setupFiles: ['test/setup.ts'], testTimeout: 20_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: real,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...shared, name: 'real', include: real, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
})

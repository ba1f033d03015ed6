import { defineConfig } from 'vitest/config'

export default defineConfig({
  // No test says how fast something is: on a busy machine everything may take its time.
  test: { include: ['test/**/*.test.ts'], setupFiles: ['test/setup.ts'], testTimeout: 20_000 },
})

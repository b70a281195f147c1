/** Unit and real-git tests. End-to-end stories are Playwright's (`build/playwright.config.ts`). */

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those with the real Claude Code live by its timing: they get the machine to themselves. */
const CLAUDE = 'e2e/claude/**/*.test.ts'

/** The files of whole houses take longest: the last ones to end should not be the last ones to begin. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/e2e/')
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    setupFiles: ['build/test-setup.ts'],
    // No test is about time; a busy machine is late. A wait that gives up says what it waited for, well before its test is over.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 100_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'house',
          include: ['{electron,build,e2e}/**/*.test.ts'],
          exclude: [CLAUDE],
          // Most of the long ones wait for other programs: more of them at once than there are processors.
          maxWorkers: 4,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: ['{shared,renderer}/**/*.test.{ts,tsx}'],
          // They share nothing that outlives a test, and are many: a worker each would cost more than they do.
          isolate: false,
          maxWorkers: 4,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'claude', include: [CLAUDE], maxWorkers: 2, sequence: { groupOrder: 1 } } },
    ],
  },
})

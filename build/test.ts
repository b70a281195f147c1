/** `npm test`: types, lint, unit tests with the boundaries of the house, end-to-end stories; closes with “N passed, N failed”. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { removeFolder } from '../electron/kit/remove-folder.ts'
import { failedStories, failedUnits, failureLines } from './failures.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'sluice-test-'))
const reports = { unit: join(folder, 'unit.json'), stories: join(folder, 'stories.json') }

type Step = { readonly name: string; readonly words: readonly string[]; readonly env?: NodeJS.ProcessEnv }

const bin = (path: string): string => join(root, 'node_modules', path)
const STEPS: readonly Step[] = [
  { name: 'types', words: [bin('typescript/bin/tsc'), '-b'] },
  { name: 'lint', words: [bin('oxlint/bin/oxlint'), '--deny-warnings', '-c', '.oxlintrc.json', '.'] },
  { name: 'format', words: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  {
    name: 'unit',
    words: [
      bin('vitest/vitest.mjs'),
      'run',
      '--config',
      'build/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reports.unit}`,
    ],
  },
  { name: 'stories', words: [join(root, 'build/e2e.ts')], env: { SLUICE_REPORT: reports.stories } },
]

function runStep({ name, words, env }: Step): boolean {
  process.stdout.write(`\n── ${name}\n`)
  const started = performance.now()
  const { status } = spawnSync(process.execPath, [...words], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  process.stdout.write(
    `── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((performance.now() - started) / 1000)} s\n`,
  )
  return status === 0
}

type Count = { readonly passed: number; readonly failed: number }

/** A report; undefined where the step wrote none. */
function reportAt(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** What a report counted; a step that wrote none ran no test. */
function count(report: unknown, read: (report: Record<string, unknown>) => Count): Count {
  try {
    return read(report as Record<string, unknown>)
  } catch {
    return { passed: 0, failed: 0 }
  }
}

const results = STEPS.map((step) => ({ name: step.name, passed: runStep(step) }))
const told = { unit: reportAt(reports.unit), stories: reportAt(reports.stories) }
const unit = count(told.unit, (report) => ({
  passed: Number(report['numPassedTests']),
  failed: Number(report['numFailedTests']),
}))
const stories = count(told.stories, (report) => {
  const stats = report['stats'] as { expected: number; unexpected: number; flaky: number }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky }
})
await removeFolder({ path: folder, root: tmpdir() })

// A step without tests of its own counts as one; so does a step that failed without a failed test to show for it.
const counted: Readonly<Record<string, Count>> = { unit, stories }
let [passed, failed] = [0, 0]
for (const { name, passed: good } of results) {
  const tests = counted[name] ?? { passed: good ? 1 : 0, failed: 0 }
  passed += tests.passed
  failed += good ? tests.failed : Math.max(1, tests.failed)
}
for (const { name, passed: good } of results.filter((result) => !result.passed))
  process.stdout.write(`${good ? '' : 'failed: '}${name}\n`)
// Once more at the end: the beginning of a long log is often cut off.
for (const line of failureLines([...failedUnits(told.unit), ...failedStories(told.stories)], root))
  process.stdout.write(`${stripVTControlCharacters(line)}\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && unit.passed > 0 && stories.passed > 0 ? 0 : 1

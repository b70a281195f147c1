/** What failed, read from the reports of Vitest and Playwright: file, name, and the beginning of what was said. Pure. */

import * as z from 'zod'

export type Failed = { readonly file: string; readonly name: string; readonly said: readonly string[] }

/** Of what a failed test says the rest is in the log above. */
const LINES = 6

const unit = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z
        .array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }))
        .default([]),
    }),
  ),
})

const said = z.object({ message: z.string().default('') })

type Suite = {
  readonly title: string
  readonly file?: string | undefined
  readonly specs: readonly z.output<typeof spec>[]
  readonly suites: readonly Suite[]
}

const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string().default(''),
      status: z.string(),
      results: z.array(z.object({ errors: z.array(said).default([]) })).default([]),
    }),
  ),
})

const suite: z.ZodType<Suite> = z.object({
  title: z.string(),
  file: z.string().optional(),
  specs: z.array(spec).default([]),
  get suites() {
    return z.array(suite).default([])
  },
})

const stories = z.object({ suites: z.array(suite).default([]), errors: z.array(said).default([]) })

const firstLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES)

/** Takes the JSON report of Vitest; gives each failed test, and each file that failed without one. Empty where it is no such report. */
export function failedUnits(report: unknown): readonly Failed[] {
  const read = unit.safeParse(report)
  if (!read.success) return []
  return read.data.testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed')
    if (failed.length === 0) return status === 'failed' ? [{ file, name: 'the file itself', said: firstLines(message) }] : []
    return failed.map((one) => ({ file, name: one.fullName, said: firstLines((one.failureMessages ?? []).join('\n')) }))
  })
}

function failedIn({ title, file, specs, suites }: Suite, above: readonly string[]): readonly Failed[] {
  const path = title === file ? above : [...above, title]
  const own = specs.flatMap((one) =>
    one.tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) => ({
        file: one.file,
        name: [...(projectName === '' ? [] : [`[${projectName}]`]), ...path, one.title].join(' '),
        said: firstLines(results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n')),
      })),
  )
  return [...own, ...suites.flatMap((inner) => failedIn(inner, path))]
}

/** Takes the JSON report of Playwright; gives each failed story, and what failed outside of one. Empty where it is no such report. */
export function failedStories(report: unknown): readonly Failed[] {
  const read = stories.safeParse(report)
  if (!read.success) return []
  const outside = read.data.errors.map(({ message }) => ({
    file: 'stories',
    name: 'outside of a story',
    said: firstLines(message),
  }))
  return [...read.data.suites.flatMap((one) => failedIn(one, [])), ...outside]
}

/** Takes what failed and the folder that files are named from; gives the lines that tell it. */
export function failureLines(failed: readonly Failed[], root: string): readonly string[] {
  return failed.flatMap(({ file, name, said: lines }) => [
    `✗ ${file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file} › ${name}`,
    ...lines.map((line) => `    ${line}`),
  ])
}

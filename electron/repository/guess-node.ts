/** What package.json, deno.json and their lockfiles suggest. Only scripts of well-known names are ever named. Pure. */

import { NO_GUESSES, objectAt, objectIn, textAt, type Guesses, type Named, type RootFiles, type Suggested } from './guesses.ts'

type Runner = 'npm' | 'pnpm' | 'yarn' | 'bun'

/** The names that scripts for each purpose usually have, the likeliest first. */
const SCRIPTS = [
  ['lint', ['lint']],
  ['types', ['typecheck', 'type-check', 'types', 'check-types', 'check:types', 'tsc']],
  ['build', ['build']],
  ['test', ['test']],
] as const

const LOCKFILES: readonly (readonly [name: Named, runner: Runner])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
]

/** npm writes this script into every new package. */
const NPM_DEFAULT = /no test specified/u
/** What follows is no script that anybody wrote by hand. */
const LONGEST_SCRIPT = 4096
/** Such a script waits for the next change of a file, and so never ends. */
const WATCHES =
  /(?:^|\s)(?:--watch(?:All)?(?:=true)?(?=\s|$)|(?:react-scripts|ng)\s+test(?!.*(?:--watch(?:All)?=false|--no-watch)))/u

function runnerOf(files: RootFiles, manifest: Readonly<Record<string, unknown>>): Runner {
  const named = /^(npm|pnpm|yarn|bun)@/u.exec(textAt(manifest, 'packageManager'))?.[1]
  if (named === 'npm' || named === 'pnpm' || named === 'yarn' || named === 'bun') return named
  return LOCKFILES.find(([name]) => files.has(name))?.[1] ?? 'npm'
}

/** The command that installs exactly what the lockfile names. */
function installs(files: RootFiles, manifest: Readonly<Record<string, unknown>>, runner: Runner): string {
  const modernYarn = files.has('.yarnrc.yml') || /^yarn@(?:[2-9]|\d\d)/u.test(textAt(manifest, 'packageManager'))
  const commands: Readonly<Record<Runner, string>> = {
    npm: 'npm ci',
    pnpm: 'pnpm install --frozen-lockfile',
    yarn: modernYarn ? 'yarn install --immutable' : 'yarn install --frozen-lockfile',
    bun: 'bun install --frozen-lockfile',
  }
  return commands[runner]
}

export function guessNode(files: RootFiles): Guesses {
  const manifest = objectIn(files.text('package.json'))
  if (manifest === null) return NO_GUESSES
  const runner = runnerOf(files, manifest)
  const scripts = objectAt(manifest, 'scripts')
  const usable = (name: string): boolean => {
    const script = textAt(scripts, name)
    return script.trim() !== '' && script.length <= LONGEST_SCRIPT && !NPM_DEFAULT.test(script) && !WATCHES.test(script)
  }
  const checks = SCRIPTS.flatMap(([purpose, names]): readonly Suggested[] => {
    const name = names.find(usable)
    if (name === undefined) return []
    const command = name === 'test' && runner !== 'bun' ? `${runner} test` : `${runner} run ${name}`
    return [{ purpose, command, from: 'package.json' }]
  })
  // A build is slow, and mostly tells what the types tell.
  const hasTypes = checks.some((one) => one.purpose === 'types')
  const lockfile = LOCKFILES.find(([name, of]) => of === runner && files.has(name))?.[0]
  return {
    checks: checks.filter((one) => one.purpose !== 'build' || !hasTypes),
    // Without a lockfile an install would write one, and the worktree would begin with a change.
    setup: lockfile === undefined ? [] : [{ command: installs(files, manifest, runner), from: lockfile }],
  }
}

export function guessDeno(files: RootFiles): Guesses {
  const from = (['deno.json', 'deno.jsonc'] as const).find((name) => files.text(name) !== null)
  if (from === undefined) return NO_GUESSES
  const tasks = objectAt(objectIn(files.text(from)) ?? {}, 'tasks')
  const command = (name: 'lint' | 'test'): string => (textAt(tasks, name).trim() === '' ? `deno ${name}` : `deno task ${name}`)
  return {
    checks: (['lint', 'test'] as const).map((purpose) => ({ purpose, command: command(purpose), from })),
    setup: [],
  }
}

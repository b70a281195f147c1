/** What the files of a Python repository suggest. TOML and INI are looked at line by line: enough to see what is configured. Pure. */

import type { Guess } from '../../shared/model/found.ts'
import { NO_GUESSES, type Guesses, type Named, type RootFiles, type Suggested } from './guesses.ts'

type Ways = {
  /** In front of a tool, so that the one of the repository's own environment runs. */
  readonly tool: string
  readonly pytest: string
  readonly setup: readonly Guess[]
}

const VENV = '.venv/bin/'

/** An environment in the worktree that git does not ignore would be a change of the session's. */
function ignoresVenv(files: RootFiles): boolean {
  return /^\/?(?:\*\*\/)?\.venv(?:\/\**)?\s*$/mu.test(files.text('.gitignore') ?? '')
}

function waysOf(files: RootFiles): Ways {
  const managers: readonly (readonly [lockfile: Named, tool: string, install: string])[] = [
    ['uv.lock', 'uv run ', 'uv sync --frozen'],
    ['poetry.lock', 'poetry run ', 'poetry install'],
    ['Pipfile.lock', 'pipenv run ', 'pipenv sync --dev'],
  ]
  const managed = managers.find(([lockfile]) => files.has(lockfile))
  if (managed !== undefined) {
    const [from, tool, command] = managed
    return { tool, pytest: `${tool}pytest`, setup: [{ command, from }] }
  }
  const lists = (['requirements.txt', 'requirements-dev.txt'] as const).filter((name) => files.has(name))
  const [from] = lists
  if (from === undefined || !ignoresVenv(files)) return { tool: '', pytest: 'python3 -m pytest', setup: [] }
  const command = `python3 -m venv .venv && ${VENV}pip install ${lists.map((name) => `-r ${name}`).join(' ')}`
  return { tool: VENV, pytest: `${VENV}python -m pytest`, setup: [{ command, from }] }
}

/** The file that shows that pytest is used; null when none does. */
function pytestFile(files: RootFiles): Named | null {
  if (files.has('pytest.ini')) return 'pytest.ini'
  const signs = [
    ['pyproject.toml', /^[ \t]*\[tool\.pytest|["']pytest\b/mu],
    ['setup.cfg', /^\[tool:pytest\]/mu],
    ['tox.ini', /^\[pytest\]/mu],
    ['requirements-dev.txt', /^pytest\b/mu],
    ['requirements.txt', /^pytest\b/mu],
  ] as const
  return signs.find(([name, sign]) => sign.test(files.text(name) ?? ''))?.[0] ?? null
}

function ruffFile(files: RootFiles): Named | null {
  const own = (['ruff.toml', '.ruff.toml'] as const).find((name) => files.has(name))
  return own ?? (/^[ \t]*\[tool\.ruff\b/mu.test(files.text('pyproject.toml') ?? '') ? 'pyproject.toml' : null)
}

export function guessPython(files: RootFiles): Guesses {
  const [ruff, pytest] = [ruffFile(files), pytestFile(files)]
  const { tool, pytest: command, setup } = waysOf(files)
  const usesTox = /^\[(?:tox|testenv)\b/mu.test(files.text('tox.ini') ?? '')
  const tests: readonly Suggested[] =
    pytest !== null
      ? [{ purpose: 'test', command, from: pytest }]
      : usesTox
        ? [{ purpose: 'test', command: 'tox', from: 'tox.ini' }]
        : []
  const lint: readonly Suggested[] = ruff === null ? [] : [{ purpose: 'lint', command: `${tool}ruff check`, from: ruff }]
  const checks = [...lint, ...tests]
  return checks.length === 0 && setup.length === 0 ? NO_GUESSES : { checks, setup }
}

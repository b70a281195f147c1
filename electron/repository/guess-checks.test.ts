import { expect, test } from 'vitest'
import { guessCommands } from './guess-checks.ts'
import { NAMED, READ, type RootFiles } from './guesses.ts'

function files(texts: Readonly<Record<string, string>>): RootFiles {
  const odd = Object.keys(texts).filter((name) => !NAMED.some((one) => one === name))
  if (odd.length > 0) throw new Error(`${odd.join()} would never be looked at`)
  const readable = new Set<string>(READ)
  return {
    has: (name) => Object.hasOwn(texts, name),
    text: (name) => (Object.hasOwn(texts, name) && readable.has(name) ? texts[name]! : null),
  }
}

function manifest(scripts: object, more: object = {}): string {
  return JSON.stringify({ name: 'shop', scripts, ...more })
}

/** `[files, checks, setup]`, the guesses as `command < file`. */
type Row = readonly [Readonly<Record<string, string>>, readonly string[], (readonly string[])?]

const USUAL = { test: 'vitest run', typecheck: 'tsc', lint: 'eslint .', build: 'vite build', dev: 'vite' }

const ROWS: Readonly<Record<string, Row>> = {
  'nothing suggests nothing': [{}, []],
  'npm, quick first, no build beside the types': [
    { 'package.json': manifest(USUAL), 'package-lock.json': '' },
    ['npm run lint < package.json', 'npm run typecheck < package.json', 'npm test < package.json'],
    ['npm ci < package-lock.json'],
  ],
  'a build where nothing checks types': [
    { 'package.json': manifest({ build: 'tsc -b', test: 'jest' }) },
    ['npm run build < package.json', 'npm test < package.json'],
  ],
  'pnpm by its lockfile': [
    { 'package.json': manifest({ lint: 'x', types: 'tsc', test: 'x' }), 'pnpm-lock.yaml': '' },
    ['pnpm run lint < package.json', 'pnpm run types < package.json', 'pnpm test < package.json'],
    ['pnpm install --frozen-lockfile < pnpm-lock.yaml'],
  ],
  'old yarn': [
    { 'package.json': manifest({ test: 'x' }), 'yarn.lock': '' },
    ['yarn test < package.json'],
    ['yarn install --frozen-lockfile < yarn.lock'],
  ],
  'new yarn': [
    { 'package.json': manifest({ test: 'x' }, { packageManager: 'yarn@4.5.0' }), 'yarn.lock': '' },
    ['yarn test < package.json'],
    ['yarn install --immutable < yarn.lock'],
  ],
  'bun, whose own test runner is not meant': [
    { 'package.json': manifest({ test: 'x' }), 'bun.lock': '' },
    ['bun run test < package.json'],
    ['bun install --frozen-lockfile < bun.lock'],
  ],
  'packageManager wins over a left-over lockfile': [
    { 'package.json': manifest({ test: 'x' }, { packageManager: 'pnpm@9.1.0' }), 'package-lock.json': '' },
    ['pnpm test < package.json'],
  ],
  'npm’s own empty test is none': [{ 'package.json': manifest({ test: 'echo "Error: no test specified" && exit 1' }) }, []],
  'what watches never ends': [{ 'package.json': manifest({ test: 'jest --watch', lint: 'eslint --watchAll=true' }) }, []],
  'react-scripts watches unless told not to': [{ 'package.json': manifest({ test: 'react-scripts test' }) }, []],
  'and when told': [{ 'package.json': manifest({ test: 'react-scripts test --watchAll=false' }) }, ['npm test < package.json']],
  'a Makefile alone': [
    { Makefile: 'PKG := ./...\n.PHONY: test\ntest lint: build\n\tgo test\ncheck::\n\ttrue\n' },
    ['make lint < Makefile', 'make test < Makefile'],
  ],
  'a Makefile’s check stands for a test': [{ makefile: 'check:\n\ttrue\n' }, ['make check < makefile']],
  'variables are no targets': [{ Makefile: 'test := 1\nlint ::= 2\ncheck:::= 3\n' }, []],
  'a Makefile speaks where others are silent': [
    { Makefile: 'lint:\n\ttrue\ntest:\n\tgo test\n', 'Cargo.toml': '[package]\n' },
    ['make lint < Makefile', 'cargo test < Cargo.toml'],
  ],
  Rust: [{ 'Cargo.toml': '[workspace]\nmembers = []\n' }, ['cargo test --workspace < Cargo.toml']],
  Go: [{ 'go.mod': '' }, ['go vet ./... < go.mod', 'go test ./... < go.mod']],
  uv: [
    { 'pyproject.toml': '[tool.pytest.ini_options]\n[tool.ruff]\n', 'uv.lock': '' },
    ['uv run ruff check < pyproject.toml', 'uv run pytest < pyproject.toml'],
    ['uv sync --frozen < uv.lock'],
  ],
  poetry: [
    { 'pyproject.toml': 'dev = ["pytest>=8"]\n', 'poetry.lock': '' },
    ['poetry run pytest < pyproject.toml'],
    ['poetry install < poetry.lock'],
  ],
  'pip, into an environment that git ignores': [
    { 'requirements.txt': 'flask\n', 'requirements-dev.txt': 'pytest==8\n', '.gitignore': 'dist\n.venv/\n' },
    ['.venv/bin/python -m pytest < requirements-dev.txt'],
    ['python3 -m venv .venv && .venv/bin/pip install -r requirements.txt -r requirements-dev.txt < requirements.txt'],
  ],
  'pip, where it would be a change': [{ 'requirements.txt': 'pytest\n' }, ['python3 -m pytest < requirements.txt']],
  tox: [{ 'tox.ini': '[tox]\nenvlist = py3\n' }, ['tox < tox.ini']],
  'pytest in tox.ini': [{ 'tox.ini': '[pytest]\n[testenv]\n' }, ['python3 -m pytest < tox.ini']],
  'a Python repository without tests': [{ 'pyproject.toml': '[project]\nname = "shop"\n' }, []],
  composer: [
    { 'composer.json': JSON.stringify({ scripts: { test: ['@unit'], lint: '' } }), 'composer.lock': '' },
    ['composer run-script test < composer.json'],
    ['composer install < composer.lock'],
  ],
  phpunit: [{ 'composer.json': '{}', 'phpunit.xml.dist': '' }, ['vendor/bin/phpunit < phpunit.xml.dist']],
  Ruby: [
    { Gemfile: 'source "x"\n  gem "rspec-rails"\n', 'Gemfile.lock': '', '.rubocop.yml': '' },
    ['bundle exec rubocop < .rubocop.yml', 'bundle exec rspec < Gemfile'],
    ['bundle install < Gemfile.lock'],
  ],
  'rake alone': [{ Rakefile: '' }, ['rake < Rakefile']],
  Elixir: [{ 'mix.exs': '' }, ['mix test < mix.exs'], ['mix deps.get < mix.exs']],
  Deno: [
    { 'deno.json': JSON.stringify({ tasks: { test: 'deno test -A' } }) },
    ['deno lint < deno.json', 'deno task test < deno.json'],
  ],
  'Deno with comments in its file': [{ 'deno.jsonc': '{ // yes\n}' }, ['deno lint < deno.jsonc', 'deno test < deno.jsonc']],
  Gradle: [{ gradlew: '', 'build.gradle': '' }, ['./gradlew test < gradlew']],
  Maven: [{ 'pom.xml': '' }, ['mvn test < pom.xml']],
  'two in one repository': [
    { 'go.mod': '', 'package.json': manifest({ lint: 'x', test: 'x' }) },
    ['npm run lint < package.json', 'go vet ./... < go.mod', 'npm test < package.json', 'go test ./... < go.mod'],
  ],
}

test.each(Object.entries(ROWS))('%s', (_name, [texts, checks, setup = []]) => {
  const guessed = guessCommands(files(texts))
  const shown = (all: readonly { command: string; from: string }[]): readonly string[] =>
    all.map(({ command, from }) => `${command} < ${from}`)
  expect([shown(guessed.checks), shown(guessed.setup)]).toEqual([checks, setup])
})

test('never more than a handful', () => {
  const all = files(Object.fromEntries(NAMED.map((name) => [name, name === 'package.json' ? manifest(USUAL) : ''])))
  expect(guessCommands(all).checks.length).toBeLessThanOrEqual(6)
})

const EVIL = 'test; rm -rf ~ $(id) `id` && "\n'
const HOSTILE: Readonly<Record<string, string>> = {
  'broken JSON': '{"scripts": {',
  'a list': '[]',
  'a number': '7',
  null: 'null',
  'scripts that are a list': '{"scripts": ["test"]}',
  'scripts that are text': '{"scripts": "test"}',
  'a script that is no text': '{"scripts": {"test": {"lint": 1}}}',
  __proto__: '{"__proto__": {"scripts": {"test": "x"}}, "scripts": {"__proto__": {"test": "x"}}}',
  constructor: '{"scripts": {"constructor": "x", "toString": "x"}}',
  'names of scripts with shell in them': JSON.stringify({ scripts: { [EVIL]: 'x', [`lint ${EVIL}`]: 'x' } }),
  'only line breaks': '\n'.repeat(250_000),
  'only blanks': ' '.repeat(250_000),
}

test.each(Object.entries(HOSTILE))('%s suggests nothing', (_name, text) => {
  expect(guessCommands(files({ 'package.json': text, 'composer.json': text }))).toEqual({ checks: [], setup: [] })
  const lines = { 'Cargo.toml': text, 'pyproject.toml': text, 'tox.ini': text, 'setup.cfg': text, Gemfile: text, Makefile: text }
  expect(guessCommands(files({ ...lines, '.gitignore': text })).checks.map((one) => one.command)).toEqual(['cargo test'])
})

test('an endless script is none that anybody wrote', () => {
  const text = JSON.stringify({ scripts: { test: 'ng test '.repeat(30_000) } })
  expect(guessCommands(files({ 'package.json': text })).checks).toEqual([])
})

test('a package manager with shell in its name is none', () => {
  const odd = manifest({ test: 'x' }, { packageManager: 'npm;id@1' })
  expect(guessCommands(files({ 'package.json': odd })).checks).toEqual([{ command: 'npm test', from: 'package.json' }])
})

test('targets of a Makefile never reach a command by their own words', () => {
  const { checks } = guessCommands(files({ Makefile: 'lint;id $(id): x\ntest`id`:\n\ttrue\n' }))
  expect(checks).toEqual([])
})

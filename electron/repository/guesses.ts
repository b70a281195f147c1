/** What the guesses are made from and of. Which files are looked at is said here, so that no other is read. Pure. */

import type { Guess } from '../../shared/model/found.ts'

/** The files in a repository's main folder, as far as they are looked at. */
export type RootFiles = {
  /** True when there is a file of this name. */
  has(name: Named): boolean
  /** Null when there is none, or it is too large or odd to be read. */
  text(name: Read): string | null
}

/** What a check is for, quickest first: the order in which checks are proposed. */
export const PURPOSES = ['lint', 'types', 'build', 'test'] as const
export type Suggested = Guess & { readonly purpose: (typeof PURPOSES)[number] }
export type Guesses = { readonly checks: readonly Suggested[]; readonly setup: readonly Guess[] }

export const NO_GUESSES: Guesses = { checks: [], setup: [] }

/** Files whose text is read. */
export const READ = [
  'package.json',
  'deno.json',
  'deno.jsonc',
  'GNUmakefile',
  'makefile',
  'Makefile',
  'Cargo.toml',
  'pyproject.toml',
  'tox.ini',
  'setup.cfg',
  'requirements.txt',
  'requirements-dev.txt',
  'composer.json',
  'Gemfile',
  '.gitignore',
] as const
type Read = (typeof READ)[number]

/** Files that say something by being there. */
export const NAMED = [
  ...READ,
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  '.yarnrc.yml',
  'bun.lock',
  'bun.lockb',
  'go.mod',
  'uv.lock',
  'poetry.lock',
  'Pipfile.lock',
  'pytest.ini',
  'ruff.toml',
  '.ruff.toml',
  'composer.lock',
  'phpunit.xml',
  'phpunit.xml.dist',
  'Gemfile.lock',
  'Rakefile',
  '.rspec',
  '.rubocop.yml',
  'mix.exs',
  '.formatter.exs',
  'gradlew',
  'build.gradle',
  'build.gradle.kts',
  'mvnw',
  'pom.xml',
  'Package.swift',
] as const
export type Named = (typeof NAMED)[number]

/** Takes text that may be anything; gives the object it holds as JSON, or null. */
export function objectIn(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object under a key of its own, or an empty one. */
export function objectAt(object: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return isObject(value) ? value : {}
}

/** The text under a key of its own, or an empty one. */
export function textAt(object: Readonly<Record<string, unknown>>, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return typeof value === 'string' ? value : ''
}

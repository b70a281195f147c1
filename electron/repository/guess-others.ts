/** What the files of the other ecosystems suggest: one function each, all of them short. Pure. */

import { NO_GUESSES, objectAt, objectIn, type Guesses, type Named, type RootFiles, type Suggested } from './guesses.ts'

function test(command: string, from: Named): Suggested {
  return { purpose: 'test', command, from }
}

export function guessRust(files: RootFiles): Guesses {
  const manifest = files.text('Cargo.toml')
  if (manifest === null) return NO_GUESSES
  const command = /^[ \t]*\[workspace\]/mu.test(manifest) ? 'cargo test --workspace' : 'cargo test'
  return { checks: [test(command, 'Cargo.toml')], setup: [] }
}

export function guessGo(files: RootFiles): Guesses {
  if (!files.has('go.mod')) return NO_GUESSES
  return { checks: [{ purpose: 'lint', command: 'go vet ./...', from: 'go.mod' }, test('go test ./...', 'go.mod')], setup: [] }
}

export function guessPhp(files: RootFiles): Guesses {
  const manifest = objectIn(files.text('composer.json'))
  if (manifest === null) return NO_GUESSES
  const scripts = objectAt(manifest, 'scripts')
  // A script of composer may also be a list.
  const named = (['lint', 'test'] as const).filter((name) => Object.hasOwn(scripts, name) && isScript(scripts[name]))
  const checks: Suggested[] = named.map((name) => ({
    purpose: name,
    command: `composer run-script ${name}`,
    from: 'composer.json',
  }))
  const phpunit = (['phpunit.xml', 'phpunit.xml.dist'] as const).find((name) => files.has(name))
  if (!named.includes('test') && phpunit !== undefined) checks.push(test('vendor/bin/phpunit', phpunit))
  return { checks, setup: files.has('composer.lock') ? [{ command: 'composer install', from: 'composer.lock' }] : [] }
}

function isScript(value: unknown): boolean {
  return (typeof value === 'string' && value.trim() !== '') || (Array.isArray(value) && value.length > 0)
}

export function guessRuby(files: RootFiles): Guesses {
  const gemfile = files.text('Gemfile')
  if (gemfile === null) return files.has('Rakefile') ? { checks: [test('rake', 'Rakefile')], setup: [] } : NO_GUESSES
  const checks: Suggested[] = []
  if (files.has('.rubocop.yml')) checks.push({ purpose: 'lint', command: 'bundle exec rubocop', from: '.rubocop.yml' })
  if (files.has('.rspec')) checks.push(test('bundle exec rspec', '.rspec'))
  else if (/^[ \t]*gem\s+["']rspec/mu.test(gemfile)) checks.push(test('bundle exec rspec', 'Gemfile'))
  else if (files.has('Rakefile')) checks.push(test('bundle exec rake', 'Rakefile'))
  return { checks, setup: files.has('Gemfile.lock') ? [{ command: 'bundle install', from: 'Gemfile.lock' }] : [] }
}

export function guessMix(files: RootFiles): Guesses {
  if (!files.has('mix.exs')) return NO_GUESSES
  const format: readonly Suggested[] = files.has('.formatter.exs')
    ? [{ purpose: 'lint', command: 'mix format --check-formatted', from: '.formatter.exs' }]
    : []
  return { checks: [...format, test('mix test', 'mix.exs')], setup: [{ command: 'mix deps.get', from: 'mix.exs' }] }
}

export function guessGradle(files: RootFiles): Guesses {
  if (files.has('gradlew')) return { checks: [test('./gradlew test', 'gradlew')], setup: [] }
  const build = (['build.gradle', 'build.gradle.kts'] as const).find((name) => files.has(name))
  return build === undefined ? NO_GUESSES : { checks: [test('gradle test', build)], setup: [] }
}

export function guessMaven(files: RootFiles): Guesses {
  if (!files.has('pom.xml')) return NO_GUESSES
  return { checks: [files.has('mvnw') ? test('./mvnw test', 'mvnw') : test('mvn test', 'pom.xml')], setup: [] }
}

export function guessSwift(files: RootFiles): Guesses {
  return files.has('Package.swift') ? { checks: [test('swift test', 'Package.swift')], setup: [] } : NO_GUESSES
}

import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeClaudeHome, makeUntrustedClaudeHome, scrub } from './claude-home.ts'

let folder: string

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-home-test-')))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

async function settingsOf(config: string): Promise<unknown> {
  return JSON.parse(await readFile(join(config, '.claude.json'), 'utf8'))
}

test('nothing of another Claude, git or telemetry set-up is inherited', () => {
  const foreign = [
    'CLAUDECODE',
    'CLAUDE_CODE_CHILD_SESSION',
    'CLAUDE_PID',
    'ANTHROPIC_MODEL',
    'GIT_DIR',
    'AI_AGENT',
    'OTEL_LOGS_EXPORTER',
  ]
  const inherited = Object.fromEntries(
    [...foreign, 'PATH', 'LANG', 'GITHUB_ACTIONS', 'XDG_RUNTIME_DIR'].map((name) => [name, 'x']),
  )
  expect(Object.keys(scrub(inherited))).toEqual(['PATH', 'LANG', 'GITHUB_ACTIONS', 'XDG_RUNTIME_DIR'])
})

test('the home approves its own key and trusts the given repositories only', async () => {
  const { config, env } = await makeClaudeHome({ folder, model: 'http://127.0.0.1:1', repositories: [folder] })
  expect(env).toMatchObject({ HOME: join(folder, 'home'), CLAUDE_CONFIG_DIR: config, ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' })
  expect(await settingsOf(config)).toMatchObject({
    hasCompletedOnboarding: true,
    customApiKeyResponses: { approved: [env['ANTHROPIC_API_KEY']?.slice(-20)] },
    projects: { [folder]: { hasTrustDialogAccepted: true } },
  })
})

test('an untrusted home trusts nothing', async () => {
  const { config } = await makeUntrustedClaudeHome({ folder, model: 'http://127.0.0.1:1' })
  expect(await settingsOf(config)).toMatchObject({ hasCompletedOnboarding: true, projects: {} })
})

test('what the test lays over the environment wins', async () => {
  const { env } = await makeUntrustedClaudeHome({ folder, model: 'http://127.0.0.1:1', env: { DISABLE_TELEMETRY: '' } })
  expect(env['DISABLE_TELEMETRY']).toBe('')
})

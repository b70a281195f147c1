/**
 * A private home for the real Claude Code: its own HOME, configuration folder and git identity in a folder of the
 * test's choosing, and the environment that runs the pinned CLI against a scripted model. Reads no configuration.
 */
import { mkdir, realpath, writeFile } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'

const MODULES = resolve(import.meta.dirname, '../../node_modules')

/** Where npm puts the pinned `claude` (and the `node` of this repository). */
const BIN = join(MODULES, '.bin')

/** The pinned Claude Code CLI: always a native executable. */
export const CLAUDE =
  process.platform === 'win32' ? join(MODULES, '@anthropic-ai/claude-code/bin/claude.exe') : join(BIN, 'claude')

const API_KEY = 'sk-ant-api03-scripted-model-accepts-any-key-000000000000'

/** Names that would let the machine's own Claude, git or telemetry settings reach the CLI. */
const FOREIGN = /^(CLAUDE|ANTHROPIC|GIT_|OTEL_|XDG_\w+_HOME$|AI_AGENT$)/i

export type ClaudeHome = {
  /** HOME */
  readonly home: string
  /** CLAUDE_CONFIG_DIR: `sessions/`, `projects/`, `.claude.json` */
  readonly config: string
  /** Everything the CLI, or a Sluice that starts it, should be given as its environment. */
  readonly env: Readonly<Record<string, string>>
}

export type ClaudeHomePlan = {
  /** A folder of the test's own; `home` is made inside it. */
  readonly folder: string
  /** The scripted model's `url`. */
  readonly model: string
  /** Main checkouts whose trust dialog counts as answered; their worktrees inherit it. They must exist. */
  readonly repositories: readonly string[]
  /** Laid over the environment last. */
  readonly env?: Readonly<Record<string, string>>
}

/** A home in which `claude` reaches its prompt without a dialog in the given repositories. */
export async function makeClaudeHome(plan: ClaudeHomePlan): Promise<ClaudeHome> {
  const trusted = await Promise.all(plan.repositories.map((repository) => realpath(repository)))
  return furnish(plan, Object.fromEntries(trusted.map((path) => [path, { hasTrustDialogAccepted: true }])))
}

/** A home in which `claude` asks, in every folder, whether the folder is trusted. */
export function makeUntrustedClaudeHome(plan: Omit<ClaudeHomePlan, 'repositories'>): Promise<ClaudeHome> {
  return furnish(plan, {})
}

/** The inherited environment without anything that belongs to another Claude, git or telemetry set-up. */
export function scrub(inherited: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(inherited).filter(([name]) => !FOREIGN.test(name))
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

async function furnish(plan: Omit<ClaudeHomePlan, 'repositories'>, projects: object): Promise<ClaudeHome> {
  const home = join(plan.folder, 'home')
  const config = join(home, '.claude')
  await mkdir(config, { recursive: true })
  const settings = {
    hasCompletedOnboarding: true,
    hasSeenAutoDefaultNotice: true,
    theme: 'dark',
    customApiKeyResponses: { approved: [API_KEY.slice(-20)], rejected: [] },
    projects,
  }
  const profile = `PATH="${BIN}:$PATH"\nexport PATH\n`
  await Promise.all([
    writeFile(join(config, '.claude.json'), JSON.stringify(settings)),
    writeFile(join(home, '.gitconfig'), GIT_CONFIG),
    writeFile(join(home, '.profile'), profile),
    writeFile(join(home, '.zprofile'), profile),
  ])
  return { home, config, env: { ...environment(home, config, plan.model), ...plan.env } }
}

const GIT_CONFIG = `[user]
\tname = Ada Tester
\temail = ada@example.com
[init]
\tdefaultBranch = main
[commit]
\tgpgSign = false
`

function environment(home: string, config: string, model: string): Record<string, string> {
  const inherited = scrub(process.env)
  return {
    ...inherited,
    PATH: [BIN, inherited['PATH']].filter((part) => part !== undefined).join(delimiter),
    HOME: home,
    USERPROFILE: home,
    CLAUDE_CONFIG_DIR: config,
    ANTHROPIC_BASE_URL: model,
    ANTHROPIC_API_KEY: API_KEY,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  }
}

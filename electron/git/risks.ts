/** What a repository could run on this computer, found by reading its files and settings only. Nothing of it is run. */

import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { brief, claudeRisks } from './claude-risks.ts'
import { lastWords } from './failure.ts'
import { gitDirOf } from './places.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'

/** Plain sentences for the trust question; empty when nothing was found. */
export async function risks(git: Git, checkout: Checkout): Promise<readonly string[]> {
  const [settings, hooks, files] = await Promise.all([inSettings(git, checkout), inHooks(checkout), inFiles(checkout.path)])
  return [...hooks, ...settings, ...files]
}

export type Setting = { readonly key: string; readonly value: string }

/** The settings that the repository itself brings; the user's own are not its doing. */
async function inSettings(git: Git, checkout: Checkout): Promise<readonly string[]> {
  const ended = await read(git, { ...checkout, trusted: false }, command('config', '--list', '-z', '--show-scope'))
  if (ended.code !== 0) return [`Its settings could not be read: ${lastWords(ended.stderr)}`]
  const fields = fieldsOf(ended.stdout).map(String)
  const own: Setting[] = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [scope, entry] = [fields[at]!, fields[at + 1]!]
    const line = entry.indexOf('\n')
    const setting = line === -1 ? { key: entry, value: '' } : { key: entry.slice(0, line), value: entry.slice(line + 1) }
    if (scope === 'local' || scope === 'worktree') own.push(setting)
  }
  return settingRisks(own)
}

type Rule = readonly [key: RegExp, sentence: (name: string, value: string) => string | null]

const isNo = (value: string): boolean => ['', 'false', 'no', 'off', '0'].includes(value.toLowerCase())
const isYes = (value: string): boolean => ['true', 'yes', 'on', '1'].includes(value.toLowerCase())

const RULES: readonly Rule[] = [
  [
    /^core\.fsmonitor$/u,
    (_, value) =>
      isNo(value) || isYes(value) ? null : `Git would run “${value}” whenever it looks for changes (core.fsmonitor).`,
  ],
  [
    /^core\.hookspath$/u,
    (_, value) => (value === '' || value === '/dev/null' ? null : `Git would run the hooks in “${value}” (core.hooksPath).`),
  ],
  [/^hook\.(.+)\.command$/u, (name, value) => `Git would run “${value}” as a hook (hook.${name}.command).`],
  [
    /^filter\.(.+)\.(?:clean|smudge|process)$/u,
    (name, value) => (value === '' ? null : `Files pass through the filter “${name}”: “${value}”.`),
  ],
  [/^diff\.external$/u, (_, value) => (value === '' ? null : `Git would show differences with “${value}” (diff.external).`)],
  [/^diff\.(.+)\.(?:command|textconv)$/u, (name, value) => `Git would show “${name}” files with “${value}”.`],
  [/^merge\.(.+)\.driver$/u, (name, value) => `Git would merge “${name}” files with “${value}”.`],
  [
    /^(?:difftool|mergetool|browser|man|guitool)\.(.+)\.(?:cmd|path)$/u,
    (name, value) => `It sets a tool of its own, “${name}”: “${value}”.`,
  ],
  [/^gpg\.(?:(.+)\.)?(?:program|defaultkeycommand)$/u, (_, value) => `Git would sign and verify with “${value}”.`],
  [/^core\.(?:sshcommand|gitproxy|askpass)$/u, (_, value) => `Git would reach other computers through “${value}”.`],
  [/^core\.(?:editor|pager|alternaterefscommand)$/u, (_, value) => `Git would run “${value}” as its editor, pager or helper.`],
  [
    /^(?:sequence\.editor|pager\..+|interactive\.difffilter)$/u,
    (_, value) => (isNo(value) || isYes(value) ? null : `Git would run “${value}” as its editor or pager.`),
  ],
  [
    /^credential\.(?:(.+)\.)?helper$/u,
    (_, value) => (value === '' ? null : `Git would ask “${value}” for passwords (credential.helper).`),
  ],
  [/^alias\.(.+)$/u, (name, value) => (value.startsWith('!') ? `“git ${name}” would run “${value.slice(1)}” (alias).` : null)],
  [/^include(?:if\..+)?\.path$/u, (_, value) => `It takes further settings from the file “${value}” (include).`],
  [
    /^core\.(?:worktree|attributesfile|excludesfile)$/u,
    (_, value) => `Its settings point to “${value}”, outside of git's own folder.`,
  ],
  [
    /^submodule\.(.+)\.update$/u,
    (name, value) => (value.startsWith('!') ? `Updating the submodule “${name}” would run “${value.slice(1)}”.` : null),
  ],
  [
    /^remote\.(.+)\.(?:uploadpack|receivepack|vcs|proxy)$/u,
    (name, value) => `Git would reach the remote “${name}” through “${value}”.`,
  ],
  [
    /^remote\.(.+)\.(?:url|pushurl)$/u,
    (name, value) => (/^[a-z0-9]+::/iu.test(value) ? `The remote “${name}” is reached through a command: “${value}”.` : null),
  ],
  [
    /^(?:uploadpack\.packobjectshook|trailer\..+\.(?:command|cmd)|(?:tar)\..+\.command)$/u,
    (_, value) => `Git would run “${value}” for one of its tasks.`,
  ],
  [
    /^remote\.(.+)\.promisor$/u,
    (name, value) => (isYes(value) ? `Parts of its history are fetched from “${name}” when they are needed.` : null),
  ],
]

/** The sentences for settings of a repository. Pure. */
export function settingRisks(settings: readonly Setting[]): readonly string[] {
  const sentences = new Set<string>()
  for (const { key, value } of settings) {
    for (const [pattern, sentence] of RULES) {
      const match = pattern.exec(key)
      const text = match === null ? null : sentence(match[1] ?? key, brief(value))
      if (text !== null) sentences.add(text)
    }
  }
  return [...sentences]
}

async function inHooks({ path }: Checkout): Promise<readonly string[]> {
  const gitDir = await gitDirOf(path)
  if (gitDir === null) return []
  const names = await readdir(join(gitDir.common, 'hooks')).catch(() => [])
  const hooks = names.filter((name) => !name.endsWith('.sample')).sort()
  return hooks.length === 0 ? [] : [`It has git hooks: ${hooks.map(brief).join(', ')}.`]
}

const CLAUDE_SETTINGS = ['.claude/settings.json', '.claude/settings.local.json']
async function inFiles(root: string): Promise<readonly string[]> {
  const sentences: string[] = []
  for (const name of CLAUDE_SETTINGS) {
    const settings = await json(join(root, name))
    if (settings === 'unreadable')
      sentences.push(`Its Claude Code settings in ${name} could not be read; they may name commands.`)
    if (typeof settings === 'object') sentences.push(...claudeRisks(settings, name))
  }
  const tools = await json(join(root, '.mcp.json'))
  if (tools === 'unreadable') sentences.push('Its .mcp.json could not be read; it may start tool servers.')
  const servers = typeof tools === 'object' ? tools['mcpServers'] : null
  const names = typeof servers === 'object' && servers !== null ? Object.keys(servers).map(brief) : []
  if (names.length > 0) sentences.push(`It brings tool servers for Claude Code (.mcp.json): ${names.join(', ')}.`)
  if ((await stat(join(root, '.gitmodules')).catch(() => null)) !== null)
    sentences.push('It has submodules: repositories inside it, with settings of their own.')
  return sentences
}

/** A small JSON object, `absent`, or `unreadable`. Waits for no pipe and reads no large file. */
async function json(path: string): Promise<Readonly<Record<string, unknown>> | 'absent' | 'unreadable'> {
  const entry = await stat(path).catch(() => null)
  if (entry === null) return 'absent'
  if (!entry.isFile() || entry.size > 1_000_000) return 'unreadable'
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

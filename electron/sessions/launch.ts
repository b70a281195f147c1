/** How Claude Code is started for a session: arguments, settings and environment. Pure. */

import { join } from 'node:path'
import type { PermissionMode } from '../../shared/model/session.ts'

export type Launch = {
  readonly name: string
  readonly permissionMode: PermissionMode
  readonly model: string | null
  /** Where the hooks and the status line of this session write. */
  readonly ledger: string
  /** The user's own status line command, which ours runs and shows; null when there is none. */
  readonly userStatusLine: string | null
  readonly conversation:
    { readonly kind: 'new'; readonly id: string; readonly prompt: string } | { readonly kind: 'resume'; readonly id: string }
}

/** What the forwarders write, under the ledger folder of the session. */
export const METER_FILE = 'meter.json'
export const HOOKS_FILE = 'hooks.jsonl'

/** Quotes a text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Which hooks we listen to, and no more: each one costs a process. */
const HOOKS = ['SessionStart', 'UserPromptSubmit', 'Stop', 'StopFailure', 'SessionEnd'] as const

/**
 * The settings that go with `--settings`: they merge with the user's and are written nowhere.
 * Both forwarders stay silent and succeed when the folder is gone, so a session outlives Sluice without a message in its terminal.
 */
export function launchSettings({ ledger, userStatusLine }: Pick<Launch, 'ledger' | 'userStatusLine'>): string {
  const hooks = shellWord(join(ledger, HOOKS_FILE))
  const meter = shellWord(join(ledger, METER_FILE))
  const chained = userStatusLine === null ? '' : `; printf '%s' "$j" | sh -c ${shellWord(userStatusLine)}`
  const forward = { type: 'command', command: `{ cat; echo; } 2>/dev/null >>${hooks} || :`, async: true, timeout: 10 }
  return JSON.stringify({
    statusLine: {
      type: 'command',
      command: `j=$(cat); { printf '%s' "$j" >${meter}.$$ && mv -f ${meter}.$$ ${meter}; } 2>/dev/null${chained}`,
      padding: 0,
    },
    hooks: Object.fromEntries(HOOKS.map((hook) => [hook, [{ hooks: [forward] }]])),
  })
}

/** The arguments of `claude`. The prompt comes last and after `--`, so that it is never read as an option. */
export function launchArguments(launch: Launch): readonly string[] {
  const { conversation } = launch
  return [
    ...(conversation.kind === 'new' ? ['--session-id', conversation.id] : ['--resume', conversation.id]),
    '--name',
    launch.name,
    '--permission-mode',
    launch.permissionMode,
    ...(launch.model === null ? [] : ['--model', launch.model]),
    '--settings',
    launchSettings(launch),
    ...(conversation.kind === 'new' ? ['--', conversation.prompt] : []),
  ]
}

/** Takes the user's environment; gives what the session's process gets. */
export function launchEnvironment(
  env: Readonly<Record<string, string>>,
  session: { readonly name: string; readonly dataDir: string },
): Record<string, string> {
  return { ...env, TERM: 'xterm-256color', COLORTERM: 'truecolor', SLUICE_SESSION: session.name, SLUICE_DATA: session.dataDir }
}

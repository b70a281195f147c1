/** How Claude Code is started for a session: arguments, settings and environment. Pure. */

import { join } from 'node:path'
import type { PermissionMode } from '../../shared/model/session.ts'
import { ANSWERED, ONLY_IN_TERMINAL } from './hook-facts.ts'
import type { UserStatusLine } from './status-line.ts'

export type Launch = {
  readonly name: string
  readonly permissionMode: PermissionMode
  readonly model: string | null
  /** It may read and not write. */
  readonly research: boolean
  /** Where the hooks and the status line of this session write. */
  readonly ledger: string
  /** The user's own status line, which ours runs and shows; null when there is none. */
  readonly userStatusLine: UserStatusLine | null
  /** The pid of this process: a hook that waits for its answer ends with it. */
  readonly host: number
  readonly conversation:
    | { readonly kind: 'new'; readonly id: string; readonly prompt: string | null }
    | { readonly kind: 'resume'; readonly id: string; readonly prompt: string | null }
    /** A copy of the conversation `of`, which goes on under a new id. */
    | { readonly kind: 'fork'; readonly of: string; readonly id: string; readonly prompt: string | null }
}

/** What the forwarders write, under the ledger folder of the session. */
export const METER_FILE = 'meter.json'
export const HOOKS_FILE = 'hooks.jsonl'

/** Quotes a text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** A permission that is asked for, and beside it the answer, as the hook and Sluice hand them to each other. */
export const ASK_PREFIX = 'ask.'
export const ANSWER_SUFFIX = '.answer'

/** Which hooks we listen to, and no more: each one costs a process. None of them runs for a tool that needs no permission. */
const HOOKS = ['SessionStart', 'UserPromptSubmit', 'Notification', 'Stop', 'StopFailure', 'SessionEnd'] as const

/** Claude Code ends a hook after so long. */
export const PERMISSION_TIMEOUT_S = 600
const LOOKS_A_SECOND = 5

/**
 * Writes the request down, says so, and waits for the answer. It ends without a decision when Sluice takes the request away,
 * when Sluice or the folder is gone, and in the end by itself; never with a word in the terminal.
 */
function askingCommand(ledger: string, host: number): string {
  const say = (event: string): string =>
    `printf '{"hook_event_name":"${event}","session_id":"","ask":"%s"}\\n' "\${f##*/}" >>"$d/${HOOKS_FILE}"`
  return [
    `{ umask 077; d=${shellWord(ledger)}`,
    `f=$(mktemp "$d/${ASK_PREFIX}XXXXXXXX") || { cat >/dev/null; exit 0; }`,
    `a=$f${ANSWER_SUFFIX}; trap 'rm -f "$f" "$a"' EXIT; trap 'exit 0' HUP INT TERM`,
    `cat >"$f" && ${say('PermissionRequest')} || exit 0`,
    `n=0; while [ $n -lt ${PERMISSION_TIMEOUT_S * LOOKS_A_SECOND} ] && [ -f "$f" ] && kill -0 ${host}; do`,
    `if [ -f "$a" ]; then cat "$a"; ${say(ANSWERED)}; break; fi`,
    `n=$((n+1)); sleep ${1 / LOOKS_A_SECOND}; done; exit 0; } 2>/dev/null`,
  ].join('\n')
}

/**
 * Holds in every permission mode: the user may leave plan mode with a key, the files stay as they are all the same. The names take
 * the tools away; the path makes Claude Code refuse the shell commands that write too (measured with 2.1.329: else it accepts them).
 */
const READ_ONLY = {
  deny: ['Edit', 'Write', 'NotebookEdit', 'Edit(//**)'],
  disableBypassPermissionsMode: 'disable',
}

/**
 * The settings that go with `--settings`: they merge with the user's and are written nowhere.
 * All forwarders stay silent and succeed when the folder is gone, so a session outlives Sluice without a message in its terminal.
 */
export function launchSettings({
  ledger,
  userStatusLine,
  host,
  research,
}: Pick<Launch, 'ledger' | 'userStatusLine' | 'host'> & { readonly research?: boolean }): string {
  const hooks = shellWord(join(ledger, HOOKS_FILE))
  const meter = shellWord(join(ledger, METER_FILE))
  const chained = userStatusLine === null ? '' : `; printf '%s' "$j" | sh -c ${shellWord(userStatusLine.command)}`
  // Read as a whole before it is written, so that two hooks at once do not mix their lines.
  const told = `j=$(cat); { umask 077; printf '%s\\n' "$j" >>${hooks}; } 2>/dev/null || :`
  const forward = { type: 'command', command: told, async: true, timeout: 10 }
  const ask = { type: 'command', command: askingCommand(ledger, host), timeout: PERMISSION_TIMEOUT_S }
  return JSON.stringify({
    ...(research === true ? { permissions: READ_ONLY } : {}),
    statusLine: {
      type: 'command',
      command: `j=$(cat); ( umask 077; printf '%s' "$j" >${meter}.$$ && mv -f ${meter}.$$ ${meter} ) 2>/dev/null${chained}`,
      padding: userStatusLine?.padding ?? 0,
      ...(userStatusLine?.refreshInterval === undefined ? {} : { refreshInterval: userStatusLine.refreshInterval }),
    },
    hooks: {
      ...Object.fromEntries(HOOKS.map((hook) => [hook, [{ hooks: [forward] }]])),
      PermissionRequest: [
        { matcher: `^(?!(${ONLY_IN_TERMINAL.join('|')})$)`, hooks: [ask] },
        { matcher: ONLY_IN_TERMINAL.join('|'), hooks: [forward] },
      ],
    },
  })
}

function conversationArguments(conversation: Launch['conversation']): readonly string[] {
  if (conversation.kind === 'new') return ['--session-id', conversation.id]
  if (conversation.kind === 'resume') return ['--resume', conversation.id]
  return ['--resume', conversation.of, '--fork-session', '--session-id', conversation.id]
}

/** The arguments of `claude`. The prompt comes last and after `--`, so that it is never read as an option. */
export function launchArguments(launch: Launch): readonly string[] {
  const { conversation } = launch
  return [
    ...conversationArguments(conversation),
    '--name',
    launch.name,
    '--permission-mode',
    launch.permissionMode,
    ...(launch.model === null ? [] : ['--model', launch.model]),
    '--settings',
    launchSettings(launch),
    ...(conversation.prompt === null ? [] : ['--', conversation.prompt]),
  ]
}

/** Takes the user's environment; gives what the session's process gets. */
export function launchEnvironment(
  env: Readonly<Record<string, string>>,
  session: { readonly name: string; readonly dataDir: string; readonly port: number | null; readonly classic?: boolean },
): Record<string, string> {
  return {
    ...env,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    SLUICE_SESSION: session.name,
    SLUICE_DATA: session.dataDir,
    ...(session.port === null ? {} : { SLUICE_PORT: String(session.port) }),
    // Else what the user's own environment says holds.
    ...(session.classic === true ? { CLAUDE_CODE_DISABLE_ALTERNATE_SCREEN: '1' } : {}),
  }
}

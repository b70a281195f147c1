/** What the hooks of one run of Claude Code told so far, as a fold. Pure. Hooks miss interrupts, denials and approvals: the status file goes first. */

import type { BackgroundTask } from '../../shared/model/session.ts'
import type { Hook } from './ledger.ts'
import { inert, shortened } from './wording.ts'

export type HookFacts = {
  /** False: nothing was heard of this run, or the user has turned hooks off. */
  readonly heard: boolean
  readonly turn: 'none' | 'running' | 'ended'
  /** The prompt whose turn has ended: hooks are processes of their own, and may be heard in another order. */
  readonly endedPrompt: string | null
  /** What a dialog asks for, as far as hooks tell. */
  readonly asks: 'permission' | 'question' | null
  /** What went on when its last turn ended. */
  readonly background: readonly BackgroundTask[]
  /** True once its status was “shell” since its last prompt: from then on the status tells when that is over. */
  readonly shellSeen: boolean
  /** True when its last turn ended at a limit of the API. */
  readonly limited: boolean
  /** True once it said that it ends: its status file goes before its process does. */
  readonly ending: boolean
}

export const NO_HOOKS: HookFacts = {
  heard: false,
  turn: 'none',
  endedPrompt: null,
  asks: null,
  background: [],
  shellSeen: false,
  limited: false,
  ending: false,
}

export const SUBAGENT = 'subagent'
export const QUESTION_TOOL = 'AskUserQuestion'
/** What only its own dialog can answer: a hook's “allow” is passed over (measured with 2.1.329). */
export const ONLY_IN_TERMINAL = [QUESTION_TOOL, 'ExitPlanMode'] as const
/** What our own hook writes when it has given an answer of the user's to Claude Code. */
export const ANSWERED = 'PermissionAnswered'

function tasksOf({ background_tasks: tasks }: Hook): readonly BackgroundTask[] {
  return (tasks ?? [])
    .filter(({ status }) => status === undefined || status === 'running')
    .map(({ type, description }) => ({ type: inert(type), description: shortened(inert(description), 200) }))
}

/** Takes what was told before and the next hook; gives what is told now. */
export function hookFacts(told: HookFacts, hook: Hook): HookFacts {
  const before = { ...told, heard: true }
  switch (hook.hook_event_name) {
    case 'SessionStart':
      // A conversation is compacted in the middle of a turn.
      if (hook.source === 'compact') return before
      return { ...NO_HOOKS, heard: true, background: hook.source === 'clear' ? told.background : [] }
    case 'SessionEnd':
      return hook.reason === 'clear' ? before : { ...before, ending: true }
    case 'UserPromptSubmit':
      if (hook.prompt_id !== undefined && hook.prompt_id === told.endedPrompt) return before
      return { ...before, turn: 'running', asks: null, shellSeen: false, limited: false }
    case 'PermissionRequest':
      if (hook.agent_id !== undefined) return before
      return { ...before, turn: 'running', asks: hook.tool_name === QUESTION_TOOL ? 'question' : 'permission' }
    case ANSWERED:
      return { ...before, asks: null }
    case 'Notification':
      if (hook.notification_type === 'permission_prompt') return { ...before, asks: told.asks ?? 'permission' }
      if (hook.notification_type === 'idle_prompt') return { ...before, turn: 'ended', asks: null }
      return before
    case 'Stop':
      return {
        ...before,
        turn: 'ended',
        endedPrompt: hook.prompt_id ?? null,
        asks: null,
        background: tasksOf(hook),
        limited: false,
      }
    case 'StopFailure':
      return {
        ...before,
        turn: 'ended',
        endedPrompt: hook.prompt_id ?? null,
        asks: null,
        limited: hook.error === 'rate_limit',
      }
    default:
      return before
  }
}

/** Takes what was told before and the status that is seen now: a command in the background has ended when “shell” is over. */
export function statusSeen(told: HookFacts, status: string | undefined): HookFacts {
  if (status === 'shell') return told.shellSeen ? told : { ...told, shellSeen: true }
  if (status === 'idle' && told.shellSeen) return { ...told, shellSeen: false, background: [] }
  return told
}

/** What goes on after the end of the turn. An idle Claude Code has no subagent any more: one keeps it busy. */
export function leftInBackground(told: HookFacts, status: string | undefined): readonly BackgroundTask[] {
  if (told.turn === 'running') return []
  return status === 'idle' || status === 'shell' ? told.background.filter(({ type }) => type !== SUBAGENT) : told.background
}

/**
 * What one session asks of the user: permissions, which can be answered here or in its terminal, and questions, which lead there.
 * What a tool is to be given is kept in memory alone: it may hold secrets.
 */

import { access, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Clock } from '../kit/clock.ts'
import { removeFile } from '../kit/remove-file.ts'
import type { Permission, Question } from '../../shared/model/session.ts'
import { isLive } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SessionFact, SessionRecord } from './facts.ts'
import { ANSWERED, QUESTION_TOOL } from './hook-facts.ts'
import { ANSWER_SUFFIX, PERMISSION_TIMEOUT_S } from './launch.ts'
import type { Hook } from './ledger.ts'
import type { ClaudeStatus, StateAnswer } from './state.ts'
import { inert, permissionLine, permissionText, shortened } from './wording.ts'

export type Permissions = {
  /** The permission that it asks for now. */
  asked(): Permission | undefined
  questions(): readonly Question[] | undefined
  /** True while a subagent waits for us alone: its terminal does not ask until we let go. */
  holds(): boolean
  /** The answer as it is shown: a permission is called by what it is for. Never to be kept. */
  named(answer: StateAnswer): StateAnswer
  /** Whoever answers first has answered; `answered`: somebody has. */
  answer(permission: string, allow: boolean): Promise<Result<void, 'answered'>>
  hear(hook: Hook): void
  /** Somebody types in the terminal: what we hold is asked there. */
  typed(bytes: Uint8Array): void
  /** What the state is now, and the status: what was answered in the terminal goes. */
  settle(answer: StateAnswer, status: ClaudeStatus | null): void
}

export type PermissionsParts = {
  readonly id: string
  /** Where hooks wait for their answers. */
  readonly ledger: string
  readonly clock: Clock
  record(): SessionRecord
  keep(fact: SessionFact): void
  tell(): void
}

/** How long a subagent's request waits for us before its terminal asks (measured with 2.1.329: not while a hook runs). */
export const HOLD_MS = 60_000
/** Not for as long as the hook itself would wait: what it has given up can be answered in the terminal only. */
export const WAIT_MS = PERMISSION_TIMEOUT_S * 1000 - 15_000
/** From letting go to the dialog (measured: up to 0.3 s). */
const LETTING_GO_MS = 1500
const ESC = 0x1b

type Ask = {
  readonly id: string
  readonly tool: string
  readonly text: string
  readonly line: string
  /** Of a subagent: no dialog is open before we let go. */
  readonly agent: boolean
  /** `left`: to be answered in the terminal. */
  readonly phase: 'open' | 'answered' | 'leaving' | 'left'
}

const asking = z.looseObject({
  questions: z.array(z.looseObject({ question: z.string(), options: z.array(z.looseObject({ label: z.string() })).catch([]) })),
})

function questionsOf(hook: Hook): readonly Question[] {
  const read = asking.safeParse(hook.tool_input).data
  return (read?.questions ?? []).map(({ question, options }) => ({
    question: shortened(inert(question), 1000),
    options: options.map(({ label }) => shortened(inert(label), 200)),
  }))
}

function decision(allow: boolean): string {
  const answer = allow ? { behavior: 'allow' } : { behavior: 'deny', message: 'The user does not allow this.' }
  return JSON.stringify({ hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: answer } })
}

export function createPermissions(parts: PermissionsParts): Permissions {
  const { id: session, ledger, clock, keep, tell } = parts
  let asks: readonly Ask[] = []
  let questions: readonly Question[] = []
  let state: StateAnswer['state'] = 'unknown'
  let dialog = false

  const change = (id: string, phase: Ask['phase']): void => {
    asks = asks.map((ask) => (ask.id === id ? { ...ask, phase } : ask))
  }

  /** Its hook ends without a decision. */
  function takeAway({ id }: Ask): void {
    void removeFile(join(ledger, id)).catch(() => undefined)
  }

  /** These are asked no more; `kept`: as somebody answered them in the terminal. */
  function drop(over: (ask: Ask) => boolean, kept: boolean): void {
    const gone = asks.filter(over)
    if (gone.length === 0) return
    asks = asks.filter((ask) => !gone.includes(ask))
    for (const ask of gone) {
      takeAway(ask)
      if (kept && ask.phase !== 'answered') keep({ kind: 'permission-answered', session, tool: ask.tool, by: 'terminal' })
    }
  }

  /** These go to the terminal. That of a subagent has no dialog there until a moment after that. */
  function letGo(over: (ask: Ask) => boolean): void {
    const gone = asks.filter((ask) => ask.phase === 'open' && over(ask))
    for (const ask of gone) {
      takeAway(ask)
      change(ask.id, ask.agent ? 'leaving' : 'left')
      if (ask.agent) clock.after(LETTING_GO_MS, () => leave(ask.id))
    }
    if (gone.length > 0) tell()
  }

  function leave(id: string): void {
    if (!asks.some((ask) => ask.id === id && ask.phase === 'leaving')) return
    change(id, 'left')
    tell()
  }

  /** `id`: where its hook waits; left out where only the terminal can answer. */
  function take(hook: Hook, id?: string): void {
    const tool = inert(shortened(hook.tool_name ?? 'A tool', 100))
    const agent = hook.agent_id !== undefined
    // The terminal asks one thing at a time: what it asked before has been answered there.
    if (!agent) drop((ask) => !ask.agent, true)
    const text = permissionText(tool, hook.tool_input)
    const told = { tool, text, line: permissionLine(tool, text), agent }
    asks = [...asks, id === undefined ? { ...told, id: crypto.randomUUID(), phase: 'left' } : { ...told, id, phase: 'open' }]
    keep({ kind: 'permission-asked', session, tool })
    if (id !== undefined) clock.after(agent ? HOLD_MS : WAIT_MS, () => letGo((ask) => ask.id === id))
  }

  /** Those that can be answered here, the one with a dialog in the terminal first. */
  function open(): readonly Ask[] {
    if (state !== 'needs-permission') return []
    const now = asks.filter(({ phase }) => phase === 'open')
    return [...now.filter(({ agent }) => !agent), ...now.filter(({ agent }) => agent)]
  }

  return {
    asked() {
      const [first, ...more] = open()
      return first && { id: first.id, tool: first.tool, input: first.text, more: more.length }
    },
    questions: () => (state === 'asks' && questions.length > 0 ? questions : undefined),
    holds: () => asks.some(({ agent, phase }) => agent && (phase === 'open' || phase === 'leaving')),
    named(answer) {
      if (answer.state !== 'needs-permission') return answer
      const left = asks.filter(({ phase }) => phase !== 'answered')
      // Which of several the terminal asks first is not told.
      const asked = open()[0] ?? (left.length === 1 ? left[0] : undefined)
      return asked === undefined ? answer : { state: answer.state, waitingFor: asked.line }
    },
    async answer(id, allow) {
      const ask = asks.find((one) => one.id === id && one.phase === 'open')
      if (ask === undefined) return fail('answered', 'This was answered already.')
      // Claimed at once, so that two answers cannot both be given.
      change(id, 'answered')
      const path = join(ledger, id)
      try {
        await access(path)
        await writeFile(`${path}.tmp`, decision(allow), { mode: 0o600 })
        await rename(`${path}.tmp`, `${path}${ANSWER_SUFFIX}`)
      } catch {
        change(id, 'left')
        takeAway(ask)
        tell()
        return fail('answered', 'This can be answered in its terminal only, or was answered there already.')
      }
      keep({ kind: 'permission-answered', session, tool: ask.tool, by: 'sluice', allow })
      tell()
      return ok(undefined)
    },
    hear(hook) {
      const { hook_event_name: event, ask: id } = hook
      if (event === 'PermissionRequest' && hook.tool_name === QUESTION_TOOL) questions = questionsOf(hook)
      else if (event === 'PermissionRequest') take(hook, id)
      else if (event === ANSWERED) drop((ask) => ask.id === id, false)
      else if (event === 'Stop' || event === 'StopFailure') drop(({ agent }) => !agent, true)
    },
    typed(bytes) {
      // Reports of the terminal itself, such as the mouse’s, begin with an escape; keys that matter here do not.
      if (bytes[0] === ESC && bytes.length > 1) return
      letGo(({ agent }) => agent)
    },
    settle(answer, status) {
      const before = { state, dialog }
      state = answer.state
      // Where there is no status, the state is all there is.
      dialog = status?.status === undefined ? state === 'needs-permission' : status.waitingFor === 'permission prompt'
      if (!isLive(state)) return drop(() => true, false)
      if (before.dialog && !dialog) drop(({ agent, phase }) => !agent || phase === 'left', true)
      if (before.state === 'asks' && state !== 'asks') questions = []
      const mayAsk = ['needs-permission', 'working', 'starting', 'unknown'].includes(state)
      if (!mayAsk) drop(({ agent }) => !agent, false)
    },
  }
}

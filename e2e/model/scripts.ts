/**
 * The language of scripts: what a step may say, how steps become assistant turns, and the words to write one.
 * Knows nothing of HTTP, of the Messages API or of the Claude Code CLI beyond its tools' names.
 */
import { z } from 'zod'

const count = z.int().min(0)
const times = z.int().min(1)

const toolCallSchema = z
  .strictObject({ tool: z.string().min(1), input: z.record(z.string(), z.unknown()).default({}) })
  .readonly()

const usageSchema = z
  .strictObject({
    input_tokens: count.optional(),
    output_tokens: count.optional(),
    cache_creation_input_tokens: count.optional(),
    cache_read_input_tokens: count.optional(),
    cache_creation: z
      .strictObject({ ephemeral_5m_input_tokens: count.default(0), ephemeral_1h_input_tokens: count.default(0) })
      .readonly()
      .optional(),
  })
  .readonly()

/** The statuses a script may ask for; others would only test this server. */
export const STATUSES = [400, 401, 403, 404, 413, 429, 500, 503, 529] as const

const stepSchema = z
  .strictObject({
    text: z.string().min(1).optional(),
    thinking: z.string().min(1).optional(),
    tool: z.string().min(1).optional(),
    input: z.record(z.string(), z.unknown()).optional(),
    tools: z.array(toolCallSchema).min(1).readonly().optional(),
    usage: usageSchema.optional(),
    status: z.literal(STATUSES).optional(),
    drop: z.literal(true).optional(),
    times: times.optional(),
    delayMs: count.optional(),
    chunks: times.optional(),
    chunkMs: count.optional(),
  })
  .refine((s) => s.input === undefined || s.tool !== undefined, '“input” needs “tool” beside it')
  .refine((s) => s.tool === undefined || s.tools === undefined, 'use “tool” or “tools”, not both')
  .refine((s) => s.status === undefined || s.drop === undefined, 'use “status” or “drop”, not both')
  .refine((s) => s.times === undefined || s.status !== undefined || s.drop, '“times” needs “status” or “drop” beside it')
  .refine((s) => s.usage?.cache_creation === undefined || writesAgree(s.usage), 'the cache writes do not add up')
  .readonly()

const scriptSchema = z.array(stepSchema).min(1).readonly()

/** One element of a script as a person writes it. */
export type Step = z.input<typeof stepSchema>
export type ToolCall = z.output<typeof toolCallSchema>
export type UsageWish = z.output<typeof usageSchema>

/** What goes wrong, this many times, before a turn is played. */
export type Trouble =
  { readonly kind: 'refuse'; readonly status: number; readonly times: number } | { readonly kind: 'drop'; readonly times: number }

/** One assistant turn: one or more steps of the script, the last of which says or calls something. */
export type Turn = {
  /** Index of the first step that belongs to this turn. */
  readonly from: number
  readonly thinking: string | null
  readonly text: string | null
  readonly tools: readonly ToolCall[]
  readonly usage: UsageWish | null
  readonly troubles: readonly Trouble[]
  readonly delayMs: number
  readonly chunks: number
  readonly chunkMs: number
}

export type Script =
  | { readonly kind: 'script'; readonly steps: readonly Step[]; readonly turns: readonly Turn[] }
  | { readonly kind: 'malformed'; readonly message: string }

/** Checks a value and folds its steps into turns. */
export function readScript(value: unknown): Script {
  const parsed = scriptSchema.safeParse(value)
  if (!parsed.success) return malformed(parsed.error.issues.map(describe).join(' '))
  return { kind: 'script', steps: parsed.data, turns: foldTurns(parsed.data) }
}

export function malformed(message: string): Script {
  return { kind: 'malformed', message: `Script error: ${message}` }
}

/** Prompt text that carries `steps`, with a person's words before it if there are any. */
export function script(steps: readonly Step[], words = ''): string {
  const read = readScript(steps)
  if (read.kind === 'malformed') throw new Error(read.message)
  return `${words === '' ? '' : `${words}\n\n`}run:${JSON.stringify(steps)}`
}

export function say(text: string): Step {
  return { text }
}

export function write(path: string, content: string): Step {
  return { tool: 'Write', input: { file_path: path, content } }
}

export function read(path: string): Step {
  return { tool: 'Read', input: { file_path: path } }
}

/** The CLI refuses to edit a file it has not read in this conversation: put `read` before. */
export function edit(path: string, before: string, after: string): Step {
  return { tool: 'Edit', input: { file_path: path, old_string: before, new_string: after } }
}

export function bash(command: string, description = 'Run a scripted command'): Step {
  return { tool: 'Bash', input: { command, description } }
}

/** A subagent that plays its own script. */
export function agent(description: string, steps: readonly Step[]): Step {
  return { tool: 'Agent', input: { description, prompt: script(steps), subagent_type: 'general-purpose' } }
}

function foldTurns(steps: readonly z.output<typeof stepSchema>[]): readonly Turn[] {
  const turns: Turn[] = []
  let open = emptyTurn(0)
  steps.forEach((step, index) => {
    open = {
      ...open,
      thinking: step.thinking ?? open.thinking,
      text: step.text ?? open.text,
      tools: step.tools ?? (step.tool === undefined ? open.tools : [{ tool: step.tool, input: step.input ?? {} }]),
      usage: step.usage ?? open.usage,
      troubles: [...open.troubles, ...troublesOf(step)],
      delayMs: open.delayMs + (step.delayMs ?? 0),
      chunks: step.chunks ?? open.chunks,
      chunkMs: step.chunkMs ?? open.chunkMs,
    }
    if (open.text === null && open.tools.length === 0) return
    turns.push(open)
    open = emptyTurn(index + 1)
  })
  if (open.from < steps.length) turns.push({ ...open, text: 'Done.' })
  return turns
}

function emptyTurn(from: number): Turn {
  const quiet = { thinking: null, text: null, tools: [], usage: null, troubles: [] }
  return { from, ...quiet, delayMs: 0, chunks: 1, chunkMs: 0 }
}

function troublesOf(step: z.output<typeof stepSchema>): readonly Trouble[] {
  const often = step.times ?? 1
  if (step.status !== undefined) return [{ kind: 'refuse', status: step.status, times: often }]
  return step.drop === undefined ? [] : [{ kind: 'drop', times: often }]
}

function writesAgree(usage: UsageWish): boolean {
  const { cache_creation: split, cache_creation_input_tokens: total } = usage
  if (split === undefined || total === undefined) return true
  return split.ephemeral_5m_input_tokens + split.ephemeral_1h_input_tokens === total
}

function describe(issue: z.core.$ZodIssue): string {
  const [index, ...rest] = issue.path
  const field = rest.length === 0 ? '' : `, “${rest.map(String).join('.')}”`
  return `${typeof index === 'number' ? `step ${index + 1}` : 'the script'}${field}: ${issue.message}.`
}

/**
 * Reads one Messages API request: whose turn it is, which script it carries and how far that script has been played.
 * Pure, and remembers nothing: the conversation itself is the state, so resumed and forked sessions just work.
 */
import { z } from 'zod'
import { malformed, readScript } from './scripts.ts'
import type { Script, Step, Turn } from './scripts.ts'

const blockSchema = z.looseObject({ type: z.string(), text: z.string().optional() })
const messageSchema = z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(blockSchema)]) })

/** The fields this server looks at; everything else passes unread. */
export const requestSchema = z.looseObject({
  model: z.string(),
  messages: z.array(messageSchema),
  stream: z.boolean().optional(),
  output_config: z.looseObject({ format: z.looseObject({ schema: z.unknown() }).optional() }).optional(),
})

export type ModelRequest = z.output<typeof requestSchema>
export type NamedScripts = Readonly<Record<string, readonly Step[]>>

/** What the request asks of us. Only `turn` moves a script forward. */
export type Part =
  | { readonly kind: 'turn'; readonly turn: Turn; readonly step: number }
  | { readonly kind: 'unscripted'; readonly text: string }
  | { readonly kind: 'structured'; readonly schema: unknown }
  | { readonly kind: 'compaction'; readonly rest: readonly Step[] }
  | { readonly kind: 'aside' }

/** Requests that Claude Code makes with the whole conversation and a last message of its own. */
const ASIDES = [/^\[SUGGESTION MODE:/, /^The user stepped away and is coming back/, /^You are now acting as the memory/]
const COMPACTION = /^CRITICAL: Respond with TEXT ONLY/
/** Assistant messages that Claude Code writes itself when it resumes an interrupted conversation. */
const SYNTHETIC = ['No response requested.', '(no content)']
/** Text inside these is Claude Code's own, or quotes the user; pasted text is the user's. */
const FOREIGN = /^\s*<(?!pasted_content)[a-z][\w-]*[\s>]/
const MARK = /^run:(?:[ \t]*(?=\[)|([A-Za-z0-9][\w-]*))/gm

/** Decides what part to play for this request. */
export function partOf(request: ModelRequest, named: NamedScripts): Part {
  const schema = request.output_config?.format
  if (schema !== undefined) return { kind: 'structured', schema: schema.schema }
  const prompt = promptOf(request)
  if (ASIDES.some((aside) => aside.test(prompt))) return { kind: 'aside' }

  const { script, played } = locate(request, named)
  if (COMPACTION.test(prompt)) return { kind: 'compaction', rest: restOf(script, played) }
  if (script === null) return { kind: 'unscripted', text: 'Nothing to do: this conversation carries no script.' }
  if (script.kind === 'malformed') return { kind: 'unscripted', text: script.message }
  const turn = script.turns[played]
  if (turn === undefined) return { kind: 'unscripted', text: 'Nothing left to do: the script is finished.' }
  return { kind: 'turn', turn, step: played }
}

/** The newest text that a person, or Claude Code speaking for one, put into the conversation. */
export function promptOf(request: ModelRequest): string {
  const texts = request.messages.filter((message) => message.role === 'user').flatMap(ownTexts)
  return texts.at(-1) ?? ''
}

/** How many assistant turns the conversation already holds. */
export function turnsBefore(request: ModelRequest): number {
  return request.messages.filter(isTurn).length
}

type Place = { readonly script: Script | null; readonly played: number }

/** The newest text block with a script wins: Claude Code merges neighbouring user messages into one. */
function locate(request: ModelRequest, named: NamedScripts): Place {
  let place: Place = { script: null, played: 0 }
  for (const message of request.messages) {
    if (isTurn(message)) place = { ...place, played: place.played + 1 }
    if (message.role !== 'user') continue
    for (const text of ownTexts(message)) {
      const script = findScript(text, named)
      if (script !== null) place = { script, played: 0 }
    }
  }
  return place
}

/** Finds the last `run:` that opens a line, and reads what follows it. */
export function findScript(text: string, named: NamedScripts): Script | null {
  const mark = [...text.matchAll(MARK)].at(-1)
  if (mark === undefined) return null
  const name = mark[1]
  if (name !== undefined) {
    const steps = Object.hasOwn(named, name) ? named[name] : undefined
    if (steps !== undefined) return readScript(steps)
    return malformed(`no script is named “${name}”. Known: ${Object.keys(named).join(', ') || 'none'}.`)
  }
  const json = arrayAt(text, mark.index + mark[0].length)
  if (json === null) return malformed('the array after “run:” is never closed.')
  try {
    return readScript(JSON.parse(json))
  } catch (error) {
    return malformed(`the array after “run:” is not JSON (${error instanceof Error ? error.message : String(error)}).`)
  }
}

function arrayAt(text: string, start: number): string | null {
  let depth = 0
  let quoted = false
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (quoted && char === '\\') at++
    else if (char === '"') quoted = !quoted
    else if (!quoted && (char === '[' || char === '{')) depth++
    else if (!quoted && (char === ']' || char === '}') && --depth === 0) return text.slice(start, at + 1)
  }
  return null
}

function restOf(script: Script | null, played: number): readonly Step[] {
  if (script?.kind !== 'script') return []
  const next = script.turns[played]
  return next === undefined ? [] : script.steps.slice(next.from)
}

type Message = z.output<typeof messageSchema>

function isTurn(message: Message): boolean {
  if (message.role !== 'assistant') return false
  return typeof message.content === 'string'
    ? !SYNTHETIC.includes(message.content)
    : !message.content.every((block) => block.type === 'text' && SYNTHETIC.includes(block.text ?? ''))
}

/** Text blocks only: a tool result may quote anything. */
function ownTexts(message: Message): readonly string[] {
  const texts =
    typeof message.content === 'string'
      ? [message.content]
      : message.content.flatMap((block) => (block.type === 'text' && block.text !== undefined ? [block.text] : []))
  return texts.filter((text) => !FOREIGN.test(text))
}

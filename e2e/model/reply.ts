/**
 * Builds the assistant message for one part: its content blocks, why it stops, and what it is billed.
 * Pure but for fresh ids. The default usage depends only on how long the conversation is, never on texts or paths.
 */
import { randomUUID } from 'node:crypto'
import type { Part } from './request.ts'
import type { Turn, UsageWish } from './scripts.ts'

export type Usage = {
  readonly input_tokens: number
  readonly output_tokens: number
  readonly cache_creation_input_tokens: number
  readonly cache_read_input_tokens: number
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number }
}

export type Block =
  | { readonly type: 'thinking'; readonly thinking: string; readonly signature: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: Record<string, unknown> }

export type Reply = {
  readonly id: string
  readonly type: 'message'
  readonly role: 'assistant'
  readonly model: string
  readonly content: readonly Block[]
  readonly stop_reason: 'end_turn' | 'tool_use'
  readonly stop_sequence: null
  readonly usage: Usage
}

/** Tokens that the first request of a conversation writes to the cache by default. */
export const FIRST_WRITE = 12_000
/** Tokens that every later request adds. */
export const NEXT_WRITE = 400

/** The whole answer to a request; `before` is the number of assistant turns the conversation already holds. */
export function replyTo(part: Part, model: string, before: number): Reply {
  const content = contentOf(part)
  const wish = part.kind === 'turn' ? part.turn.usage : null
  return {
    id: freshId('msg'),
    type: 'message',
    role: 'assistant',
    model,
    content,
    stop_reason: content.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: usageOf(wish ?? {}, part.kind === 'structured' ? sideUsage : defaultUsage(before), outputOf(content)),
  }
}

/** `prefix_` and enough randomness to be unique across servers. */
export function freshId(prefix: 'msg' | 'toolu' | 'req'): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`
}

function contentOf(part: Part): readonly Block[] {
  switch (part.kind) {
    case 'turn':
      return blocksOf(part.turn)
    case 'unscripted':
      return [{ type: 'text', text: part.text }]
    case 'structured':
      return [{ type: 'text', text: JSON.stringify(exampleOf(part.schema)) }]
    case 'compaction':
      return [{ type: 'text', text: summaryOf(part.rest) }]
    case 'aside':
      return [{ type: 'text', text: 'Scripted work.' }]
  }
}

function blocksOf(turn: Turn): readonly Block[] {
  const blocks: Block[] = []
  if (turn.thinking !== null) blocks.push({ type: 'thinking', thinking: turn.thinking, signature: 'c2NyaXB0ZWQ=' })
  if (turn.text !== null) blocks.push({ type: 'text', text: turn.text })
  for (const { tool, input } of turn.tools) blocks.push({ type: 'tool_use', id: freshId('toolu'), name: tool, input })
  return blocks
}

/** What is left of a script rides in the summary, so a compacted conversation plays on. */
function summaryOf(rest: readonly unknown[]): string {
  const play = rest.length === 0 ? '' : `\nrun:${JSON.stringify(rest)}`
  return `<analysis>Scripted.</analysis>\n<summary>\nA scripted conversation.${play}\n</summary>`
}

/** The plainest value that a JSON schema allows, as far as Claude Code's own schemas go. */
function exampleOf(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return {}
  if ('enum' in schema && Array.isArray(schema.enum)) return schema.enum[0]
  const type = 'type' in schema ? schema.type : 'object'
  if (type === 'string') return 'Scripted session'
  if (type === 'boolean') return true
  if (type === 'number' || type === 'integer') return 0
  if (type === 'array') return []
  const fields = 'properties' in schema && typeof schema.properties === 'object' ? (schema.properties ?? {}) : {}
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, exampleOf(field)]))
}

type Prompt = Omit<Usage, 'output_tokens' | 'cache_creation'>

const sideUsage: Prompt = { input_tokens: 600, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 }

function defaultUsage(before: number): Prompt {
  return {
    input_tokens: 3,
    cache_creation_input_tokens: before === 0 ? FIRST_WRITE : NEXT_WRITE,
    cache_read_input_tokens: before === 0 ? 0 : FIRST_WRITE + (before - 1) * NEXT_WRITE,
  }
}

function usageOf(wish: UsageWish, prompt: Prompt, output: number): Usage {
  const split = wish.cache_creation
  const writes =
    wish.cache_creation_input_tokens ??
    (split === undefined ? prompt.cache_creation_input_tokens : split.ephemeral_5m_input_tokens + split.ephemeral_1h_input_tokens)
  return {
    input_tokens: wish.input_tokens ?? prompt.input_tokens,
    output_tokens: wish.output_tokens ?? output,
    cache_creation_input_tokens: writes,
    cache_read_input_tokens: wish.cache_read_input_tokens ?? prompt.cache_read_input_tokens,
    cache_creation: split ?? { ephemeral_5m_input_tokens: writes, ephemeral_1h_input_tokens: 0 },
  }
}

function outputOf(content: readonly Block[]): number {
  const letters = content.map((block) => {
    if (block.type === 'thinking') return block.thinking.length
    return block.type === 'text' ? block.text.length : block.name.length + JSON.stringify(block.input).length
  })
  return letters.reduce((sum, length) => sum + Math.ceil(length / 4) + 4, 0)
}

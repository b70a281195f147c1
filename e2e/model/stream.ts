/** Writes a reply as the events of a streamed Messages API answer. Pure; pacing and sockets are the server's. */
import type { Block, Reply } from './reply.ts'

/** `pause` marks a place where a slow model would make the reader wait. */
export type StreamEvent = { readonly type: string; readonly pause: boolean; readonly data: Record<string, unknown> }

/** Every event of the answer, its texts cut into `chunks` pieces. */
export function streamOf(reply: Reply, chunks: number): readonly StreamEvent[] {
  const { content, usage, stop_reason, stop_sequence, ...head } = reply
  const opening = { ...head, content: [], stop_reason: null, stop_sequence: null, usage: { ...usage, output_tokens: 1 } }
  return [
    event('message_start', { message: opening }),
    ...content.flatMap((block, index) => blockEvents(block, index, chunks)),
    event('message_delta', { delta: { stop_reason, stop_sequence }, usage }),
    event('message_stop', {}),
  ]
}

/** The wire form of one event. */
export function encode({ type, data }: StreamEvent): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
}

function blockEvents(block: Block, index: number, chunks: number): readonly StreamEvent[] {
  return [
    event('content_block_start', { index, content_block: emptied(block) }),
    ...deltas(block, chunks).map((delta, at) => event('content_block_delta', { index, delta }, at > 0)),
    event('content_block_stop', { index }),
  ]
}

function emptied(block: Block): Record<string, unknown> {
  if (block.type === 'thinking') return { type: 'thinking', thinking: '', signature: '' }
  return block.type === 'text' ? { type: 'text', text: '' } : { ...block, input: {} }
}

function deltas(block: Block, chunks: number): readonly Record<string, unknown>[] {
  if (block.type === 'text') return pieces(block.text, chunks).map((text) => ({ type: 'text_delta', text }))
  if (block.type === 'tool_use') {
    return pieces(JSON.stringify(block.input), 1).map((text) => ({ type: 'input_json_delta', partial_json: text }))
  }
  const thoughts = pieces(block.thinking, chunks).map((thinking) => ({ type: 'thinking_delta', thinking }))
  return [...thoughts, { type: 'signature_delta', signature: block.signature }]
}

function pieces(text: string, chunks: number): readonly string[] {
  const letters = Array.from(text)
  const size = Math.max(1, Math.ceil(letters.length / chunks))
  const cut: string[] = []
  for (let at = 0; at < letters.length; at += size) cut.push(letters.slice(at, at + size).join(''))
  return cut
}

function event(type: string, data: Record<string, unknown>, pause = false): StreamEvent {
  return { type, pause, data }
}

/**
 * The scripted model: a Messages API on 127.0.0.1 that plays the script found in the conversation it is sent.
 * Its only memory is the books, and how often each scripted trouble has already happened.
 */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Entry } from './books.ts'
import { freshId, replyTo } from './reply.ts'
import { partOf, promptOf, requestSchema, turnsBefore } from './request.ts'
import type { ModelRequest, NamedScripts, Part } from './request.ts'
import type { Trouble } from './scripts.ts'
import { readScript } from './scripts.ts'
import { encode, streamOf } from './stream.ts'
import { bodyOf, headerOf, json, parseJson, refuse } from './wire.ts'

export type Model = {
  /** What ANTHROPIC_BASE_URL must be. */
  readonly url: string
  /** Every request so far, in the order in which they ended. */
  readonly books: () => readonly Entry[]
  /** How many answers are being sent right now: tells a test that it may interrupt. */
  readonly playing: () => number
  readonly close: () => Promise<void>
}

/** Starts a model on a free port; `named` are the scripts that `run:NAME` may call. Throws if one is malformed. */
export async function startModel(named: NamedScripts = {}): Promise<Model> {
  for (const [name, steps] of Object.entries(named)) {
    const script = readScript(steps)
    if (script.kind === 'malformed') throw new Error(`“${name}”: ${script.message}`)
  }
  const entries: Entry[] = []
  const attempts = new Map<string, number>()
  let playing = 0
  const server = createServer((request, response) => {
    playing++
    answer(request, response, named, attempts, (entry) => entries.push(entry))
      .catch((error: unknown) => {
        if (!response.headersSent) refuse(response, 500, `The scripted model failed: ${String(error)}`, freshId('req'))
        else response.destroy()
      })
      .finally(() => playing--)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The scripted model has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    books: () => [...entries],
    playing: () => playing,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)))
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  named: NamedScripts,
  attempts: Map<string, number>,
  enter: (entry: Entry) => void,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://model').pathname
  const body = await bodyOf(request)
  if (request.method !== 'POST') return json(response, 200, { data: [], has_more: false })
  if (path === '/v1/messages/count_tokens') return json(response, 200, { input_tokens: Math.ceil(body.length / 4) })
  if (path !== '/v1/messages') return json(response, 200, {})

  const requestId = freshId('req')
  const parsed = requestSchema.safeParse(parseJson(body))
  if (!parsed.success) return refuse(response, 400, `Not a Messages request: ${parsed.error.message}`, requestId)
  const asked = {
    requestId,
    session: headerOf(request, 'x-claude-code-session-id'),
    agent: headerOf(request, 'x-claude-code-agent-id'),
    model: parsed.data.model,
    prompt: promptOf(parsed.data),
  }
  const part = partOf(parsed.data, named)
  const trouble = part.kind === 'turn' ? nextTrouble(part, parsed.data, asked.session, attempts) : null
  if (trouble?.kind === 'refuse') {
    enter({ kind: 'refused', status: trouble.status, ...asked })
    return refuse(response, trouble.status, `Scripted ${trouble.status}.`, requestId)
  }
  await play(response, parsed.data, part, trouble !== null, asked, enter)
}

const GONE: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])

type Asked = Pick<Entry, 'requestId' | 'session' | 'agent' | 'model' | 'prompt'>

/** Sends the reply at the script's pace, and enters it in the books before its last byte leaves. */
async function play(
  response: ServerResponse,
  request: ModelRequest,
  part: Part,
  drop: boolean,
  asked: Asked,
  enter: (entry: Entry) => void,
): Promise<void> {
  const reply = replyTo(part, request.model, turnsBefore(request))
  const bill = (outcome: 'complete' | 'dropped' | 'interrupted') => {
    const step = part.kind === 'turn' ? part.step : null
    enter({ kind: 'billed', part: part.kind, step, messageId: reply.id, outcome, usage: reply.usage, ...asked })
  }
  const { delayMs, chunks, chunkMs } = part.kind === 'turn' ? part.turn : { delayMs: 0, chunks: 1, chunkMs: 0 }
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    if (delayMs > 0) await pause(delayMs, undefined, { signal: gone.signal })
    if (request.stream !== true && !drop) {
      bill('complete')
      return json(response, 200, reply, asked.requestId)
    }
    if (request.stream === true) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': asked.requestId })
      const events = streamOf(reply, drop ? Math.max(2, chunks) : chunks)
      const last = drop ? Math.ceil(events.length / 2) : events.length - 1
      for (const event of events.slice(0, last)) {
        if (event.pause && chunkMs > 0) await pause(chunkMs, undefined, { signal: gone.signal })
        await send(response, encode(event), gone.signal)
      }
      if (!drop) {
        bill('complete')
        response.end(events.slice(last).map(encode).join(''))
        return
      }
    }
  } catch (error) {
    // A write may fail before the connection is said to be closed.
    const isUnwritable = error instanceof Error && 'code' in error && GONE.has(String(error.code))
    if (!gone.signal.aborted && !response.destroyed && !isUnwritable) throw error
    return bill('interrupted')
  }
  bill('dropped')
  response.destroy()
}

/** Counts how often this very place of this conversation was asked for, and says what goes wrong this time. */
function nextTrouble(
  { turn, step }: Extract<Part, { kind: 'turn' }>,
  request: ModelRequest,
  session: string | null,
  attempts: Map<string, number>,
): Trouble | null {
  if (turn.troubles.length === 0) return null
  const place = [session, step, turnsBefore(request), promptOf(request)]
  const key = createHash('sha256').update(JSON.stringify(place)).digest('hex')
  let attempt = attempts.get(key) ?? 0
  attempts.set(key, attempt + 1)
  for (const trouble of turn.troubles) {
    if (attempt < trouble.times) return trouble
    attempt -= trouble.times
  }
  return null
}

/** Resolves once the bytes are handed to the system, so that a destroyed stream keeps what was sent before. */
function send(response: ServerResponse, text: string, gone: AbortSignal): Promise<void> {
  gone.throwIfAborted()
  return new Promise((resolve, reject) => response.write(text, (error) => (error ? reject(error) : resolve())))
}

import { afterEach, beforeEach, expect, test } from 'vitest'
import { billedOf, totalUsage } from './books.ts'
import { FIRST_WRITE, NEXT_WRITE } from './reply.ts'
import { say, script, write } from './scripts.ts'
import { startModel } from './server.ts'
import type { Model } from './server.ts'

let model: Model

beforeEach(async () => {
  model = await startModel()
})

afterEach(() => model.close())

function ask(prompt: string, more: Record<string, unknown> = {}, path = '/v1/messages?beta=true'): Promise<Response> {
  const messages = [{ role: 'user', content: prompt }]
  return fetch(model.url + path, { method: 'POST', body: JSON.stringify({ model: 'claude-sonnet-5-5', messages, ...more }) })
}

test('a plain request is answered with one message', async () => {
  const reply: unknown = await (await ask(script([{ text: 'Writing.', ...write('a', 'b') }]))).json()
  expect(reply).toMatchObject({
    type: 'message',
    model: 'claude-sonnet-5-5',
    stop_reason: 'tool_use',
    content: [
      { type: 'text', text: 'Writing.' },
      { type: 'tool_use', name: 'Write', input: { file_path: 'a', content: 'b' } },
    ],
    usage: { input_tokens: 3, cache_creation_input_tokens: FIRST_WRITE, cache_read_input_tokens: 0 },
  })
})

test('a streamed answer has every event in order and its text in pieces', async () => {
  const step = { thinking: 'Hm.', text: 'Ünïcödé 🙂 text', chunks: 3, ...write('a', 'b') }
  const text = await (await ask(script([step]), { stream: true })).text()

  const types = [...text.matchAll(/^event: (.*)$/gm)].map((match) => match[1])
  const block = ['content_block_start', 'content_block_delta', 'content_block_stop']
  const spoken = ['content_block_start', ...Array<string>(3).fill('content_block_delta'), 'content_block_stop']
  const thought = ['content_block_start', ...Array<string>(4).fill('content_block_delta'), 'content_block_stop']
  expect(types).toEqual(['message_start', ...thought, ...spoken, ...block, 'message_delta', 'message_stop'])
  const pieces = [...text.matchAll(/"text_delta","text":"(.*?)"/g)].map((match) => match[1])
  expect(pieces).toEqual(['Ünïcö', 'dé 🙂 ', 'text'])
})

test('later turns read from the cache what earlier ones wrote', async () => {
  const past = [
    { role: 'user', content: script([say('One.'), say('Two.')]) },
    { role: 'assistant', content: 'One.' },
  ]
  await ask('', { messages: [...past, { role: 'user', content: 'Go on.' }] })
  expect(billedOf(model.books())[0]?.usage).toMatchObject({
    cache_creation_input_tokens: NEXT_WRITE,
    cache_read_input_tokens: FIRST_WRITE,
    cache_creation: { ephemeral_5m_input_tokens: NEXT_WRITE, ephemeral_1h_input_tokens: 0 },
  })
})

test('troubles come in the order of the script, then the turn is played', async () => {
  const prompt = script([{ status: 429 }, { status: 529, times: 2 }, { drop: true }, say('At last.')])
  const statuses: number[] = []
  for (let attempt = 0; attempt < 3; attempt++) statuses.push((await ask(prompt)).status)
  await expect(ask(prompt, { stream: true }).then((response) => response.text())).rejects.toThrow('terminated')
  expect(await (await ask(prompt)).text()).toContain('At last.')
  expect(statuses).toEqual([429, 529, 529])

  const books = model.books()
  const outcomes = books.map((entry) => (entry.kind === 'refused' ? entry.status : entry.outcome))
  expect(outcomes).toEqual([429, 529, 529, 'dropped', 'complete'])
  expect(totalUsage(billedOf(books)).input_tokens).toBe(6)
})

test('a reader who leaves is in the books as an interruption', async () => {
  const leave = new AbortController()
  const messages = [{ role: 'user', content: script([{ text: 'x'.repeat(500), chunks: 500, chunkMs: 20 }]) }]
  const body = JSON.stringify({ model: 'claude-sonnet-5-5', stream: true, messages })
  const response = await fetch(`${model.url}/v1/messages`, { method: 'POST', body, signal: leave.signal })
  await response.body?.getReader().read()
  expect(model.playing()).toBe(1)
  leave.abort()
  await expect.poll(() => billedOf(model.books()).map((entry) => entry.outcome)).toEqual(['interrupted'])
  expect(model.playing()).toBe(0)
})

test('a structured request gets a value of its schema', async () => {
  const schema = { type: 'object', properties: { title: { type: 'string' }, ok: { type: 'boolean' } } }
  const reply = await (await ask('<session>x</session>', { output_config: { format: { type: 'json_schema', schema } } })).json()
  expect(reply).toMatchObject({ content: [{ text: '{"title":"Scripted session","ok":true}' }] })
})

test('tokens are counted, unknown paths are harmless, and nonsense is refused', async () => {
  expect(await (await ask('Hello.', {}, '/v1/messages/count_tokens')).json()).toEqual({ input_tokens: expect.any(Number) })
  expect((await fetch(model.url, { method: 'HEAD' })).status).toBe(200)
  expect(await (await ask('x', {}, '/api/event_logging/batch')).json()).toEqual({})
  const refused = await ask('', { messages: 'none' })
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  expect(model.books()).toEqual([])
})

test('a malformed named script is refused at the start', async () => {
  await expect(startModel({ broken: [] })).rejects.toThrow('“broken”: Script error')
})

/** One call over plain HTTP, for the command line: `POST /call/NAME` with the parameters as JSON. Who may call is decided before. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reply } from '../../shared/contract.ts'
import type { House } from '../bridge/house.ts'
import { sendReply } from './answers.ts'

/** One message or one body. */
export const MAX_BYTES = 2 * 1024 * 1024

export const CALL_PATH = '/call/'

export function badRequest(message: string): Reply {
  return { ok: false, failure: { code: 'bad-request', message } }
}

/** The body as text, or null as soon as it is longer than allowed; the request stays open, so that it can be answered. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MAX_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers with the House's reply (status 200 whether it says yes or no), or with 400, 405 or 413 and a reply that says why. */
export async function answerCall(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') return sendReply(response, 405, badRequest('A call is a POST.'))
  let name: string
  try {
    name = decodeURIComponent((request.url ?? '').split('?', 1)[0]!.slice(CALL_PATH.length))
  } catch {
    return sendReply(response, 400, badRequest('The name of the call cannot be read.'))
  }
  const body = await bodyOf(request)
  if (body === null) {
    response.setHeader('Connection', 'close')
    request.resume()
    return sendReply(response, 413, badRequest('A call may carry at most 2 MB.'))
  }
  let params: unknown
  try {
    params = body === '' ? {} : JSON.parse(body)
  } catch {
    return sendReply(response, 400, badRequest('The parameters of a call are JSON.'))
  }
  const connection = house.connect({ changes: () => undefined, frame: () => undefined })
  try {
    sendReply(response, 200, await connection.call(name, params))
  } finally {
    connection.close()
  }
}

/** Bytes in and out of the scripted model: request bodies, headers, JSON answers and the API's way to say no. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { freshId } from './reply.ts'

const ERRORS: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  503: 'api_error',
  529: 'overloaded_error',
}

/** An error as the Messages API words it. */
export function refuse(response: ServerResponse, status: number, message: string, requestId: string): void {
  const error = { type: ERRORS[status] ?? 'invalid_request_error', message }
  json(response, status, { type: 'error', error, request_id: requestId }, requestId)
}

/** One JSON answer. */
export function json(response: ServerResponse, status: number, value: unknown, requestId = freshId('req')): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': requestId })
  response.end(JSON.stringify(value))
}

/** The whole body as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** The value, or null where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A header that was sent once, or null. */
export function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

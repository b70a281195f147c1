/** The built page's files, read-only: nothing outside their folder, whatever the path says. Knows nothing of tokens. */

import { open, realpath, type FileHandle } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CONTENT_TYPES } from '../kit/page-files.ts'
import { HEADERS, sayNo } from './answers.ts'

/** The bundler writes the hash of the content into these names, so a name never means two contents. */
const HASHED = /^assets\/.+-[\w-]{8,}\.\w+$/u

/**
 * Takes the path of a request as it came, gives the segments of a file's name, or null for what can be none: encoded
 * separators, dot segments, hidden files, backslashes, drive letters, NUL. Decodes once; what is then still encoded is a plain name.
 */
export function segmentsOf(url: string): readonly string[] | null {
  const path = url.split(/[?#]/u, 1)[0] ?? ''
  if (path === '/') return ['index.html']
  if (!path.startsWith('/')) return null
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent)
    // oxlint-disable-next-line no-control-regex
    return segments.every((segment) => segment !== '' && !segment.startsWith('.') && !/[/\\:\u0000-\u001f\u007f]/u.test(segment))
      ? segments
      : null
  } catch {
    return null
  }
}

/** Opens a regular file that really lies in the folder, links followed; null for everything else. */
async function openInside(root: string, segments: readonly string[]): Promise<FileHandle | null> {
  try {
    const [inside, real] = await Promise.all([realpath(root), realpath(join(root, ...segments))])
    if (!real.startsWith(inside + sep)) return null
    const file = await open(real, 'r')
    if ((await file.stat()).isFile()) return file
    await file.close()
    return null
  } catch {
    return null
  }
}

/** Answers a GET or HEAD with the file that the path names in `root`, or with 400, 404 or 405 and a sentence. */
export async function sendPage(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sayNo(response, 405, 'Pages can only be read.', { Allow: 'GET, HEAD' })
  }
  const segments = segmentsOf(request.url ?? '')
  if (segments === null) return sayNo(response, 400, 'That path cannot name a page of Sluice.')
  const file = await openInside(root, segments)
  if (file === null) {
    return sayNo(
      response,
      404,
      segments[0] === 'index.html' ? 'The page of Sluice is not built here; run “npm run build”.' : 'Sluice has no such page.',
    )
  }
  try {
    const name = segments.join('/')
    const { size, mtimeMs } = await file.stat()
    const tag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`
    const headers = {
      ...HEADERS,
      ETag: tag,
      'Cache-Control': HASHED.test(name) ? 'private, max-age=31536000, immutable' : 'no-cache',
    }
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end()
      return
    }
    const type = CONTENT_TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream'
    response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': size })
    if (request.method === 'HEAD' || size === 0) response.end()
    // A file that grows meanwhile must not run past the length that was promised.
    else await pipeline(file.createReadStream({ end: size - 1, autoClose: false }), response)
  } finally {
    await file.close()
  }
}

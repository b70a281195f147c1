/**
 * Answers `app://sluice/…` with the files of the built page and nothing else. Which files there are is listed once at
 * the start: an address is looked up in that list, never turned into a path. Knows nothing of Electron.
 */

import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { CONTENT_SECURITY_POLICY, CONTENT_TYPES } from '../kit/page-files.ts'
import { isOwnOrigin } from './policy.ts'

/** Address path → file. Links are left out: they could lead out of the folder. */
export type Pages = ReadonlyMap<string, string>

async function walk(folder: string, prefix: string, into: Map<string, string>): Promise<void> {
  for (const item of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, item.name)
    if (item.isDirectory()) await walk(path, `${prefix}${item.name}/`, into)
    else if (item.isFile()) into.set(`${prefix}${item.name}`, path)
  }
}

/** Lists the built page. Rejects when the folder is not there: then the app was not built. */
export async function listPages(folder: string): Promise<Pages> {
  const pages = new Map<string, string>()
  await walk(folder, '/', pages)
  return pages
}

/** Takes an address; gives the file it means, or null. */
export function fileOf(pages: Pages, url: string): string | null {
  if (!isOwnOrigin(url)) return null
  let path: string
  try {
    path = decodeURIComponent(new URL(url).pathname)
  } catch {
    return null
  }
  return pages.get(path === '/' ? '/index.html' : path) ?? null
}

function headers(type: string): Headers {
  return new Headers({
    'content-type': type,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  })
}

/** Takes the listed pages; gives the protocol's handler. It always answers: a refusal is a plain sentence. */
export function servePages(pages: Pages): (request: Request) => Promise<Response> {
  const refuse = (status: number, sentence: string): Response =>
    new Response(sentence, { status, headers: headers('text/plain; charset=utf-8') })
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only reading is possible here.')
    const file = fileOf(pages, request.url)
    if (file === null) return refuse(404, 'There is no such page in Sluice.')
    try {
      const body = await readFile(file)
      return new Response(new Uint8Array(body), { headers: headers(CONTENT_TYPES[extname(file)] ?? 'application/octet-stream') })
    } catch {
      return refuse(404, 'This page of Sluice can no longer be read; restart Sluice.')
    }
  }
}

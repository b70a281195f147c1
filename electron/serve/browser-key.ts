/** The two secrets of a browser: one travels as a cookie, one never does. They outlive a restart, so that open pages come back. */

import { randomBytes, randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { removeFile } from '../kit/remove-file.ts'

const FILE = 'browser.key'
const CONTENT = /^(?<cookieSecret>[\w-]{43})\n(?<pageSecret>[\w-]{43})\n$/u

export type BrowserKey = {
  /** Lets a browser see pages; browsers send it to every port of this machine. */
  readonly cookieSecret: string
  /** Lets a page connect, together with the cookie; kept by the page where only its own origin can read it. */
  readonly pageSecret: string
}

/** Gives the secrets of a data directory: 256 bits each, readable by the user alone; made at the first start. Throws what the system says. */
export async function browserKey(dataDir: string): Promise<BrowserKey> {
  const path = join(dataDir, FILE)
  const known = CONTENT.exec(await readFile(path, 'utf8').catch(() => ''))?.groups
  const [knownCookie, knownPage] = [known?.['cookieSecret'], known?.['pageSecret']]
  if (knownCookie !== undefined && knownPage !== undefined) return { cookieSecret: knownCookie, pageSecret: knownPage }
  const secret = (): string => randomBytes(32).toString('base64url')
  const made = { cookieSecret: secret(), pageSecret: secret() }
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, `${made.cookieSecret}\n${made.pageSecret}\n`, { mode: 0o600, flag: 'wx' })
    await rename(draft, path)
  } catch (error) {
    await removeFile(draft)
    throw error
  }
  return made
}

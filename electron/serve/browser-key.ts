/** The secret behind the browser's cookie. It outlives a restart, so that an open page comes back by itself. */

import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const FILE = 'browser.key'
const SECRET = /^[\w-]{43}$/u

/** Gives the secret of a data directory: 256 bits, readable by the user alone; made at the first start. Throws what the system says. */
export async function browserKey(dataDir: string): Promise<string> {
  const path = join(dataDir, FILE)
  const known = await readFile(path, 'utf8').catch(() => '')
  if (SECRET.test(known)) return known
  const secret = randomBytes(32).toString('base64url')
  await writeFile(`${path}.new`, secret, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return secret
}

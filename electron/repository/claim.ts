/**
 * One running Sluice per repository on a machine, also where two have data directories of their own: their queues would move the same
 * target, and their sessions share branches. A file per repository says whose it is; it lies outside of every repository.
 */

import { createHash, randomUUID } from 'node:crypto'
import { lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import * as z from 'zod'
import { processStart } from '../kit/processes.ts'
import { removeFile } from '../kit/remove-file.ts'
import { isRunning } from '../kit/running.ts'
import { whileLocked } from '../store/short-lock.ts'
import { fail, ok, type Result } from '../../shared/result.ts'

const owner = z.object({
  pid: z.number().int().positive(),
  /** When the process started, where the system tells: a number is given again. */
  start: z.string().nullable(),
  /** Differs between two Houses of one process. */
  house: z.string(),
})
type Owner = z.infer<typeof owner>

export type Claims = {
  /** Takes the repository with this git folder (a real path); taken already by this House, it is fine. */
  take(commonDir: string): Promise<Result<void, 'in-use'>>
  /** Lets go of all but this one. */
  keepOnly(commonDir: string | null): Promise<void>
}

/** Held while it is looked at whose a repository is and it is taken: two that take over the same one would both have it. */
const LOCK_FILE = 'claims.lock'
const MAX_BYTES = 4096

/** The user's own place for what only lives as long as the machine runs. */
export function claimsFolder(env: Readonly<Record<string, string | undefined>>, user: number | undefined): string {
  const runtime = env['XDG_RUNTIME_DIR']
  if (runtime !== undefined && isAbsolute(runtime)) return join(runtime, 'sluice')
  const temporary = env['TMPDIR']
  return join(temporary !== undefined && isAbsolute(temporary) ? temporary : tmpdir(), `sluice-${user ?? 'user'}`)
}

/** Makes the folder, for the user's eyes only. False where it cannot be had, or is a link or somebody else's. */
async function makeOwn(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const found = await lstat(folder)
    if (!found.isDirectory()) return false
    return process.platform === 'win32' || (found.uid === process.getuid?.() && (found.mode & 0o022) === 0)
  } catch {
    return false
  }
}

/** Null where there is no file, or none that says who owns it. */
async function readOwner(path: string): Promise<Owner | null> {
  try {
    const found = await lstat(path)
    if (!found.isFile() || found.size > MAX_BYTES) return null
    return owner.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

async function lives({ pid, start }: Owner): Promise<boolean> {
  if (!isRunning(pid)) return false
  return start === null || (await processStart(pid)) === start
}

/** Written whole or not at all, over whatever a dead owner left. */
async function put(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
    await rename(draft, path)
  } finally {
    await removeFile(draft)
  }
}

/** `warn` hears why a repository could not be claimed; it is opened all the same, as it is a guard and no gate. */
export function createClaims(folder: string, warn: (message: string) => void): Claims {
  const house = randomUUID()
  const held = new Map<string, string>()

  function claim(commonDir: string): Promise<Result<void, 'in-use'>> {
    const path = join(folder, `${createHash('sha256').update(commonDir).digest('hex').slice(0, 32)}.json`)
    return whileLocked(join(folder, LOCK_FILE), async () => {
      const other = await readOwner(path)
      if (other !== null && (await lives(other))) {
        const message = `Another Sluice (process ${other.pid}) has this repository open. Use that one, or stop it and open the repository again: two of them would land on the same branch.`
        return fail('in-use', message, { pid: other.pid })
      }
      const text = `${JSON.stringify({ pid: process.pid, start: await processStart(process.pid), house } satisfies Owner)}\n`
      await put(path, text)
      held.set(commonDir, path)
      return ok(undefined)
    })
  }

  return {
    async take(commonDir) {
      if (held.has(commonDir)) return ok(undefined)
      if (!(await makeOwn(folder))) {
        warn(
          `${folder} is not a folder of your own, so it cannot be seen whether another Sluice has this repository open. Open it in one only, or make that folder yours alone and open the repository again.`,
        )
        return ok(undefined)
      }
      try {
        return await claim(commonDir)
      } catch (error) {
        warn(`It cannot be seen whether another Sluice has this repository open. ${error instanceof Error ? error.message : ''}`)
        return ok(undefined)
      }
    },
    async keepOnly(commonDir) {
      for (const [key, path] of held) {
        if (key === commonDir) continue
        held.delete(key)
        if ((await readOwner(path))?.house === house) await removeFile(path)
      }
    },
  }
}

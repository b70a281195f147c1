/** Says before a program is started why it cannot be, in a sentence: a pty would only show a riddle and exit with 1. */

import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { fail, type Result } from '../../shared/result.ts'

export type LaunchFailure = 'bad-argument' | 'too-long' | 'no-folder' | 'no-program'

export type Launch = {
  readonly id: string
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Linux takes no single argument longer than this, its final zero included (MAX_ARG_STRLEN). */
const MAX_ARGUMENT_BYTES = 128 * 1024
const TERMINAL_ID = /^[\w.:-]{1,255}$/u

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

async function findProgram({ file, cwd, env }: Launch): Promise<boolean> {
  if (process.platform === 'win32') return true
  if (file.includes('/')) return isProgram(isAbsolute(file) ? file : resolve(cwd, file))
  for (const folder of (env['PATH'] ?? '/bin:/usr/bin').split(delimiter)) {
    if (await isProgram(join(resolve(cwd, folder), file))) return true
  }
  return false
}

/** Takes what shall be started; gives null when nothing speaks against it, else the failure. */
export async function checkLaunch(launch: Launch): Promise<Result<never, LaunchFailure> | null> {
  const words = [launch.file, ...launch.args, ...Object.entries(launch.env).map(([name, value]) => `${name}=${value}`)]
  if (!TERMINAL_ID.test(launch.id))
    return fail('bad-argument', `“${launch.id}” cannot name a terminal; use letters, digits and “-”.`)
  if (launch.file === '' || words.some((word) => word.includes('\0'))) {
    return fail('bad-argument', `“${launch.file}” was not started: a part of its command is empty or contains a zero character.`)
  }
  if (words.some((word) => Buffer.byteLength(word) >= MAX_ARGUMENT_BYTES)) {
    return fail('too-long', `“${launch.file}” was not started: a part of its command is longer than 128 KiB. Make it shorter.`)
  }
  if (!(await isFolder(launch.cwd))) {
    return fail(
      'no-folder',
      `“${launch.file}” was not started: the folder “${launch.cwd}” does not exist. Create it again, or choose another.`,
    )
  }
  if (!(await findProgram(launch))) {
    const where = launch.file.includes('/') ? '' : ` in the PATH “${launch.env['PATH'] ?? ''}”`
    return fail('no-program', `“${launch.file}” was not found${where}, or it is not a program. Install it, or correct its path.`)
  }
  return null
}

/** Finds the user's Claude Code and makes sure that it is one Sluice can follow. Starts no session. */

import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'

export type Claude = { readonly path: string; readonly version: string }

/** The first version with the status file that a session's state is read from. */
export const OLDEST_VERSION = '2.1.139'

/** True when `version` is at least `oldest`; both are dotted numbers. */
export function isRecent(version: string, oldest: string): boolean {
  const [a, b] = [version, oldest].map((text) => text.split('.').map(Number))
  for (let n = 0; n < 3; n += 1) {
    const difference = (a?.[n] ?? 0) - (b?.[n] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** 'ok', or what is wrong with the file as a program. */
async function judge(path: string): Promise<'ok' | 'missing' | 'not-executable'> {
  try {
    if (!(await stat(path)).isFile()) return 'not-executable'
  } catch {
    return 'missing'
  }
  return access(path, constants.X_OK).then(
    () => 'ok' as const,
    () => 'not-executable' as const,
  )
}

async function find(chosen: string | undefined, path: string): Promise<Result<string, 'no-claude'>> {
  if (chosen !== undefined) {
    const file = isAbsolute(chosen) ? chosen : resolve(chosen)
    const verdict = await judge(file)
    if (verdict === 'ok') return ok(file)
    const what = verdict === 'missing' ? 'There is no Claude Code at' : 'This is not a program that can be run:'
    return fail('no-claude', `${what} ${file}. Give the right path with --claude PATH.`, { path: file })
  }
  const names = process.platform === 'win32' ? ['claude.exe', 'claude.cmd'] : ['claude']
  let refused: string | null = null
  for (const folder of path.split(delimiter).filter((one) => isAbsolute(one))) {
    for (const name of names) {
      const verdict = await judge(join(folder, name))
      if (verdict === 'ok') return ok(join(folder, name))
      if (verdict === 'not-executable') refused ??= join(folder, name)
    }
  }
  return refused === null
    ? fail(
        'no-claude',
        `Claude Code was not found. Install it (npm install -g @anthropic-ai/claude-code) or give its path with --claude PATH. Looked for “claude” in: ${path}`,
      )
    : fail('no-claude', `${refused} cannot be executed. Make it executable, or give another path with --claude PATH.`, {
        path: refused,
      })
}

function versionOf(path: string, env: Readonly<Record<string, string>>): Promise<string | null> {
  return new Promise((resolvePromise) => {
    execFile(path, ['--version'], { env, timeout: 20_000, maxBuffer: 65_536 }, (error, stdout) => {
      resolvePromise(error === null ? (/\d+\.\d+\.\d+/u.exec(stdout)?.[0] ?? null) : null)
    })
  })
}

/**
 * Takes the path the user chose (if any) and the PATH to look through; gives the program and its version.
 * Failures: `no-claude` (not found, not executable, or it answers no version), `claude-too-old`.
 */
export async function findClaude(
  chosen: string | undefined,
  env: Readonly<Record<string, string>>,
): Promise<Result<Claude, 'no-claude' | 'claude-too-old'>> {
  const found = await find(chosen, env['PATH'] ?? '')
  if (!found.ok) return found
  const path = found.value
  const version = await versionOf(path, env)
  if (version === null) {
    return fail('no-claude', `“${path} --version” did not answer with a version. Check that Claude Code works in a terminal.`, {
      path,
    })
  }
  if (!isRecent(version, OLDEST_VERSION)) {
    return fail(
      'claude-too-old',
      `Claude Code ${version} at ${path} is too old; Sluice needs ${OLDEST_VERSION} or newer. Run “claude update”.`,
      { path },
    )
  }
  return ok({ path, version })
}

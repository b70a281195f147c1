/** The PATH that the user's login shell has: a desktop app starts with a poorer one. */

import { spawn } from 'node:child_process'

const MARK = '__sluice_path__'

/** Takes what a login shell printed; gives the PATH between the marks, or null. Greetings around it are ignored. */
export function pathBetweenMarks(output: string): string | null {
  const [, path] = output.split(MARK)
  return path === undefined || path.trim() === '' ? null : path.trim()
}

/**
 * Asks `$SHELL` for its PATH, at most five seconds long.
 * Gives the fallback where there is no shell, it hangs, fails or prints nothing useful: never an error.
 */
export async function loginShellPath(env: Readonly<Record<string, string>>, fallback: string): Promise<string> {
  const shell = env['SHELL']
  if (shell === undefined || !shell.startsWith('/') || process.platform === 'win32') return fallback
  return new Promise((resolve) => {
    const child = spawn(shell, ['-ilc', `printf %s ${MARK}; printenv PATH; printf %s ${MARK}`], {
      env: { ...env, PATH: fallback },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    })
    let output = ''
    const timer = setTimeout(() => end(null), 5000)
    function end(path: string | null): void {
      clearTimeout(timer)
      child.stdout.destroy()
      if (child.exitCode === null) child.kill('SIGKILL')
      resolve(path ?? fallback)
    }
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-65_536)
    })
    child.once('error', () => end(null))
    child.once('close', () => end(pathBetweenMarks(output)))
  })
}

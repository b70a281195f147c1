/**
 * Starts a program without the open files of this process.
 * node-pty 1.1.0 does not mark a terminal's master as close-on-exec on Linux, so whatever is started later would inherit it:
 * it could read and type into another session's terminal, and would keep that terminal from hanging up when Sluice is killed.
 */

import { existsSync } from 'node:fs'

const BASH = '/bin/bash'
/** Looked at once, at start-up. Without bash (or on macOS, where node-pty closes them itself) nothing is put in front. */
const canClose = process.platform === 'linux' && existsSync(BASH)

/** `-p` keeps BASH_ENV from being read; `exec` keeps the pid, so the program is what was asked for. */
const CLOSE_AND_RUN = 'for f in /proc/self/fd/*; do n=${f##*/}; [ "$n" -gt 2 ] && eval "exec $n>&-"; done; exec -- "$@"'

/** Takes a program and its arguments; gives the program and arguments to start instead. */
export function withOwnFilesOnly(file: string, args: readonly string[]): { readonly file: string; readonly args: string[] } {
  return canClose ? { file: BASH, args: ['-p', '-c', CLOSE_AND_RUN, 'sluice', file, ...args] } : { file, args: [...args] }
}

/** Whether a process is there. */

/** Takes its number; another user's counts, and so does one that got the number later. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

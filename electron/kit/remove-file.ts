/** Takes away one file of Sluice's own; that it is gone already is fine. Never a folder. */

import { unlinkSync } from 'node:fs'
import { unlink } from 'node:fs/promises'

function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}

export async function removeFile(path: string | Buffer): Promise<void> {
  await unlink(path).catch(unlessGone)
}

/** For the moment of starting and ending, when nothing else may come between. */
export function removeFileNow(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    unlessGone(error)
  }
}

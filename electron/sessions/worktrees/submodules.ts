/** Submodules that a worktree has as empty folders, as git leaves them in a new one. Looks at files alone; fetches nothing. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRepoPath, type RepoPath } from '../../git/names.ts'

const MOST_NAMED = 3

async function isEmpty(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch((error: unknown) => {
    // What is not there is as empty; a file in its place is somebody's.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    return ['unknown']
  })
  return entries.length === 0
}

/** The submodules that are filled in the main checkout and empty in the worktree. Where the user needs none, nobody misses them. */
export async function emptySubmodules(main: string, worktree: string): Promise<readonly RepoPath[]> {
  const text = await readFile(join(worktree, '.gitmodules'), 'utf8').catch(() => '')
  const found: RepoPath[] = []
  for (const [, quoted, plain] of text.matchAll(/^[ \t]*path[ \t]*=[ \t]*(?:"([^"\n]+)"|([^\n]+))/gmu)) {
    const path = parseRepoPath((quoted ?? plain ?? '').trim())
    if (path !== null && !(await isEmpty(join(main, path))) && (await isEmpty(join(worktree, path)))) found.push(path)
  }
  return found
}

/** The sentence for it; null when there are none. */
export function aboutEmptySubmodules(paths: readonly string[]): string | null {
  if (paths.length === 0) return null
  const named = paths
    .slice(0, MOST_NAMED)
    .map((path) => `“${path}”`)
    .join(', ')
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : ''
  const what = paths.length === 1 ? `The submodule ${named} is` : `The submodules ${named}${more} are`
  return `${what} empty in its worktree. Run “git submodule update --init” there, or make that the setup command for new sessions.`
}

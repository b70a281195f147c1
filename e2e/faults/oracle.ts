/** What must hold after whatever happened, once Sluice was started again: nothing lost, nothing half done, nothing left lying about. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import type { Precious } from './life.ts'
import type { Scene } from './scene.ts'

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Every text that is in a file of a worktree, or in a commit that some ref leads to. */
async function isText(scene: Scene, text: string, worktrees: readonly string[]): Promise<boolean> {
  for (const worktree of worktrees) {
    for (const file of await filesBelow(worktree)) if ((await readFile(file, 'utf8').catch(() => '')).includes(text)) return true
  }
  const commits = (await git(scene.env(), scene.repository, 'rev-list', '--all')).split('\n')
  for (const commit of commits) {
    const found = await git(scene.env(), scene.repository, 'grep', '--quiet', '--fixed-strings', text, commit).then(
      () => true,
      () => false,
    )
    if (found) return true
  }
  return false
}

/** Gives a sentence for each thing that does not hold. */
export async function complaints(
  scene: Scene,
  sessions: readonly Session[],
  precious: readonly Precious[],
): Promise<readonly string[]> {
  const { repository, dataDir, folder } = scene
  const found: string[] = []
  const run = (...args: readonly string[]): Promise<string> => git(scene.env(), repository, ...args)
  const fsck = await run('fsck', '--connectivity-only').catch((error: unknown) => String(error))
  if (/missing|broken|error/iu.test(fsck)) found.push(`fsck: ${fsck}`)

  const reachable = new Set((await run('rev-list', '--all')).split('\n'))
  const kept = sessions.filter(({ state, research }) => state !== 'archived' && !research)
  for (const { kind, what } of precious) {
    const there =
      kind === 'commit'
        ? reachable.has(what)
        : await isText(
            scene,
            what,
            kept.map(({ worktree }) => worktree),
          )
    if (!there) found.push(`lost: the ${kind} ${what}`)
  }

  const status = await run('status', '--porcelain')
  if (status !== '') found.push(`the main checkout is changed: ${status}`)
  const locks = (await filesBelow(join(repository, '.git'))).filter((path) => path.endsWith('.lock'))
  if (locks.length > 0) found.push(`left locks: ${locks.join(', ')}`)
  const registered = (await run('worktree', 'list', '--porcelain')).split('\n').filter((line) => line.startsWith('worktree '))
  const wanted = new Set([repository, ...kept.map(({ worktree }) => worktree)])
  const strange = registered.map((line) => line.slice('worktree '.length)).filter((path) => !wanted.has(path) && !isWarm(path))
  if (strange.length > 0) found.push(`left worktrees: ${strange.join(', ')}`)
  if (/^prunable/mu.test(await run('worktree', 'list', '--porcelain'))) found.push('a registration without its folder')
  const branches = (await run('for-each-ref', '--format=%(refname:short)', 'refs/heads/sluice'))
    .split('\n')
    .filter((name) => name !== '')
  const owned = new Set(sessions.map(({ branch }) => branch))
  const orphans = branches.filter((branch) => !owned.has(branch))
  if (orphans.length > 0) found.push(`left branches: ${orphans.join(', ')}`)

  const scratch = await readdir(join(dataDir, 'scratch')).catch(() => [])
  if (scratch.length > 0) found.push(`left private worktrees: ${scratch.join(', ')}`)
  const trash = await readdir(join(`${repository}.worktrees`, '.sluice-trash')).catch(() => [])
  if (trash.length > 0) found.push(`the trash is not empty: ${trash.join(', ')}`)
  const temporary = (await readdir(folder)).filter((name) => name.startsWith('sluice-'))
  if (temporary.length > 0) found.push(`left temporary folders: ${temporary.join(', ')}`)
  return found
}

/** The one that is kept ready for the next session belongs to nobody yet. */
function isWarm(path: string): boolean {
  return /[/\\]\.sluice-warm/u.test(path)
}

/** The processes whose command line names the scene's folder, by pid. */
export async function processesOf({ folder }: Scene): Promise<readonly string[]> {
  const found: string[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').join(' ')
    if (words.includes(folder)) found.push(`${pid} ${words}`)
  }
  return found
}

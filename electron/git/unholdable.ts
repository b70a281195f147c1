/** What a worktree may hold that no commit can: said before anything is kept, so that nothing is believed to be kept. Reads only. */

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { unexpected } from './failure.ts'
import { decodePath, type RepoPath } from './names.ts'
import { exists, gitDirOf, operationIn } from './places.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'

const FINISH: Readonly<Record<string, string>> = {
  rebase: 'git rebase --continue” or “git rebase --abort',
  merge: 'git merge --continue” or “git merge --abort',
  'cherry-pick': 'git cherry-pick --continue” or “git cherry-pick --abort',
  revert: 'git revert --continue” or “git revert --abort',
  bisect: 'git bisect reset',
}

/** Why not everything in a worktree can be kept, in a sentence that says what to do; null when it can. */
export async function whatCannotBeHeld(git: Git, place: Checkout): Promise<string | null> {
  const gitDir = await gitDirOf(place.path)
  if (gitDir === null) return `${place.path} is no worktree any more.`
  const operation = (await operationIn(gitDir)) ?? ((await exists(join(gitDir.own, 'sequencer'))) ? 'cherry-pick' : null)
  if (operation !== null) return `A ${operation} is not finished there. Finish or abort it first (“${FINISH[operation]}”).`
  const entries = await entriesOf(git, place, gitDir.own)
  const unmerged = entries.find(({ stage }) => stage !== '0')
  if (unmerged !== undefined) return `“${unmerged.path}” has a conflict that is not resolved. Resolve it first.`
  const modules = entries.filter(({ mode }) => mode === '160000').map(({ path }) => path)
  for (const path of modules) {
    if (await exists(join(place.path, path, '.git')))
      return `The submodule “${path}” has a history of its own, which may be nowhere else. Push it, then run “git submodule deinit --all” there.`
  }
  const hidden = await hiddenIn(git, place, gitDir.own, new Set(modules)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && 'path' in error)
      return { unread: String(error.path), code: String(error.code) }
    throw error
  })
  if (hidden === null) return null
  if (typeof hidden !== 'string') return `${hidden.unread} cannot be read (${hidden.code}). Make it readable first.`
  return `“${hidden}” belongs to a repository of its own, which a snapshot cannot hold. Move it out of the worktree first.`
}

/**
 * What git ignores goes with the worktree; a repository among it could hold commits that are nowhere else. Gives the sentence for
 * the first one; null when there is none.
 */
export async function repositoryAmongIgnored(git: Git, place: Checkout): Promise<string | null> {
  const ended = await read(git, place, command('ls-files', '--others', '--ignored', '--exclude-standard', '-z'))
  if (ended.code !== 0) throw unexpected(`list what is ignored in ${place.path}`, ended)
  // Git does not look into another repository: that alone is listed as a folder.
  const found = fieldsOf(ended.stdout).find((field) => field.at(-1) === 0x2f)
  if (found === undefined) return null
  return `“${decodePath(found)}” is a repository of its own, which git ignores here and which would be deleted with its commits. Move it out of the worktree first, or delete it.`
}

type Entry = { readonly mode: string; readonly stage: string; readonly path: RepoPath }

async function entriesOf(git: Git, place: Checkout, own: string): Promise<readonly Entry[]> {
  const ended = await read(git, place, command('-c', 'index.sparse=false', 'ls-files', '--stage', '-z'), {
    env: envOf(place, own),
  })
  if (ended.code !== 0) throw unexpected(`list the files of ${place.path}`, ended)
  return fieldsOf(ended.stdout).map((field) => {
    const tab = field.indexOf(0x09)
    const [mode = '', , stage = ''] = field.toString('latin1', 0, tab).split(' ')
    return { mode, stage, path: decodePath(field.subarray(tab + 1)) }
  })
}

const envOf = ({ path }: Checkout, own: string): Readonly<Record<string, string>> => ({ GIT_DIR: own, GIT_WORK_TREE: path })

/**
 * Git passes over everything that is called `.git`, also where it is no repository, or only part of one: the first such thing below the top,
 * outside of what is ignored. Throws where a folder cannot be read.
 */
async function hiddenIn(git: Git, place: Checkout, own: string, modules: ReadonlySet<string>): Promise<string | null> {
  const list = command('ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z')
  const ended = await read(git, place, list, { env: envOf(place, own) })
  if (ended.code !== 0) throw unexpected(`list what is ignored in ${place.path}`, ended)
  const ignored = new Set(fieldsOf(ended.stdout).map((field) => field.toString('latin1')))
  const passed = new Set([...modules].map((path) => Buffer.from(path).toString('latin1')))
  const waiting = ['']
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const folder = Buffer.from(`${at}`, 'latin1')
    for (const entry of await readdir(Buffer.concat([Buffer.from(`${place.path}/`), folder]), {
      withFileTypes: true,
      encoding: 'buffer',
    })) {
      const path = at + entry.name.toString('latin1')
      if (entry.name.toString('latin1').toLowerCase() === '.git') {
        if (at !== '') return decodePath(Buffer.from(path, 'latin1'))
        continue
      }
      if (entry.isDirectory() && !ignored.has(`${path}/`) && !passed.has(path)) waiting.push(`${path}/`)
    }
  }
  return null
}

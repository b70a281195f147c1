/** The folders in a folder of this machine, for whoever chooses a repository in a browser. Names only; opens no file. */

import { opendir, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Folder } from '../../shared/model/found.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'

type Listed = Folder['folders'][number]

/** So many are listed. */
const MOST = 500
/** So many are read, to find the first of them in order; of more than these only some are seen. */
const MOST_READ = 5000
/** How many are looked into at once: few enough to leave threads for everything else. */
const AT_ONCE = 4

const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Takes a path as typed; gives it with `~` replaced by the user's home, made plain. Null when it starts nowhere. */
export function expandPath(typed: string, home: string): string | null {
  const path = typed.trim()
  if (path === '~') return resolve(home)
  if (/^~[/\\]/u.test(path)) return resolve(join(home, path.slice(2)))
  return isAbsolute(path) && !path.includes('\0') ? resolve(path) : null
}

/** The sentence for a path that `expandPath` makes nothing of. */
export function startsNowhere(typed: string, home: string): string {
  return `“${typed}” does not say where to begin. Type a path such as ${join(home, 'code')}, or ~/code.`
}

function isHidden(name: string): boolean {
  return name.startsWith('.')
}

/** Hidden folders come last: nobody keeps a repository there but on purpose. */
function compare(a: string, b: string): number {
  const hidden = Number(isHidden(a)) - Number(isHidden(b))
  return hidden !== 0 ? hidden : inOrder.compare(a, b) || (a < b ? -1 : 1)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function refusal(path: string, error: unknown): Refused<'not-a-folder' | 'unreadable'> {
  const code = codeOf(error)
  if (code === 'ENOENT') return fail('not-a-folder', `There is no folder ${path}.`)
  if (code === 'ENOTDIR') return fail('not-a-folder', `${path} is not a folder. Choose the folder that it is in.`)
  if (code === 'EACCES' || code === 'EPERM')
    return fail('unreadable', `Sluice may not read ${path}. Choose another folder, or allow your user to read this one.`)
  return fail('unreadable', `${path} could not be read (${code === '' ? String(error) : code}). Choose another folder.`)
}

/** True when the path, or what a link there leads to, is there and of that kind. */
async function leadsTo(path: string, kind: 'folder' | 'anything'): Promise<boolean> {
  return stat(path).then(
    (entry) => kind === 'anything' || entry.isDirectory(),
    () => false,
  )
}

function isRepository(path: string): Promise<boolean> {
  return leadsTo(join(path, '.git'), 'anything')
}

type Candidate = { readonly name: string; readonly isLink: boolean }

async function candidatesIn(path: string): Promise<{ readonly candidates: readonly Candidate[]; readonly more: boolean }> {
  const candidates: Candidate[] = []
  let more = false
  for await (const entry of await opendir(path, { bufferSize: 256 })) {
    const isLink = entry.isSymbolicLink()
    if (!isLink && !entry.isDirectory()) continue
    more = candidates.length === MOST_READ
    if (more) break
    candidates.push({ name: entry.name, isLink })
  }
  return { candidates: candidates.toSorted((a, b) => compare(a.name, b.name)), more }
}

/** Looks at candidates in order until there are enough folders among them; one more than are listed says that there are more. */
async function foldersAmong(path: string, candidates: readonly Candidate[]): Promise<readonly Listed[]> {
  const folders: Listed[] = []
  for (let from = 0; from < candidates.length && folders.length <= MOST; from += AT_ONCE) {
    const looked = await Promise.all(
      candidates.slice(from, from + AT_ONCE).map(async ({ name, isLink }): Promise<Listed | null> => {
        const inside = join(path, name)
        if (isLink && !(await leadsTo(inside, 'folder'))) return null
        return { name, repository: await isRepository(inside) }
      }),
    )
    folders.push(...looked.filter((one) => one !== null))
  }
  return folders
}

/** Lists the folders in a folder: in natural order, hidden ones last, links to folders among them. */
export async function listFolders(typed: string, home: string): Promise<Result<Folder, 'not-a-folder' | 'unreadable'>> {
  const path = expandPath(typed, home)
  if (path === null) return fail('not-a-folder', startsNowhere(typed, home))
  try {
    const { candidates, more } = await candidatesIn(path)
    const folders = await foldersAmong(path, candidates)
    const parent = dirname(path)
    return ok({
      path,
      parent: parent === path ? null : parent,
      repository: await isRepository(path),
      folders: folders.slice(0, MOST),
      truncated: more || folders.length > MOST,
    })
  } catch (error) {
    return refusal(path, error)
  }
}

/** Where a session can start from, as git knows it now: what a name means, how far it is behind, which names there are. Asks no remote. */

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BaseLook } from '../../shared/model/base.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { command } from '../git/argv.ts'
import { type Checkout, read } from '../git/checkout.ts'
import { unexpected } from '../git/failure.ts'
import { type Oid, parseRef, range, type Ref, short } from '../git/names.ts'
import { gitDirOf } from '../git/places.ts'
import { lineOf } from '../git/records.ts'
import { refHead, refValues, resolveCommit } from '../git/refs.ts'
import type { Git } from '../git/run.ts'

const LOCAL = 'refs/heads/'
const PREFIXES = [LOCAL, 'refs/remotes/', 'refs/tags/'] as const

function shortName(ref: string): string {
  const prefix = PREFIXES.find((one) => ref.startsWith(one))
  return prefix === undefined ? ref : ref.slice(prefix.length)
}

/** The ref that the text means, in the order in which `resolveCommit` looks; null when it is a commit. */
async function refMeant(git: Git, checkout: Checkout, typed: string): Promise<Ref | null> {
  const refs = [...PREFIXES.map((prefix) => `${prefix}${typed}`), typed].map(parseRef).filter((ref) => ref !== null)
  const values = await refValues(git, checkout, refs)
  return refs.find((ref) => values.has(ref)) ?? null
}

/** The branch that a local one follows: the one set as its upstream, or origin's of the same name. */
async function followedBy(git: Git, checkout: Checkout, ref: Ref): Promise<{ readonly ref: Ref; readonly head: Oid } | null> {
  if (!ref.startsWith(LOCAL)) return null
  const ended = await read(git, checkout, command('for-each-ref', '--format=%(refname)%00%(upstream)', ref))
  if (ended.code !== 0) throw unexpected('read what a branch follows', ended)
  const [, upstream = ''] = (
    lineOf(ended.stdout)
      .split('\n')
      .find((line) => line.startsWith(`${ref}\0`)) ?? ''
  ).split('\0')
  for (const candidate of [upstream, `refs/remotes/origin/${shortName(ref)}`].map(parseRef)) {
    const head = candidate === null ? null : await refHead(git, checkout, candidate)
    if (candidate !== null && head !== null) return { ref: candidate, head }
  }
  return null
}

async function commitsMissing(git: Git, checkout: Checkout, from: Oid, to: Oid): Promise<number> {
  const ended = await read(git, checkout, command('rev-list', '--count', range(from, to)))
  if (ended.code !== 0) throw unexpected('count the commits of a branch', ended)
  return Number(lineOf(ended.stdout))
}

async function fetchedAt(checkout: Checkout): Promise<string | null> {
  const gitDir = await gitDirOf(checkout.path)
  const fetched = gitDir === null ? null : await stat(join(gitDir.common, 'FETCH_HEAD')).catch(() => null)
  return fetched?.mtime.toISOString() ?? null
}

/** Takes a branch, tag or commit as typed; gives what a session would start from there. */
export async function lookAtBase(git: Git, checkout: Checkout, typed: string): Promise<Result<BaseLook, 'bad-ref'>> {
  const head = await resolveCommit(git, checkout, typed)
  if (head === null) return fail('bad-ref', `“${typed}” is no branch, tag or commit of this repository.`)
  const format = '--format=%s'
  const told = await read(
    git,
    checkout,
    command('rev-list', '--no-commit-header', '--max-count=1', '--encoding=UTF-8', format, head),
  )
  if (told.code !== 0) throw unexpected('read a commit', told)
  const ref = await refMeant(git, checkout, typed)
  const followed = ref === null ? null : await followedBy(git, checkout, ref)
  const at = followed === null ? null : await fetchedAt(checkout)
  return ok({
    name: ref === null ? short(head) : shortName(ref),
    head,
    subject: lineOf(told.stdout),
    ...(followed === null
      ? {}
      : {
          behind: {
            of: shortName(followed.ref),
            commits: await commitsMissing(git, checkout, head, followed.head),
            ...(at === null ? {} : { fetchedAt: at }),
          },
        }),
  })
}

const MOST = 30

/** How well a name continues what was typed: 0 from its start, 1 from a later part, 2 anywhere; null not at all. Pure. */
export function fit(name: string, typed: string): 0 | 1 | 2 | null {
  const [whole, part] = [name.toLowerCase(), typed.trim().toLowerCase()]
  if (whole.startsWith(part)) return 0
  if (whole.includes(`/${part}`)) return 1
  return whole.includes(part) ? 2 : null
}

/** Takes what was typed; gives branches and tags that it may become: `first` before all, then as they fit, the newest first. */
export async function completeBase(
  git: Git,
  checkout: Checkout,
  typed: string,
  first: string | null,
): Promise<readonly string[]> {
  const format = '--format=%(refname)%00%(symref)'
  const ended = await read(
    git,
    checkout,
    command('for-each-ref', '--sort=-creatordate', format, 'refs/heads', 'refs/remotes', 'refs/tags'),
  )
  if (ended.code !== 0) throw unexpected('list the branches', ended)
  const names = ended.stdout
    .toString()
    .split('\n')
    .map((line) => line.split('\0'))
    // Another name for a branch that is in the list itself, such as origin/HEAD.
    .flatMap(([ref = '', alias = '']) => (ref === '' || alias !== '' ? [] : [shortName(ref)]))
  const fitting = [...new Set(names)].flatMap((name) => {
    const how = fit(name, typed)
    return how === null ? [] : [{ name, rank: name === first ? -1 : how }]
  })
  return fitting
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ name }) => name)
}

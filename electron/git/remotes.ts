/** The remotes that the settings name, and pushing to one of them: the only place where anything leaves this computer. Never by force. */

import { withoutCredentials } from './addresses.ts'
import { command } from './argv.ts'
import { type Checkout, read, writeFiles } from './checkout.ts'
import { asFailed, unexpected } from './failure.ts'
import { type Oid, parseRemoteName, pushed, type Ref, type RemoteName } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'
import { toldAfter } from './told.ts'

export type Remote = {
  readonly name: RemoteName
  /** Where a push goes, as it may be shown: without what it signs in with. */
  readonly url: string
}

/** The remotes, the one that is pushed to by default first. Reads the settings only. */
export async function remotesOf(git: Git, checkout: Checkout): Promise<readonly Remote[]> {
  const keys = '^remote[.](.*[.](url|pushurl)|pushdefault)$'
  const ended = await read(git, checkout, command('config', '--null', '--get-regexp', keys))
  // 1: there is none.
  if (ended.code > 1) throw unexpected('read the remotes', ended)
  const urls = new Map<RemoteName, { readonly url: string[]; readonly pushurl: string[] }>()
  let first = 'origin'
  for (const field of fieldsOf(ended.stdout).map(String)) {
    const at = field.indexOf('\n')
    const [key, value] = [field.slice(0, at), field.slice(at + 1)]
    if (key === 'remote.pushdefault') first = value
    const found = /^remote\.(?<name>.*)\.(?<what>url|pushurl)$/su.exec(key)?.groups
    const name = parseRemoteName(found?.['name'] ?? '')
    if (name === null || at < 0) continue
    const known = urls.get(name) ?? { url: [], pushurl: [] }
    known[found?.['what'] === 'pushurl' ? 'pushurl' : 'url'].push(withoutCredentials(value))
    urls.set(name, known)
  }
  const all = [...urls].map(([name, { url, pushurl }]) => ({ name, url: (pushurl.length > 0 ? pushurl : url).join(', ') }))
  return [...all.filter(({ name }) => name === first), ...all.filter(({ name }) => name !== first)]
}

export type Pushed = { readonly kind: 'pushed' } | { readonly kind: 'refused'; readonly message: string }

// What the settings would push beside it, or in another way.
const ALONE = [
  '--no-force',
  '--no-force-with-lease',
  '--no-follow-tags',
  '--no-mirror',
  '--no-prune',
  '--recurse-submodules=no',
  '--no-progress',
] as const

/** Pushes that commit as that branch, as the user's own git would: with their hooks and their way to sign in. The user must have trusted the repository. */
export async function push(
  git: Git,
  checkout: Checkout,
  { remote, commit, to }: { readonly remote: RemoteName; readonly commit: Oid; readonly to: Ref },
  signal?: AbortSignal,
): Promise<Pushed> {
  const ended = await writeFiles(git, checkout, command('push', ...ALONE, '--', remote, pushed(commit, to)), {
    env: { LC_ALL: undefined, LC_MESSAGES: 'C' },
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => ({ ...asFailed(error), stdout: Buffer.alloc(0) }))
  if (ended.code === 0) return { kind: 'pushed' }
  return { kind: 'refused', message: toldAfter(`Git could not push to ${remote}`, ended) }
}

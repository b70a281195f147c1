/** What answers the calls by which the user takes a session's work into the own hands: commits, discards, pull requests, the editor. */

import type { Handlers } from '../bridge/serve.ts'
import { attempt } from '../git/failure.ts'
import { type Oid, parseOid } from '../git/names.ts'
import { commitWork, whyBusy } from '../review/committing.ts'
import { discardChange } from '../review/discarding.ts'
import { editFile } from '../review/editing.ts'
import { lookAtPull, openPull, type Work } from '../review/pull.ts'
import { commitsOf } from '../review/summary.ts'
import { refFor } from '../sessions/archive/removing.ts'
import { lastMessage } from '../sessions/transcript.ts'
import { unfit } from '../../shared/model/landing.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { candidateOf, onlyReads, type Asking, type HandlerParts, type Ready } from './asking.ts'

type TakingOverCalls = Extract<keyof Handlers, 'review.commit' | 'review.discard' | `pull.${string}` | 'file.edit'>

type AtHand = Ready & { readonly head: Oid; readonly trusted: boolean; readonly repository: string }

const UNTRUSTED = 'This repository is not trusted, so nothing of it may run. Trust it first.'

export function takingOverHandlers({ hall, git, settings }: HandlerParts, asking: Asking): Pick<Handlers, TakingOverCalls> {
  /** By session: ends its pull request that is under way. */
  const opening = new Map<string, AbortController>()

  /** The named session as git has it now, with a worktree to work in. */
  async function atHand(name: string): Promise<Result<AtHand, 'no-session' | 'research' | 'worktree-missing' | 'git-failed'>> {
    const named = asking.named(name)
    if (!named.ok) return named
    if (named.value.record.research) return onlyReads(named.value.record.name)
    const done = await attempt(() => asking.ready(name))
    if (!done.ok) return done
    if (!done.value.ok) return done.value
    const found = done.value.value
    const gone = unfit(candidateOf(found)).find(({ code }) => code === 'worktree-missing')
    if (gone !== undefined) return fail('worktree-missing', gone.message)
    const checkout = hall.repositories.current()?.checkout
    const head = parseOid(found.session.head)
    if (head === null || checkout === undefined) throw new Error('A session is at no commit, or in no repository.')
    return ok({ ...found, head, trusted: checkout.trusted, repository: checkout.path })
  }

  /** What a pull request is made of. */
  async function workOf(found: AtHand): Promise<Result<Work & { readonly base: Oid }, 'no-target'>> {
    const target = hall.repositories.current()?.target
    const base = parseOid(target?.head ?? '')
    if (target == null || base === null) return fail('no-target', 'There is no target branch. Choose one in the settings.')
    const { desk, record, session, head, trusted } = found
    const { name, branch, worktree: path } = record
    const worktree = { path, trusted }
    return ok({ name, branch, worktree, head, ahead: session.ahead, target: target.branch, base, env: desk.env })
  }

  return {
    async 'review.commit'({ name, message, amend, head }) {
      const found = await atHand(name)
      if (!found.ok) return found
      const { desk, live, record, trusted, repository } = found.value
      const busy = whyBusy({ name: record.name, state: live.view().state }, 'commit')
      if (busy !== null) return busy
      const from = parseOid(head)
      const target = await hall.repositories.readTargetHead()
      if (from === null) return fail('changed', `“${record.name}” has a new commit since you looked. Look at it, then commit.`)
      const { branch, worktree: path } = record
      const work = { name: record.name, branch, worktree: { path, trusted }, target, from, message, amend: amend === true }
      const done = await attempt(() => desk.lane.run(repository, () => commitWork(git, work)))
      const committed = done.ok ? done.value : done
      if (!committed.ok) {
        live.poke()
        return committed
      }
      const fact = { kind: 'work-committed', session: record.id, head: committed.value, amended: work.amend } as const
      desk.reviews.change(record.id, (review) => review, fact)
      const seen = await attempt(() => live.fresh())
      return ok(seen.ok ? seen.value : live.view())
    },
    async 'review.discard'({ name, of, path, hunk, head }) {
      const found = await atHand(name)
      if (!found.ok) return found
      const { desk, live, record, trusted, repository } = found.value
      if (!trusted) return fail('untrusted', UNTRUSTED)
      const busy = whyBusy({ name: record.name, state: live.view().state }, 'discard something')
      if (busy !== null) return busy
      const reviewed = await asking.reviewed(name)
      if (!reviewed.ok) return reviewed
      const ref = refFor('snapshots', record, desk.clock.now())
      const done = await attempt(() =>
        desk.lane.run(repository, () => discardChange(git, reviewed.value, { of, path, hunk, head, ref })),
      )
      const discarded = done.ok ? done.value : done
      if (!discarded.ok) return discarded
      const snapshot = discarded.value
      const fact = { kind: 'work-discarded', session: record.id, path, part: hunk !== undefined, snapshot } as const
      desk.reviews.change(record.id, (review) => review, fact)
      await attempt(() => live.fresh())
      return ok({ snapshot })
    },
    async 'pull.look'({ name }) {
      const found = await atHand(name)
      if (!found.ok) return found
      const work = await workOf(found.value)
      if (!work.ok) return work
      const { desk, record, head } = found.value
      const commits = await commitsOf(git, work.value.worktree, { head, target: work.value.base })
      if (!commits.ok) return commits
      const said = record.claudeSession === null ? null : await lastMessage(desk.configDir, record.claudeSession)
      const told = { ...commits.value, prompt: record.prompt, message: said?.text ?? null }
      const done = await attempt(() => lookAtPull(git, work.value, told))
      return done
    },
    async 'pull.open'({ name, head, remote, title, body, draft }) {
      const found = await atHand(name)
      if (!found.ok) return found
      const { desk, record, session } = found.value
      if (session.head !== head)
        return fail('changed', `“${record.name}” has a new commit since you looked. Look at it, then open the pull request.`)
      const dirty = unfit(candidateOf(found.value)).find(({ code }) => code === 'dirty')
      if (dirty !== undefined) return fail('dirty', dirty.message)
      const work = await workOf(found.value)
      if (!work.ok) return work
      if (opening.has(record.id)) return fail('not-ready', `A pull request for “${record.name}” is being opened already.`)
      const stop = new AbortController()
      opening.set(record.id, stop)
      const given = { ...work.value, signal: stop.signal }
      const done = await attempt(() => openPull(git, given, { remote, title, body, draft: draft === true })).finally(() =>
        opening.delete(record.id),
      )
      const opened = done.ok ? done.value : done
      if (!opened.ok) return opened
      const fact = { kind: 'pull-opened', session: record.id, remote, head, url: opened.value.url } as const
      desk.reviews.change(record.id, (review) => review, fact)
      return opened
    },
    'pull.cancel'({ name }) {
      const found = asking.named(name)
      if (!found.ok) return found
      opening.get(found.value.record.id)?.abort()
      return ok({})
    },
    async 'file.edit'({ name, path, line }) {
      const found = asking.named(name)
      if (!found.ok) return found
      const { desk, record } = found.value
      return editFile({ worktree: record.worktree, path, line, editor: settings.get().editor, env: desk.env })
    },
  }
}

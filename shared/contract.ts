/** The one contract between the House and everything that looks at it: calls and changes. Types come from the schemas. */

import * as z from 'zod'
import { BEGINNING, call, named, nothing, SENDING, text, type Call } from './call.ts'
import { leavings } from './model/archive.ts'
import { baseLook, foundWorktree } from './model/base.ts'
import { config } from './model/config.ts'
import { event } from './model/event.ts'
import { folder, found, scopeMatch } from './model/found.ts'
import { machine } from './model/machine.ts'
import { overlap } from './model/overlap.ts'
import { entry } from './model/queue.ts'
import { repository } from './model/repository.ts'
import { oid, permissionMode, session } from './model/session.ts'
import { settings } from './model/settings.ts'
import { shell } from './model/shell.ts'
import type { Failure, Result } from './result.ts'
import { reviewCalls } from './review-calls.ts'

/** Things that went wrong at start and that the user should know, such as a damaged database set aside. */
export const notice = z.strictObject({ id: z.string(), message: z.string() })
export type Notice = z.infer<typeof notice>

export const snapshot = z.strictObject({
  /** The number of the last change that this snapshot already contains. */
  seq: z.number().int(),
  version: z.string(),
  repository: repository.nullable(),
  recent: z.array(z.string()).readonly(),
  config,
  /** The user's own. */
  settings,
  /** In cascade order. */
  sessions: z.array(session).readonly(),
  /** In landing order, then what landed or was blocked. */
  queue: z.array(entry).readonly(),
  overlap,
  machine,
  /** In the order in which they were opened. */
  shells: z.array(shell).readonly(),
  notices: z.array(notice).readonly(),
})
export type Snapshot = z.infer<typeof snapshot>

const scope = z.array(z.string().min(1).max(1024)).max(200).readonly()

/** The id of the repository that was on show when the user decided; when another one is open by then, nothing is done. */
const meant = z.string().min(1).max(100).optional()

const ofShell = z.strictObject({ shell: z.string().min(1).max(200) })

/** No value asks for the default: a wire leaves out what is undefined. */
const setting = z.strictObject({ key: z.string(), value: z.unknown().optional() })

export const startRequest = z.strictObject({
  /** Left out: suggested from the prompt. */
  name: z.string().max(400).optional(),
  prompt: text.min(1),
  model: z.string().min(1).max(100).optional(),
  permissionMode: permissionMode.optional(),
  scope: scope.optional(),
  /** A local or remote branch, a tag or a commit; left out: the target. */
  from: z.string().min(1).max(250).optional(),
  /** No worktree of its own: it reads the main checkout, in plan mode, and is never queued. */
  research: z.boolean().optional(),
  budgetUsd: z.number().positive().max(100_000).optional(),
  repository: meant,
})
export type StartRequest = z.infer<typeof startRequest>

export const calls = {
  hello: call(nothing, snapshot, []),

  'repository.open': call(z.strictObject({ path: z.string().min(1).max(4096) }), repository, [
    'not-a-repository',
    'bare',
    'no-commits',
    'unreadable',
    'sessions-running',
    'in-use',
    'no-git',
  ]),
  /** The user's word that this repository's own commands may run. */
  'repository.trust': call(z.strictObject({ repository: meant }), repository, ['no-repository', 'changed']),
  /** What is there to work with: git, Claude Code, and the commands that the open repository's files suggest. Runs none of them. */
  'repository.look': call(nothing, found, []),
  /** The folders in a folder of the host's machine; `~` is the user's home. */
  'folder.list': call(z.strictObject({ path: z.string().min(1).max(4096) }), folder, ['not-a-folder', 'unreadable']),
  /** Starts the demonstration, a Sluice of its own with a sample repository, and gives its address. */
  'demo.start': call(nothing, z.strictObject({ url: z.string() }), ['no-demo', 'demo-failed']),

  'session.start': call(startRequest, session, [...BEGINNING, 'changed']),
  'session.list': call(nothing, z.array(session).readonly(), []),
  'session.show': call(named, session, ['no-session']),
  /**
   * Types a prompt. `wait`: where the user has begun to type something, or a dialog is open, it is kept and typed once that is over.
   * A prompt that was not confirmed is kept too. A session that has ended is resumed with it.
   */
  'session.send': call(named.extend({ text: text.min(1), wait: z.boolean().optional() }), session, SENDING),
  /** Lets go of a prompt that was kept. */
  'session.forget-prompt': call(named, session, ['no-session']),
  /** Ends the turn that runs, as Esc does; the conversation stays. */
  'session.interrupt': call(named, session, ['no-session', 'not-running', 'not-working', 'dialog-open', 'still-working']),
  /** Answers the permission that it asks for; whoever answers first, here or in the terminal, has answered. */
  'session.answer': call(named.extend({ permission: z.string().min(1).max(200), allow: z.boolean() }), session, [
    'no-session',
    'answered',
  ]),
  /** Has it write its HANDOFF.md, adds what Sluice knows, and stops it. */
  'session.pause': call(named, session, ['no-session', 'not-running', 'dialog-open', 'draft', 'research', 'unwritable']),
  /** A new session that begins with the conversation of this one. */
  'session.fork': call(
    named.extend({
      /** Left out: suggested from the name of the first. */
      to: z.string().max(400).optional(),
      research: z.boolean().optional(),
      prompt: text.optional(),
    }),
    session,
    [...BEGINNING, 'no-session', 'no-conversation'],
  ),
  /** A session in a worktree of this repository that is there already. Its Claude Code is not started. */
  'session.import': call(z.strictObject({ path: z.string().min(1).max(4096), name: z.string().max(400).optional() }), session, [
    'no-repository',
    'untrusted',
    'not-a-worktree',
    'bad-name',
    'name-taken',
    'branch-exists',
    'no-target',
    'git-failed',
  ]),
  /** What of a session is nowhere but in its worktree, and what of it would go. */
  'session.leavings': call(named, leavings, ['no-session', 'worktree-missing', 'git-failed']),
  /** Keeps what is not committed in a snapshot, then removes the worktree. Nothing is lost; `session.restore` brings it back. */
  'session.archive': call(named, session, [
    'no-session',
    'in-queue',
    'busy',
    'not-removable',
    'no-target',
    'untrusted',
    'git-failed',
  ]),
  'session.restore': call(named, session, [
    'no-session',
    'not-archived',
    'busy',
    'branch-exists',
    'folder-exists',
    'read-only',
    'no-target',
    'untrusted',
    'git-failed',
  ]),
  /** Does what the session's `repair` says. */
  'session.repair': call(named, session, ['no-session', 'nothing-to-repair', 'folder-exists', 'untrusted', 'git-failed']),
  /** The last lines of a terminal whose Claude Code has ended. */
  'session.output': call(named, z.strictObject({ text: z.string() }), ['no-session']),
  /** Puts it at place `to` of the cascade, from 1; gives the cascade. */
  'session.move': call(named.extend({ to: z.number().int().min(1).max(10_000) }), z.array(session).readonly(), ['no-session']),
  /** Its branch and its worktree keep the names they have. */
  'session.rename': call(named.extend({ to: z.string().max(400) }), session, ['no-session', 'bad-name', 'name-taken']),
  /** `head` is the commit that was looked at; when the session has moved on since, nothing is approved. */
  'session.approve': call(named.extend({ head: oid.optional() }), session, [
    'no-session',
    'research',
    'dirty',
    'empty',
    'worktree-missing',
    'no-target',
    'changed',
  ]),
  'session.unapprove': call(named, session, ['no-session']),
  'session.stop': call(named, session, ['no-session']),
  /** Starts Claude Code again in the session's worktree, with its conversation. */
  'session.resume': call(named, session, [
    'no-session',
    'already-running',
    'worktree-missing',
    'no-claude',
    'claude-too-old',
    'setup-failed',
    'in-use',
    'untrusted',
  ]),

  /** The worktrees of the repository that no session has. */
  'worktree.list': call(nothing, z.array(foundWorktree).readonly(), ['no-repository']),
  /** What a session would start from: `from` as in `session.start`. Asks git only, never a remote. */
  'base.look': call(z.strictObject({ from: z.string().min(1).max(250).optional() }), baseLook, [
    'no-repository',
    'no-target',
    'bad-ref',
  ]),
  /** Branches and tags that continue what was typed, the likeliest first. */
  'base.complete': call(z.strictObject({ text: z.string().max(250) }), z.array(z.string()).readonly(), ['no-repository']),

  /** How many files of the target a scope holds, and which sessions own some of them already. */
  'scope.match': call(z.strictObject({ scope }), scopeMatch, ['no-repository', 'no-target', 'bad-scope']),
  /** Files and folders of the target that continue what was typed; folders end with “/”. */
  'scope.complete': call(z.strictObject({ text: z.string().max(1024) }), z.array(z.string()).readonly(), [
    'no-repository',
    'no-target',
  ]),

  ...reviewCalls,

  'queue.add': call(named, entry, [
    'no-session',
    'research',
    'no-target',
    'not-approved',
    'untrusted',
    'already-queued',
    'dirty',
    'empty',
    'worktree-missing',
  ]),
  'queue.remove': call(named, nothing, ['no-session', 'not-queued', 'landing']),
  'queue.retry': call(named, entry, [
    'no-session',
    'research',
    'no-target',
    'not-queued',
    'not-blocked',
    'not-approved',
    'dirty',
    'empty',
    'worktree-missing',
  ]),
  /** Takes HANDOFF.md out of the commits of a branch that is not on its way to land; the file stays in the worktree. `not-blocked`: none has it. */
  'queue.drop-handoff': call(named, session, [
    'no-session',
    'not-blocked',
    'no-target',
    'dirty',
    'worktree-missing',
    'untrusted',
    'git-failed',
  ]),
  'queue.list': call(nothing, z.array(entry).readonly(), []),
  /** The end of the check output of the session's last run. */
  'queue.log': call(named, z.strictObject({ text: z.string(), truncated: z.boolean() }), ['no-session', 'not-queued']),

  'config.get': call(nothing, config, ['no-repository']),
  'config.set': call(setting.extend({ repository: meant }), config, ['no-repository', 'changed', 'bad-key', 'bad-value']),

  'settings.get': call(nothing, settings, []),
  'settings.set': call(setting, settings, ['bad-key', 'bad-value']),

  'overlap.list': call(nothing, overlap, []),

  /** Starts the user's own shell in the worktree of a session; its terminal has the shell's id. */
  'shell.open': call(named, shell, ['no-session', 'archived', 'worktree-missing', 'too-many', 'no-terminal']),
  /** Starts it again in the same terminal, once it has ended. */
  'shell.restart': call(ofShell, shell, ['no-shell', 'still-running', 'worktree-missing', 'no-terminal']),
  /** Hangs it up if it runs, and lets go of its terminal. `idle`: only while no program has its terminal (code `busy`, with its name). */
  'shell.close': call(ofShell.extend({ idle: z.boolean().optional() }), nothing, ['no-shell', 'busy']),

  'events.list': call(
    z.strictObject({
      since: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(10_000).default(1000),
      /** Only of this session, by name or id. */
      session: z.string().min(1).max(400).optional(),
      /** Only of the repository that is open. */
      here: z.boolean().optional(),
      kinds: z.array(z.string().max(100)).max(100).readonly().optional(),
      /** The newest ones before this number, newest first, instead of the oldest ones after `since`. */
      before: z.number().int().min(0).optional(),
    }),
    z.array(event).readonly(),
    [],
  ),
} as const satisfies Record<string, Call>

export type Calls = typeof calls
export type CallName = keyof Calls
export type Params<N extends CallName> = z.input<Calls[N]['params']>
export type ParsedParams<N extends CallName> = z.output<Calls[N]['params']>
export type Value<N extends CallName> = z.output<Calls[N]['value']>
export type FailureCode<N extends CallName> = Calls[N]['failures'][number]
export type Answer<N extends CallName> = Result<Value<N>, FailureCode<N>>

/** Failures that any call may meet: the bridge's own. */
export type BridgeFailure = Failure<'bad-request' | 'fault' | 'disconnected'>

export const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('repository'), repository: repository.nullable(), config }),
  z.strictObject({ kind: z.literal('session'), session }),
  z.strictObject({ kind: z.literal('session-gone'), id: z.string() }),
  z.strictObject({ kind: z.literal('queue'), entries: z.array(entry).readonly() }),
  z.strictObject({ kind: z.literal('config'), config }),
  z.strictObject({ kind: z.literal('settings'), settings }),
  z.strictObject({ kind: z.literal('overlap'), overlap }),
  z.strictObject({ kind: z.literal('machine'), machine }),
  z.strictObject({ kind: z.literal('shells'), shells: z.array(shell).readonly() }),
  /** Check output as it comes; `queue.log` has what came before. */
  z.strictObject({ kind: z.literal('check-output'), session: z.string(), text: z.string() }),
  /** What was said of a session's work, by id, is different now: `review.show` has it. */
  z.strictObject({ kind: z.literal('review'), session: z.string() }),
  z.strictObject({ kind: z.literal('event'), event }),
  z.strictObject({ kind: z.literal('notice'), notice }),
])
export type Change = z.infer<typeof change>

/** Changes travel in batches: `first` is the number of the first one, the rest follow without a gap. */
export const changes = z.strictObject({ first: z.number().int(), changes: z.array(change).readonly() })
export type Changes = z.infer<typeof changes>

/** Text messages of the WebSocket and the shape of a call everywhere. */
export const request = z.strictObject({ id: z.number().int(), call: z.string().max(100), params: z.unknown() })
export type Request = z.infer<typeof request>

export const reply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    failure: z.strictObject({ code: z.string(), message: z.string(), detail: z.unknown().optional() }),
  }),
])
export type Reply = z.infer<typeof reply>

export const serverMessage = z.union([z.strictObject({ id: z.number().int(), reply }), z.strictObject({ changes })])
export type ServerMessage = z.infer<typeof serverMessage>

/** What `sluice session` understands: its words in, one command or one usage error out. Pure. */

import { PERMISSION_MODES, SESSION_STATES, type PermissionMode, type SessionState } from '../../shared/model/session.ts'
import { common, dollars, number, oneOf, parse, UsageError, words, type Common } from './grammar.ts'

/** Verbs that take a name, are one call, and print the session. */
const PLAIN = ['show', 'approve', 'unapprove', 'stop', 'resume', 'interrupt', 'pause', 'restore', 'repair'] as const
export type SessionVerb = (typeof PLAIN)[number]

export type SessionCommand = Common &
  (
    | { readonly kind: 'session-list' }
    | { readonly kind: 'session-verb'; readonly verb: SessionVerb; readonly name: string }
    | {
        readonly kind: 'session-start'
        readonly name: string
        readonly prompt: string
        readonly model: string | undefined
        readonly own: readonly string[]
        readonly from: string | undefined
        readonly permissionMode: PermissionMode | undefined
        readonly budgetUsd: number | undefined
        readonly research: boolean
      }
    | {
        readonly kind: 'session-fork'
        readonly name: string
        readonly to: string
        readonly prompt: string | undefined
        readonly research: boolean
      }
    | { readonly kind: 'session-import'; readonly path: string | undefined; readonly name: string | undefined }
    | { readonly kind: 'session-answer'; readonly name: string; readonly allow: boolean }
    | { readonly kind: 'session-archive' | 'session-leavings' | 'session-output'; readonly name: string }
    | { readonly kind: 'session-move'; readonly name: string; readonly to: number }
    | { readonly kind: 'session-rename'; readonly name: string; readonly to: string }
    | { readonly kind: 'session-send'; readonly name: string; readonly text: string; readonly wait: boolean }
    | {
        readonly kind: 'session-wait'
        readonly name: string
        readonly states: readonly SessionState[]
        readonly timeout: number | undefined
      }
  )

function start(rest: readonly string[]): SessionCommand {
  const { values, positionals } = parse(rest, {
    prompt: { type: 'string' },
    model: { type: 'string' },
    own: { type: 'string', multiple: true },
    from: { type: 'string' },
    'permission-mode': { type: 'string' },
    'budget-usd': { type: 'string' },
    research: { type: 'boolean' },
  })
  const [name] = words(positionals, ['NAME'])
  if (values.prompt === undefined)
    throw new UsageError('--prompt TEXT is missing (use “--prompt -” to read it from standard input).')
  const research = values.research ?? false
  const mode = values['permission-mode']
  const idle = [values.own && '--own', values.from !== undefined && '--from', mode !== undefined && '--permission-mode']
  const [useless] = idle.filter((option) => typeof option === 'string')
  if (research && useless !== undefined)
    throw new UsageError(`${useless} means nothing with --research, which reads the main checkout in plan mode.`)
  return {
    kind: 'session-start',
    name: name!,
    prompt: values.prompt,
    model: values.model,
    own: values.own ?? [],
    from: values.from,
    permissionMode: mode === undefined ? undefined : oneOf('permission mode', mode, PERMISSION_MODES),
    budgetUsd: dollars('--budget-usd', values['budget-usd']),
    research,
    ...common(values),
  }
}

function send(rest: readonly string[]): SessionCommand {
  const { values, positionals } = parse(rest, { wait: { type: 'boolean' } })
  const [name, text] = words(positionals, ['NAME', 'TEXT'])
  return { kind: 'session-send', name: name!, text: text!, wait: values.wait ?? false, ...common(values) }
}

function fork(rest: readonly string[]): SessionCommand {
  const { values, positionals } = parse(rest, { prompt: { type: 'string' }, research: { type: 'boolean' } })
  const [name, to] = words(positionals, ['NAME', 'NEW'])
  return {
    kind: 'session-fork',
    name: name!,
    to: to!,
    prompt: values.prompt,
    research: values.research ?? false,
    ...common(values),
  }
}

function imported(rest: readonly string[]): SessionCommand {
  const { values, positionals } = parse(rest, { name: { type: 'string' } })
  const [path] = words(positionals, ['PATH'], 0)
  if (path === undefined && values.name !== undefined) throw new UsageError('PATH is missing: --name names the session of one.')
  return { kind: 'session-import', path, name: values.name, ...common(values) }
}

function move(rest: readonly string[]): SessionCommand {
  const { values, positionals } = parse(rest, { to: { type: 'string' } })
  const [name] = words(positionals, ['NAME'])
  if (values.to === undefined) throw new UsageError('--to N is missing: the place in the cascade, from 1.')
  const to = number('--to', values.to, 10_000) ?? 0
  if (!Number.isInteger(to) || to < 1) throw new UsageError(`--to takes a place in the cascade, from 1, not “${values.to}”.`)
  return { kind: 'session-move', name: name!, to, ...common(values) }
}

function rename(rest: readonly string[]): SessionCommand {
  const { values, positionals } = parse(rest, {})
  const [name, to] = words(positionals, ['NAME', 'NEW'])
  return { kind: 'session-rename', name: name!, to: to!, ...common(values) }
}

function wait(rest: readonly string[]): SessionCommand {
  const { values, positionals } = parse(rest, { state: { type: 'string' }, timeout: { type: 'string' } })
  const [name] = words(positionals, ['NAME'])
  if (values.state === undefined) throw new UsageError('--state STATE is missing.')
  const states = values.state.split(',').map((state) => oneOf('state', state, SESSION_STATES))
  return { kind: 'session-wait', name: name!, states, timeout: number('--timeout', values.timeout, 1_000_000), ...common(values) }
}

function list(rest: readonly string[]): SessionCommand {
  const { values, positionals } = parse(rest, {})
  words(positionals, [])
  return { kind: 'session-list', ...common(values) }
}

type Of = (rest: readonly string[]) => SessionCommand

/** A verb that takes a name and nothing else. */
function named<const Rest extends object>(make: (name: string) => Rest) {
  return (rest: readonly string[]): Rest & Common => {
    const { values, positionals } = parse(rest, {})
    const [name] = words(positionals, ['NAME'])
    return { ...make(name!), ...common(values) }
  }
}

const VERBS: Readonly<Record<string, Of>> = {
  list,
  start,
  send,
  fork,
  import: imported,
  move,
  rename,
  wait,
  allow: named((name) => ({ kind: 'session-answer', name, allow: true })),
  deny: named((name) => ({ kind: 'session-answer', name, allow: false })),
  archive: named((name) => ({ kind: 'session-archive', name })),
  leavings: named((name) => ({ kind: 'session-leavings', name })),
  output: named((name) => ({ kind: 'session-output', name })),
  ...Object.fromEntries(PLAIN.map((verb) => [verb, named((name) => ({ kind: 'session-verb', verb, name }))])),
}

/** Takes the words after `sluice session`. Throws `UsageError` with a sentence. */
export function parseSession(verb: string | undefined, rest: readonly string[]): SessionCommand {
  const known = oneOf('verb of “sluice session”', verb ?? '', Object.keys(VERBS))
  const of = VERBS[known]
  if (of === undefined) throw new Error(`No verb: ${known}`)
  return of(rest)
}

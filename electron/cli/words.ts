/** What the `sluice` command understands: its words in, one command or one usage error out. Pure. */

import { parseArgs, type ParseArgsConfig } from 'node:util'
import { CONFIG_KEYS } from '../../shared/model/config.ts'
import { DIFF_SIDES, type DiffOf } from '../../shared/model/diff.ts'
import { PERMISSION_MODES, SESSION_STATES, type PermissionMode, type SessionState } from '../../shared/model/session.ts'

export type Common = { readonly json: boolean; readonly data: string | undefined }

export type Command = Common &
  (
    | { readonly kind: 'help'; readonly of: string | undefined }
    | { readonly kind: 'version' }
    | { readonly kind: 'open'; readonly folder: string | undefined }
    | {
        readonly kind: 'serve'
        readonly folder: string | undefined
        readonly port: number | undefined
        readonly claude: string | undefined
        readonly browser: boolean
        readonly trust: boolean
      }
    | { readonly kind: 'demo'; readonly headless: boolean }
    | { readonly kind: 'status' }
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
      }
    | { readonly kind: 'session-move'; readonly name: string; readonly to: number }
    | { readonly kind: 'session-rename'; readonly name: string; readonly to: string }
    | { readonly kind: 'session-send'; readonly name: string; readonly text: string }
    | {
        readonly kind: 'session-wait'
        readonly name: string
        readonly states: readonly SessionState[]
        readonly timeout: number | undefined
      }
    | { readonly kind: 'diff'; readonly name: string; readonly of: DiffOf }
    | { readonly kind: 'overlap' }
    | { readonly kind: 'queue-list' }
    | { readonly kind: 'queue-verb'; readonly verb: QueueVerb; readonly name: string }
    | { readonly kind: 'queue-wait'; readonly name: string; readonly timeout: number | undefined }
    | { readonly kind: 'config-get'; readonly key: string | undefined }
    | { readonly kind: 'config-set'; readonly key: string; readonly value: unknown }
    | { readonly kind: 'events'; readonly follow: boolean; readonly since: number }
  )

const SESSION_VERBS = ['show', 'approve', 'unapprove', 'stop', 'resume'] as const
export type SessionVerb = (typeof SESSION_VERBS)[number]
const QUEUE_VERBS = ['add', 'remove', 'retry'] as const
export type QueueVerb = (typeof QUEUE_VERBS)[number]

/** The words cannot be understood: exit code 2. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>
const COMMON = { json: { type: 'boolean' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

function parse<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options: { ...COMMON, ...options }, allowPositionals: true, strict: true })
  } catch (error) {
    // Node's own words; what follows the first sentence or line is advice about its API.
    throw new UsageError(error instanceof Error ? `${error.message.split(/\.\s|\n/u)[0]?.replace(/\.$/u, '')}.` : String(error))
  }
}

/** Checks how many words are left beside the options, and gives them. */
function words(positionals: readonly string[], names: readonly string[], least = names.length): readonly string[] {
  if (positionals.length < least) throw new UsageError(`${names[positionals.length]} is missing.`)
  if (positionals.length > names.length) throw new UsageError(`“${positionals[names.length]}” is one word too many.`)
  return positionals
}

function oneOf<const Word extends string>(what: string, text: string, allowed: readonly Word[]): Word {
  const found = allowed.find((word) => word === text)
  if (found === undefined) throw new UsageError(`“${text}” is no ${what}. It is one of: ${allowed.join(', ')}.`)
  return found
}

function number(what: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+(?:\.\d+)?$/u.test(text) || Number(text) > most)
    throw new UsageError(`${what} takes a number from 0 to ${most}, not “${text}”.`)
  return Number(text)
}

/** Settings that are lists; one entry of theirs may be given as it is. */
const LISTS: readonly string[] = ['checks', 'copy']

/** A value of `config set`: JSON where it is JSON, else the text itself. */
export function parseValue(key: string, text: string): unknown {
  let value: unknown = text
  try {
    value = JSON.parse(text)
  } catch {
    // Plain text, as most commands and branch names are.
  }
  return LISTS.includes(key) && typeof value === 'string' ? (value === '' ? [] : [value]) : value
}

function session(verb: string | undefined, rest: readonly string[]): Command {
  if (verb === 'list') {
    const { values, positionals } = parse(rest, {})
    words(positionals, [])
    return { kind: 'session-list', ...common(values) }
  }
  if (verb === 'start') {
    const { values, positionals } = parse(rest, {
      prompt: { type: 'string' },
      model: { type: 'string' },
      own: { type: 'string', multiple: true },
      from: { type: 'string' },
      'permission-mode': { type: 'string' },
    })
    const [name] = words(positionals, ['NAME'])
    if (values.prompt === undefined)
      throw new UsageError('--prompt TEXT is missing (use “--prompt -” to read it from standard input).')
    const mode = values['permission-mode']
    return {
      kind: 'session-start',
      name: name!,
      prompt: values.prompt,
      model: values.model,
      own: values.own ?? [],
      from: values.from,
      permissionMode: mode === undefined ? undefined : oneOf('permission mode', mode, PERMISSION_MODES),
      ...common(values),
    }
  }
  if (verb === 'send') {
    const { values, positionals } = parse(rest, {})
    const [name, text] = words(positionals, ['NAME', 'TEXT'])
    return { kind: 'session-send', name: name!, text: text!, ...common(values) }
  }
  if (verb === 'move') {
    const { values, positionals } = parse(rest, { to: { type: 'string' } })
    const [name] = words(positionals, ['NAME'])
    if (values.to === undefined) throw new UsageError('--to N is missing: the place in the cascade, from 1.')
    const to = number('--to', values.to, 10_000) ?? 0
    if (!Number.isInteger(to) || to < 1) throw new UsageError(`--to takes a place in the cascade, from 1, not “${values.to}”.`)
    return { kind: 'session-move', name: name!, to, ...common(values) }
  }
  if (verb === 'rename') {
    const { values, positionals } = parse(rest, {})
    const [name, to] = words(positionals, ['NAME', 'NEW'])
    return { kind: 'session-rename', name: name!, to: to!, ...common(values) }
  }
  if (verb === 'wait') {
    const { values, positionals } = parse(rest, { state: { type: 'string' }, timeout: { type: 'string' } })
    const [name] = words(positionals, ['NAME'])
    if (values.state === undefined) throw new UsageError('--state STATE is missing.')
    const states = values.state.split(',').map((state) => oneOf('state', state, SESSION_STATES))
    return {
      kind: 'session-wait',
      name: name!,
      states,
      timeout: number('--timeout', values.timeout, 1_000_000),
      ...common(values),
    }
  }
  const others = ['list', 'start', 'send', 'move', 'rename', 'wait'] as const
  const known = oneOf('verb of “sluice session”', verb ?? '', [...SESSION_VERBS, ...others])
  const { values, positionals } = parse(rest, {})
  const [name] = words(positionals, ['NAME'])
  return { kind: 'session-verb', verb: oneOf('verb', known, SESSION_VERBS), name: name!, ...common(values) }
}

function queue(verb: string | undefined, rest: readonly string[]): Command {
  if (verb === 'list') {
    const { values, positionals } = parse(rest, {})
    words(positionals, [])
    return { kind: 'queue-list', ...common(values) }
  }
  if (verb === 'wait') {
    const { values, positionals } = parse(rest, { timeout: { type: 'string' } })
    const [name] = words(positionals, ['NAME'])
    return { kind: 'queue-wait', name: name!, timeout: number('--timeout', values.timeout, 1_000_000), ...common(values) }
  }
  oneOf('verb of “sluice queue”', verb ?? '', [...QUEUE_VERBS, 'list', 'wait'] as const)
  const { values, positionals } = parse(rest, {})
  const [name] = words(positionals, ['NAME'])
  return { kind: 'queue-verb', verb: oneOf('verb', verb ?? '', QUEUE_VERBS), name: name!, ...common(values) }
}

function config(verb: string | undefined, rest: readonly string[]): Command {
  const known = oneOf('verb of “sluice config”', verb ?? '', ['get', 'set'] as const)
  const { values, positionals } = parse(rest, {})
  const [key, value] = words(positionals, known === 'get' ? ['KEY'] : ['KEY', 'VALUE'], known === 'get' ? 0 : 2)
  if (key !== undefined) oneOf('setting', key, CONFIG_KEYS)
  if (known === 'get') return { kind: 'config-get', key, ...common(values) }
  return { kind: 'config-set', key: key!, value: parseValue(key!, value!), ...common(values) }
}

function common(values: { readonly json?: boolean; readonly data?: string }): Common {
  return { json: values.json ?? false, data: values.data }
}

/** Moves `--json` and `--data DIR` that stand before the verb behind all other words, where every verb takes them. */
function withVerbFirst(args: readonly string[]): readonly string[] {
  const plain = args.includes('--') ? args.indexOf('--') : args.length
  let at = 0
  while (at < plain && (args[at] === '--json' || args[at]?.startsWith('--data') === true)) at += args[at] === '--data' ? 2 : 1
  return [...args.slice(at, plain), ...args.slice(0, at), ...args.slice(plain)]
}

/** Takes the words after `sluice`; gives the command. Throws `UsageError` with a sentence. */
export function parseWords(given: readonly string[]): Command {
  const args = withVerbFirst(given)
  const [first, second] = args
  // Help is asked for in any place before a bare “--”.
  const asked = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length)
  if (asked.includes('--help') || asked.includes('-h') || first === 'help') {
    return {
      kind: 'help',
      of: first === 'help' ? second : first?.startsWith('-') === true ? undefined : first,
      json: false,
      data: undefined,
    }
  }
  if (first === '--version') return { kind: 'version', json: false, data: undefined }
  switch (first) {
    case 'session':
      return session(second, args.slice(2))
    case 'queue':
      return queue(second, args.slice(2))
    case 'config':
      return config(second, args.slice(2))
    case 'status':
    case 'overlap': {
      const { values, positionals } = parse(args.slice(1), {})
      words(positionals, [])
      return { kind: first, ...common(values) }
    }
    case 'diff': {
      const { values, positionals } = parse(args.slice(1), { of: { type: 'string' } })
      const [name] = words(positionals, ['NAME'])
      return { kind: 'diff', name: name!, of: oneOf('part of a diff', values.of ?? 'branch', DIFF_SIDES), ...common(values) }
    }
    case 'events': {
      const { values, positionals } = parse(args.slice(1), { follow: { type: 'boolean' }, since: { type: 'string' } })
      words(positionals, [])
      return {
        kind: 'events',
        follow: values.follow ?? false,
        since: number('--since', values.since, Number.MAX_SAFE_INTEGER) ?? 0,
        ...common(values),
      }
    }
    case 'serve': {
      const { values, positionals } = parse(args.slice(1), {
        port: { type: 'string' },
        claude: { type: 'string' },
        'no-open': { type: 'boolean' },
        trust: { type: 'boolean' },
      })
      const [folder] = words(positionals, ['DIR'], 0)
      const port = number('--port', values.port, 65_535)
      return {
        kind: 'serve',
        folder,
        port,
        claude: values.claude,
        browser: !(values['no-open'] ?? false),
        trust: values.trust ?? false,
        ...common(values),
      }
    }
    case 'demo': {
      const { values, positionals } = parse(args.slice(1), { headless: { type: 'boolean' } })
      words(positionals, [])
      return { kind: 'demo', headless: values.headless ?? false, ...common(values) }
    }
    default: {
      const { values, positionals } = parse(args, {})
      const [folder] = words(positionals, ['DIR'], 0)
      return { kind: 'open', folder, ...common(values) }
    }
  }
}

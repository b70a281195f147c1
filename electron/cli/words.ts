/** What the `sluice` command understands: its words in, one command or one usage error out. Pure. */

import { CONFIG_KEYS } from '../../shared/model/config.ts'
import { DIFF_SIDES, type DiffOf } from '../../shared/model/diff.ts'
import { common, number, oneOf, parse, UsageError, words, type Common } from './grammar.ts'
import { parseSession, type SessionCommand } from './session-words.ts'

export type Command =
  | SessionCommand
  | (Common &
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
        | { readonly kind: 'diff'; readonly name: string; readonly of: DiffOf }
        | { readonly kind: 'review'; readonly name: string }
        | { readonly kind: 'overlap' }
        | { readonly kind: 'queue-list' }
        | { readonly kind: 'queue-verb'; readonly verb: QueueVerb; readonly name: string }
        | { readonly kind: 'queue-wait'; readonly name: string; readonly timeout: number | undefined }
        | { readonly kind: 'config-get'; readonly key: string | undefined }
        | { readonly kind: 'config-set'; readonly key: string; readonly value: unknown }
        | {
            readonly kind: 'events'
            readonly follow: boolean
            readonly since: number
            readonly session: string | undefined
            readonly kinds: readonly string[]
            readonly last: number | undefined
          }
      ))

const QUEUE_VERBS = ['add', 'remove', 'retry', 'drop-handoff'] as const
export type QueueVerb = (typeof QUEUE_VERBS)[number]

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

function events(rest: readonly string[]): Command {
  const { values, positionals } = parse(rest, {
    follow: { type: 'boolean' },
    since: { type: 'string' },
    session: { type: 'string' },
    kind: { type: 'string', multiple: true },
    last: { type: 'string' },
  })
  words(positionals, [])
  if (values.since !== undefined && values.last !== undefined) throw new UsageError('Give either --since or --last, not both.')
  const last = number('--last', values.last, 10_000)
  if (last !== undefined && !Number.isInteger(last)) throw new UsageError('--last takes a whole number.')
  return {
    kind: 'events',
    follow: values.follow ?? false,
    since: number('--since', values.since, Number.MAX_SAFE_INTEGER) ?? 0,
    session: values.session,
    kinds: values.kind ?? [],
    last,
    ...common(values),
  }
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
      return parseSession(second, args.slice(2))
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
    case 'review': {
      const { values, positionals } = parse(args.slice(1), {})
      const [name] = words(positionals, ['NAME'])
      return { kind: 'review', name: name!, ...common(values) }
    }
    case 'events':
      return events(args.slice(1))
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

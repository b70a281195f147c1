/** The grammar of the `sluice` command: options, words, numbers, and the sentence when they do not fit. Knows no verb. Pure. */

import { parseArgs, type ParseArgsConfig } from 'node:util'

export type Common = { readonly json: boolean; readonly data: string | undefined }

/** The words cannot be understood: exit code 2. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>
const COMMON = { json: { type: 'boolean' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

export function parse<const O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options: { ...COMMON, ...options }, allowPositionals: true, strict: true })
  } catch (error) {
    // Node's own words; what follows the first sentence or line is advice about its API.
    throw new UsageError(error instanceof Error ? `${error.message.split(/\.\s|\n/u)[0]?.replace(/\.$/u, '')}.` : String(error))
  }
}

/** Checks how many words are left beside the options, and gives them. */
export function words(positionals: readonly string[], names: readonly string[], least = names.length): readonly string[] {
  if (positionals.length < least) throw new UsageError(`${names[positionals.length]} is missing.`)
  if (positionals.length > names.length) throw new UsageError(`“${positionals[names.length]}” is one word too many.`)
  return positionals
}

export function oneOf<const Word extends string>(what: string, text: string, allowed: readonly Word[]): Word {
  const found = allowed.find((word) => word === text)
  if (found === undefined) throw new UsageError(`“${text}” is no ${what}. It is one of: ${allowed.join(', ')}.`)
  return found
}

export function number(what: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+(?:\.\d+)?$/u.test(text) || Number(text) > most)
    throw new UsageError(`${what} takes a number from 0 to ${most}, not “${text}”.`)
  return Number(text)
}

/** An amount of money above 0, in US dollars. */
export function dollars(what: string, text: string | undefined): number | undefined {
  const usd = number(what, text, 100_000)
  if (usd === 0) throw new UsageError(`${what} takes an amount of US dollars above 0.`)
  return usd
}

export function common(values: { readonly json?: boolean; readonly data?: string }): Common {
  return { json: values.json ?? false, data: values.data }
}

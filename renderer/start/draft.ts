/** What the user typed for a new session, kept until it started. Pure. */

import * as z from 'zod'
import { startRequest, type StartRequest } from '../../shared/contract.ts'
import { parseName, suggestName } from '../../shared/model/names.ts'
import { permissionMode } from '../../shared/model/session.ts'

export const draft = z.object({
  prompt: z.string().catch(''),
  /** Null as long as the user typed none: it then follows the prompt. */
  name: z.string().nullable().catch(null),
  /** Empty: what the settings say. */
  model: z.string().catch(''),
  /** Empty: what the settings say. */
  permissionMode: z.union([permissionMode, z.literal('')]).catch(''),
  /** Paths and globs that were taken, */
  scope: z.array(z.string()).readonly().catch([]),
  /** and the one that is being typed. */
  scopeText: z.string().catch(''),
  /** Empty: the target. */
  from: z.string().catch(''),
  /** Without a worktree of its own. */
  research: z.boolean().catch(false),
  /** US dollars; empty: what the settings say. */
  budget: z.string().catch(''),
})
export type Draft = z.infer<typeof draft>

export const EMPTY_DRAFT: Draft = draft.parse({})

/** The name the session would get now; empty while there is nothing to suggest one from. */
export function nameOf(typed: Draft, taken: readonly string[]): string {
  if (typed.name !== null) return typed.name
  return typed.prompt.trim() === '' ? '' : suggestName(typed.prompt, taken)
}

/** What is wrong with the name, in a sentence; null for nothing. */
export function nameProblem(typed: Draft, taken: readonly string[]): string | null {
  if (typed.name === null || typed.name === '') return null
  const parsed = parseName(typed.name)
  if (!parsed.ok) return parsed.failure.message
  return taken.includes(parsed.value) ? `There is a session called “${parsed.value}” already; choose another name.` : null
}

/** Lines or commas apart, trimmed, empty ones left out. */
export function listed(text: string): readonly string[] {
  return (
    text
      // A comma between braces belongs to the pattern: src/{cart,api}/**
      .split(/\n|,(?![^{}\n]*\})/u)
      .map((part) => part.trim())
      .filter((part) => part !== '')
  )
}

/** The whole scope: what was taken and what is being typed, nothing twice. */
export function scopeOf({ scope, scopeText }: Pick<Draft, 'scope' | 'scopeText'>): readonly string[] {
  return [...new Set([...scope, ...listed(scopeText)])]
}

/** What is typed becomes part of what was taken. */
export function scopeTaken(typed: Pick<Draft, 'scope' | 'scopeText'>): Pick<Draft, 'scope' | 'scopeText'> {
  return { scope: scopeOf(typed), scopeText: '' }
}

/** What is wrong with the prompt, in a sentence; null for nothing, and for none. */
export function promptProblem({ prompt }: Pick<Draft, 'prompt'>): string | null {
  if (prompt === '' || startRequest.shape.prompt.safeParse(prompt).success) return null
  return 'A prompt has at most 300,000 characters. Put the rest into a file, and name the file here.'
}

/** The budget that is typed; null for none, not a number for what is none. */
function budgetOf({ budget }: Pick<Draft, 'budget'>): number | null {
  const text = budget.trim()
  if (text === '') return null
  return /^\d+(?:[.,]\d+)?$/u.test(text) ? Number(text.replace(',', '.')) : Number.NaN
}

/** What is wrong with the budget, in a sentence; null for nothing. */
export function budgetProblem(typed: Pick<Draft, 'budget'>): string | null {
  const budget = budgetOf(typed)
  if (budget === null || startRequest.shape.budgetUsd.safeParse(budget).success) return null
  return 'A budget is an amount of US dollars above 0 and up to 100,000, such as 5.'
}

/** Why the session cannot be started, in a sentence; null when it can. */
export function refusalOf(typed: Draft, taken: readonly string[]): string | null {
  if (typed.prompt.trim() === '') return 'Write a prompt first.'
  return nameProblem(typed, taken) ?? promptProblem(typed) ?? budgetProblem(typed)
}

/** The request that starts the session, or null while it cannot be started. */
export function requestOf(typed: Draft, taken: readonly string[]): StartRequest | null {
  if (refusalOf(typed, taken) !== null) return null
  const [name, model, from, scope] = [nameOf(typed, taken), typed.model.trim(), typed.from.trim(), scopeOf(typed)]
  const budget = budgetOf(typed)
  const always = {
    prompt: typed.prompt,
    ...(name === '' ? {} : { name }),
    ...(model === '' ? {} : { model }),
    ...(budget === null ? {} : { budgetUsd: budget }),
  }
  // It reads the main checkout as it is, in plan mode: what else was chosen is for a worktree.
  if (typed.research) return { ...always, research: true }
  return {
    ...always,
    ...(typed.permissionMode === '' ? {} : { permissionMode: typed.permissionMode }),
    ...(scope.length === 0 ? {} : { scope }),
    ...(from === '' ? {} : { from }),
  }
}

export type DraftField = 'name' | 'scope' | 'from'

const FIELDS: Readonly<Record<string, DraftField>> = {
  'bad-name': 'name',
  'name-taken': 'name',
  'branch-exists': 'name',
  'folder-exists': 'name',
  'bad-scope': 'scope',
  'bad-ref': 'from',
  'no-target': 'from',
}

/** The field that a failure of `session.start` is about; null when it is about none of them. */
export function fieldOf(code: string): DraftField | null {
  return FIELDS[code] ?? null
}

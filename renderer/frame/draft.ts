/** What the user typed for a new session, kept until it started. Pure. */

import * as z from 'zod'
import type { StartRequest } from '../../shared/contract.ts'
import { parseName, suggestName } from '../../shared/model/names.ts'
import { PERMISSION_MODES, permissionMode, type PermissionMode } from '../../shared/model/session.ts'

export const draft = z.object({
  prompt: z.string().default(''),
  /** Null as long as the user typed none: it then follows the prompt. */
  name: z.string().nullable().default(null),
  model: z.string().default(''),
  /** Empty: what the settings say. */
  permissionMode: z.union([permissionMode, z.literal('')]).default(''),
  /** One path or glob a line. */
  scope: z.string().default(''),
  from: z.string().default(''),
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

/** The request that starts the session, or null while there is no prompt or the name is wrong. */
export function requestOf(typed: Draft, taken: readonly string[]): StartRequest | null {
  if (typed.prompt.trim() === '' || nameProblem(typed, taken) !== null) return null
  const [name, model, from, scope] = [nameOf(typed, taken), typed.model.trim(), typed.from.trim(), listed(typed.scope)]
  return {
    prompt: typed.prompt,
    ...(name === '' ? {} : { name }),
    ...(model === '' ? {} : { model }),
    ...(typed.permissionMode === '' ? {} : { permissionMode: typed.permissionMode }),
    ...(scope.length === 0 ? {} : { scope }),
    ...(from === '' ? {} : { from }),
  }
}

const MODE_WORDS: Readonly<Record<PermissionMode, string>> = {
  manual: 'Ask before everything',
  acceptEdits: 'Accept edits, ask for the rest',
  plan: 'Plan only, change nothing',
  auto: 'Let Claude Code decide',
  dontAsk: 'Never ask, refuse the rest',
  bypassPermissions: 'Allow everything, unchecked',
}

/** The permission modes in plain words. */
export const MODE_CHOICES = PERMISSION_MODES.map((value) => ({ value, label: MODE_WORDS[value] }))

/** The plain words of one mode. */
export function modeWords(mode: PermissionMode): string {
  return MODE_WORDS[mode]
}

/** What is proposed before the first session of a repository, and what becomes of it. Pure but for remembering that it was seen. */

import * as z from 'zod'
import type { Config } from '../../shared/model/config.ts'
import type { Found, Guess } from '../../shared/model/found.ts'
import { recall, remember } from '../state/memory.ts'

/** One proposed command: ticked or not, and as the user has it. */
export type Proposed = { readonly command: string; readonly from: string; readonly taken: boolean }

export type Proposal = { readonly checks: readonly Proposed[]; readonly setup: Proposed | null }

const asProposed = ({ command, from }: Guess): Proposed => ({ command, from, taken: true })

/** Takes what was found; gives the proposal, everything ticked. Of several ways to set up only the first is proposed. */
export function proposalOf({ checks, setup }: Pick<Found, 'checks' | 'setup'>): Proposal {
  return { checks: checks.map(asProposed), setup: setup[0] === undefined ? null : asProposed(setup[0]) }
}

/** The settings that the proposal sets, as it is now: only what is ticked and not empty. */
export function chosenOf({ checks, setup }: Proposal): Partial<Pick<Config, 'checks' | 'setup'>> {
  const kept = (one: Proposed | null): readonly string[] => (one?.taken && one.command.trim() !== '' ? [one.command.trim()] : [])
  const commands = checks.flatMap(kept)
  const [first] = kept(setup)
  return { ...(commands.length === 0 ? {} : { checks: commands }), ...(first === undefined ? {} : { setup: first }) }
}

/** True while the repository has none of what could be proposed. */
function isBare(config: Pick<Config, 'checks' | 'setup'>): boolean {
  return config.checks.length === 0 && config.setup === null
}

type Visit = {
  readonly trusted: boolean
  /** Answered, here or at an earlier visit. */
  readonly seen: boolean
  /** It is being answered: its settings come back one at a time. */
  readonly taking: boolean
}

/** True while the proposal shows. Once it is being taken it stays until all of it is there, or the reason why not. */
export function isProposed({ trusted, seen, taking }: Visit, config: Pick<Config, 'checks' | 'setup'>): boolean {
  return trusted && !seen && (taking || isBare(config))
}

const key = (repository: string): string => `first-steps.${repository}`

/** True once the user has answered the proposal, here or at an earlier visit. */
export function wasSeen(repository: string): boolean {
  return recall(key(repository), z.boolean(), false)
}

/** Remembers that the user has answered it. */
export function rememberSeen(repository: string): void {
  remember(key(repository), true)
}

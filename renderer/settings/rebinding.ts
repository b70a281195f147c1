/** Giving commands other keys: what becomes of the settings, and what is said against it. Pure. */

import type { Settings } from '../../shared/model/settings.ts'
import { keysOf, refusedKeys, refusedNone, shownKeys } from '../commands/keys.ts'
import { COMMAND_IDS, commandOf, GROUPS, type CommandId, type Group } from '../commands/table.ts'

type Shortcuts = Settings['shortcuts']

/** The title of a command as a list shows it. */
export function titleOf(id: CommandId): string {
  return commandOf(id).title.replace(/…$/u, '')
}

/** True when the command has other keys than its usual ones. */
export function isRebound(id: CommandId, shortcuts: Shortcuts): boolean {
  return JSON.stringify(keysOf(id, shortcuts)) !== JSON.stringify(commandOf(id).keys)
}

/** The settings without anything of the user's for this command. */
export function withUsual(id: CommandId, shortcuts: Shortcuts): Shortcuts {
  return Object.fromEntries(Object.entries(shortcuts).filter(([one]) => one !== id))
}

/** The settings after the command got these keys; its usual ones need no word. */
export function withKeys(id: CommandId, keys: readonly string[], shortcuts: Shortcuts): Shortcuts {
  const next = { ...shortcuts, [id]: keys }
  return isRebound(id, next) ? next : withUsual(id, shortcuts)
}

/** Why the command cannot have these keys (none for null), in a sentence; null when it can. */
export function against(id: CommandId, keys: string | null, shortcuts: Shortcuts, browser: boolean): string | null {
  return keys === null ? refusedNone(id) : refusedKeys(id, keys, shortcuts, { browser })
}

/** Why the usual keys cannot come back: somebody else has them by now. */
export function againstUsual(id: CommandId, shortcuts: Shortcuts, browser: boolean): string | null {
  const rest = withUsual(id, shortcuts)
  return (
    commandOf(id)
      .keys.map((keys) => against(id, keys, rest, browser))
      .find((why) => why !== null) ?? null
  )
}

export type Section = { readonly group: Group; readonly ids: readonly CommandId[] }

/** The commands that have the text in their title or their keys, by group; all of them for no text. */
export function sections(text: string, shortcuts: Shortcuts): readonly Section[] {
  const wanted = text.trim().toLowerCase()
  const fits = (id: CommandId): boolean =>
    wanted === '' ||
    titleOf(id).toLowerCase().includes(wanted) ||
    keysOf(id, shortcuts).some((keys) => shownKeys(keys).toLowerCase() === wanted)
  return GROUPS.map((group) => ({
    group,
    ids: COMMAND_IDS.filter((id) => commandOf(id).group === group && fits(id)),
  })).filter(({ ids }) => ids.length > 0)
}

/** The permission modes in plain words. Pure. */

import { PERMISSION_MODES, type PermissionMode } from '../../shared/model/session.ts'

type Words = { readonly label: string; readonly sentence: string }

const WORDS: Readonly<Record<PermissionMode, Words>> = {
  manual: { label: 'Ask before everything', sentence: 'It asks you before each edit and each command.' },
  acceptEdits: {
    label: 'Accept edits, ask for the rest',
    sentence: 'It edits files by itself and asks before commands.',
  },
  plan: { label: 'Plan only, change nothing', sentence: 'It reads and writes a plan; it changes nothing until you agree.' },
  auto: { label: 'Let Claude Code decide', sentence: 'Claude Code judges each step and asks about risky ones.' },
  dontAsk: { label: 'Never ask, refuse the rest', sentence: 'It does what your rules allow, and is refused the rest.' },
  bypassPermissions: {
    label: 'Allow everything, unchecked',
    sentence: 'Nothing is asked or checked. Only where nothing can be lost.',
  },
}

/** The permission modes to choose from. */
export const MODE_CHOICES = PERMISSION_MODES.map((value) => ({ value, label: WORDS[value].label }))

/** What one mode is called, and what it means in a sentence. */
export function modeWords(mode: PermissionMode): Words {
  return WORDS[mode]
}

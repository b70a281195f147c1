/** The user's own settings: the same for every repository and every window. Kept by Sluice, never in Claude's or git's files. */

import * as z from 'zod'

export const THEMES = ['system', 'light', 'dark'] as const
export const DENSITIES = ['comfortable', 'compact'] as const

/** Keys as the page writes them, such as “mod+k”: `mod` is Cmd on macOS and Ctrl elsewhere. */
const keys = z.string().min(1).max(60)

export const settings = z.strictObject({
  theme: z.enum(THEMES).default('system'),
  density: z.enum(DENSITIES).default('comfortable'),
  /** The font family of terminals and diffs; null: the system's own. */
  terminalFont: z.string().trim().min(1).max(200).nullable().default(null),
  /** In CSS pixels. */
  terminalFontSize: z.number().int().min(8).max(32).default(12),
  /** How many lines above the screen each terminal keeps, also over a restart. */
  scrollback: z.number().int().min(0).max(100_000).default(10_000),
  copyOnSelect: z.boolean().default(false),
  /** Asks before several lines are pasted into a program that would run each of them. */
  confirmPaste: z.boolean().default(true),
  /** What a program prints may set the clipboard (OSC 52); it can never read it. */
  terminalClipboard: z.boolean().default(false),
  /** Claude Code draws below what was there instead of on a screen of its own: the mouse selects, and the terminal scrolls. */
  classicTerminal: z.boolean().default(false),
  /** The command that opens a file, with {file} and {line} in it; null: the first editor that is found on this machine. */
  editor: z.string().trim().min(1).max(400).nullable().default(null),
  /** The model of a new session where the repository says nothing; null: Claude Code's own choice. */
  model: z.string().trim().min(1).max(100).nullable().default(null),
  /** Desktop notifications, each only while the window is not looked at. */
  notifyNeedsYou: z.boolean().default(true),
  notifyBlocked: z.boolean().default(true),
  notifyLanded: z.boolean().default(true),
  doNotDisturb: z.boolean().default(false),
  /** Sessions that worked when Sluice ended go on by themselves when it starts again. */
  resumeWorking: z.boolean().default(true),
  /** By command: the keys that run it, none when the list is empty. A command that is not here has its usual keys. */
  shortcuts: z.record(z.string().max(100), z.array(keys).max(4).readonly()).default({}),
})
export type Settings = z.infer<typeof settings>

/** What each setting takes, in words that finish the sentence “KEY takes …”. */
export const SETTINGS_WORDS: Readonly<Record<keyof Settings, string>> = {
  theme: `one of ${THEMES.join(', ')}`,
  density: `one of ${DENSITIES.join(', ')}`,
  terminalFont: 'the name of a font, or null for the system’s own',
  terminalFontSize: 'a whole number from 8 to 32',
  scrollback: 'a whole number from 0 to 100000',
  copyOnSelect: 'true or false',
  confirmPaste: 'true or false',
  terminalClipboard: 'true or false',
  classicTerminal: 'true or false',
  editor: 'a command such as code --goto {file}:{line}, or null for the first editor that is found',
  model: 'the name of a model, such as sonnet, or null for Claude Code’s own choice',
  notifyNeedsYou: 'true or false',
  notifyBlocked: 'true or false',
  notifyLanded: 'true or false',
  doNotDisturb: 'true or false',
  resumeWorking: 'true or false',
  shortcuts: 'for each command a list of up to four keys, such as {"sweep": ["w"]}',
}

export const SETTINGS_KEYS = Object.keys(settings.shape) as readonly (keyof Settings)[]
export const DEFAULT_SETTINGS: Settings = settings.parse({})

/** Reads what the desktop app was started with: `[DIR] [--data DIR] [--claude PATH]`. Pure; Chromium's own switches are passed over. */

export type Launch = {
  /** As typed; the caller resolves it against the folder it was typed in. */
  readonly directory: string | null
  readonly data: string | null
  readonly claude: string | null
}

/** Options of Electron itself that stand before the entry file and take the next word. */
const ELECTRON_TAKES_WORD = new Set(['-r', '--require', '-i'])

/** Electron run from a checkout has the entry file as its first plain word; a packaged app has none. */
function afterEntry(argv: readonly string[], packaged: boolean): readonly string[] {
  if (packaged) return argv.slice(1)
  for (let index = 1; index < argv.length; index += 1) {
    const word = argv[index]!
    if (ELECTRON_TAKES_WORD.has(word)) index += 1
    else if (!word.startsWith('-')) return argv.slice(index + 1)
  }
  return []
}

/** Takes the process's arguments; gives what the user asked for. The first plain word is the repository; an empty word is none. */
export function parseLaunch(argv: readonly string[], packaged: boolean): Launch {
  const words = afterEntry(argv, packaged)
  const named: Record<'data' | 'claude', string | null> = { data: null, claude: null }
  let directory: string | null = null
  let plainOnly = false
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!
    const option = /^--(data|claude)(?:=(.*))?$/su.exec(word)
    if (plainOnly || !word.startsWith('-')) directory ??= word === '' ? null : word
    else if (word === '--') plainOnly = true
    else if (option !== null) {
      const value = option[2] ?? words[(index += 1)] ?? ''
      named[option[1] === 'data' ? 'data' : 'claude'] = value === '' ? null : value
    }
  }
  return { directory, ...named }
}

/** Which program a plain shell is, and what it sees of the environment. Pure. */

type Environment = Readonly<Record<string, string>>
type Program = { readonly file: string; readonly args: readonly string[] }

/** The variable that marks a shell and what it starts. */
export const MARK = 'SLUICE_SHELL'

/**
 * What the terminal that Sluice was started from says of itself: ours is another one, with another size, and a program that believed it
 * would speak to a window that is not there.
 */
const OTHER_TERMINALS = new Set(
  (
    'TERM_PROGRAM TERM_PROGRAM_VERSION TERM_SESSION_ID VTE_VERSION WINDOWID COLUMNS LINES TMUX TMUX_PANE STY WT_SESSION WT_PROFILE_ID ' +
    'LC_TERMINAL LC_TERMINAL_VERSION SHLVL OLDPWD'
  ).split(' '),
)
const OTHER_PREFIXES = ['ITERM_', 'KITTY_', 'WEZTERM_', 'ALACRITTY_', 'GHOSTTY_', 'KONSOLE_', 'VSCODE_'] as const

/** The user's own shell. On macOS a login shell, as every terminal there starts one: only that reads where Homebrew is. */
export function programOf(env: Environment, platform: NodeJS.Platform): Program {
  if (platform === 'win32') return { file: env['ComSpec'] ?? env['COMSPEC'] ?? 'cmd.exe', args: [] }
  const own = env['SHELL']
  return { file: own?.startsWith('/') === true ? own : '/bin/sh', args: platform === 'darwin' ? ['-l'] : [] }
}

/** Takes what the user's own commands see; gives what a shell sees, with its mark. */
export function environmentOf(env: Environment, mark: string): Record<string, string> {
  const kept = Object.entries(env).filter(
    ([name]) => !OTHER_TERMINALS.has(name) && !OTHER_PREFIXES.some((prefix) => name.startsWith(prefix)),
  )
  return { ...Object.fromEntries(kept), [MARK]: mark }
}

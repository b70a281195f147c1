/** Every command of the window: what it is called, where it belongs, its usual keys. Knows nothing of what it does. */

export const GROUPS = ['Sessions', 'Review and landing', 'Panes', 'Window'] as const
export type Group = (typeof GROUPS)[number]

type Row = { readonly title: string; readonly group: Group; readonly keys: readonly string[] }

/** Keys as `chord.ts` reads them: `mod` is Cmd on macOS and Ctrl elsewhere. The keys 1 to 9 are the sessions'. */
export const COMMANDS = {
  'session.new': { title: 'New session…', group: 'Sessions', keys: ['n'] },
  sweep: { title: 'Go to whoever waits longest', group: 'Sessions', keys: ['w'] },
  'session.rename': { title: 'Rename the session…', group: 'Sessions', keys: ['f2'] },
  'session.left': { title: 'Move the session left', group: 'Sessions', keys: ['alt+arrowleft'] },
  'session.right': { title: 'Move the session right', group: 'Sessions', keys: ['alt+arrowright'] },
  'session.next': { title: 'Next session', group: 'Sessions', keys: [']'] },
  'session.previous': { title: 'Previous session', group: 'Sessions', keys: ['['] },
  'session.interrupt': { title: 'Interrupt the session', group: 'Sessions', keys: ['mod+.'] },
  'session.allow': { title: 'Approve the permission', group: 'Sessions', keys: ['alt+y'] },
  'session.deny': { title: 'Deny the permission', group: 'Sessions', keys: ['alt+n'] },
  'session.pause': { title: 'Pause the session', group: 'Sessions', keys: [] },
  'session.stop': { title: 'Stop the session', group: 'Sessions', keys: [] },
  'session.resume': { title: 'Resume the session', group: 'Sessions', keys: [] },
  'session.fork': { title: 'Fork the session…', group: 'Sessions', keys: ['f'] },
  'session.archive': { title: 'Archive the session…', group: 'Sessions', keys: ['e'] },
  'session.restore': { title: 'Restore the archived session', group: 'Sessions', keys: [] },
  'sessions.archived': { title: 'Archived sessions…', group: 'Sessions', keys: ['shift+e'] },
  'session.import': { title: 'Import a worktree…', group: 'Sessions', keys: [] },
  'session.timeline': { title: 'Timeline of the session…', group: 'Sessions', keys: ['h'] },
  'repository.timeline': { title: 'Timeline of the repository…', group: 'Sessions', keys: ['shift+h'] },
  'session.send-again': { title: 'Send the kept prompt again', group: 'Sessions', keys: [] },
  'session.forget-prompt': { title: 'Forget the kept prompt', group: 'Sessions', keys: [] },
  'session.repair': { title: 'Repair the worktree', group: 'Sessions', keys: [] },
  'session.ask-commit': { title: 'Ask the session to commit', group: 'Sessions', keys: [] },
  'session.copy-branch': { title: 'Copy branch name', group: 'Sessions', keys: [] },
  'session.copy-worktree': { title: 'Copy worktree path', group: 'Sessions', keys: [] },
  'review.approve': { title: 'Approve', group: 'Review and landing', keys: ['a'] },
  'review.unapprove': { title: 'Withdraw the approval', group: 'Review and landing', keys: [] },
  'review.land': { title: 'Approve and land', group: 'Review and landing', keys: ['l'] },
  'queue.retry': { title: 'Retry landing', group: 'Review and landing', keys: [] },
  'queue.ask': { title: 'Ask the session to resolve what blocks it', group: 'Review and landing', keys: [] },
  'queue.drop-handoff': { title: 'Drop HANDOFF.md from the branch', group: 'Review and landing', keys: [] },
  'queue.remove': { title: 'Remove from the queue', group: 'Review and landing', keys: [] },
  'review.branch': { title: 'Review the whole branch', group: 'Review and landing', keys: ['b'] },
  'review.uncommitted': { title: 'Review what is uncommitted', group: 'Review and landing', keys: ['u'] },
  'review.style': { title: 'Diff side by side, or unified', group: 'Review and landing', keys: ['d'] },
  'review.wrap': { title: 'Wrap long lines, on or off', group: 'Review and landing', keys: [] },
  'review.reload': { title: 'Reload the diff', group: 'Review and landing', keys: [] },
  'pane.terminal': { title: 'Go to the terminal', group: 'Panes', keys: ['t'] },
  'pane.review': { title: 'Go to the review', group: 'Panes', keys: ['r'] },
  'pane.queue': { title: 'Go to the queue', group: 'Panes', keys: ['q'] },
  'pane.cascade': { title: 'Go to the cascade', group: 'Panes', keys: ['c'] },
  'pane.leave-terminal': { title: 'Leave the terminal', group: 'Panes', keys: ['mod+shift+space'] },
  'shell.new': { title: 'New shell in the worktree', group: 'Panes', keys: ['shift+n', 'mod+shift+enter'] },
  'shell.close': { title: 'Close the shell', group: 'Panes', keys: [] },
  'shell.next': { title: 'Next terminal of the session', group: 'Panes', keys: ['}', 'mod+shift+pagedown'] },
  'shell.previous': { title: 'Previous terminal of the session', group: 'Panes', keys: ['{', 'mod+shift+pageup'] },
  'pane.hide-terminal': { title: 'Show or hide the terminal', group: 'Panes', keys: ['shift+t'] },
  'pane.hide-review': { title: 'Show or hide the review', group: 'Panes', keys: ['shift+r'] },
  'pane.hide-queue': { title: 'Show or hide the queue', group: 'Panes', keys: ['shift+q'] },
  'pane.only-terminal': { title: 'Only the terminal', group: 'Panes', keys: ['z'] },
  'pane.only-review': { title: 'Only the review', group: 'Panes', keys: ['x'] },
  'terminal.find': { title: 'Find in the terminal', group: 'Panes', keys: ['mod+shift+f'] },
  'terminal.copy': { title: 'Copy what is selected in the terminal', group: 'Panes', keys: ['mod+shift+c'] },
  'terminal.paste': { title: 'Paste into the terminal', group: 'Panes', keys: [] },
  'terminal.select-all': { title: 'Select all in the terminal', group: 'Panes', keys: [] },
  'terminal.clear': { title: 'Clear the scrollback of the terminal', group: 'Panes', keys: [] },
  'terminal.bottom': { title: 'Scroll the terminal to the bottom', group: 'Panes', keys: ['mod+shift+end'] },
  'terminals.two': { title: 'Two terminals side by side', group: 'Panes', keys: ['s'] },
  'terminals.grid': { title: 'Watch up to six terminals', group: 'Panes', keys: ['g'] },
  palette: { title: 'Command palette', group: 'Window', keys: ['mod+k'] },
  shortcuts: { title: 'Keyboard shortcuts', group: 'Window', keys: ['?'] },
  settings: { title: 'Settings…', group: 'Window', keys: ['mod+,'] },
  'repository.open': { title: 'Open a repository…', group: 'Window', keys: ['o'] },
  'repository.trust': { title: 'Decide whether to trust this repository…', group: 'Window', keys: [] },
  'window.theme-system': { title: 'Theme: as the system has it', group: 'Window', keys: [] },
  'window.theme-light': { title: 'Theme: light', group: 'Window', keys: [] },
  'window.theme-dark': { title: 'Theme: dark', group: 'Window', keys: [] },
  'window.density': { title: 'Density: comfortable or compact', group: 'Window', keys: [] },
  'window.quiet': { title: 'Do not disturb, on or off', group: 'Window', keys: [] },
  demo: { title: 'Watch the demo, one minute', group: 'Window', keys: [] },
} as const satisfies Readonly<Record<string, Row>>

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[]

/** What a command is called, where it belongs and its usual keys. */
export function commandOf(id: CommandId): Row {
  return COMMANDS[id]
}

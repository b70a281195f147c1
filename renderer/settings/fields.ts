/** Every setting: whose it is, what it is called, what it means, how it is typed. Data. */

import type { Config } from '../../shared/model/config.ts'
import type { Settings } from '../../shared/model/settings.ts'

export type Page = 'general' | 'terminal' | 'notifications' | 'shortcuts' | 'landing' | 'sessions'

export type Control =
  /** One line; empty is null. */
  | { readonly kind: 'line'; readonly code?: true; readonly isLong?: true; readonly placeholder: string }
  /** One entry a line. */
  | { readonly kind: 'lines'; readonly placeholder: string }
  | { readonly kind: 'number'; readonly unit?: string }
  /** Kept in seconds. */
  | { readonly kind: 'minutes'; readonly unit: string }
  /** Empty is null. */
  | { readonly kind: 'amount'; readonly unit: string; readonly placeholder: string }
  | { readonly kind: 'model' }
  | { readonly kind: 'mode' }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choices'; readonly choices: readonly { readonly value: string; readonly label: string }[] }

type Owned =
  | { readonly owner: 'you'; readonly key: Exclude<keyof Settings, 'shortcuts'> }
  | { readonly owner: 'repository'; readonly key: keyof Config }

export type SettingField = Owned & {
  /** What `openDialog('settings', { at })` names it: its key; where both have the key, the user's begins with “you.”. */
  readonly at: string
  readonly page: Page
  readonly label: string
  readonly hint: string
  readonly control: Control
  /** Sluice fills it in: what it would be by itself is not known here, so nothing is offered to reset it. */
  readonly isGuessed?: true
  /** Finishes “LABEL takes …” where the words of the contract are those of the command line. */
  readonly takes?: string
}

export const FIELDS: readonly SettingField[] = [
  {
    owner: 'you',
    key: 'theme',
    at: 'theme',
    page: 'general',
    label: 'Theme',
    hint: 'Follows the system unless you choose.',
    control: {
      kind: 'choices',
      choices: [
        { value: 'system', label: 'System' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ],
    },
  },
  {
    owner: 'you',
    key: 'density',
    at: 'density',
    page: 'general',
    label: 'Density',
    hint: 'Compact shows more in the same window.',
    control: {
      kind: 'choices',
      choices: [
        { value: 'comfortable', label: 'Comfortable' },
        { value: 'compact', label: 'Compact' },
      ],
    },
  },
  {
    owner: 'you',
    key: 'terminalFont',
    at: 'terminalFont',
    page: 'terminal',
    label: 'Font',
    hint: 'Any monospaced font on the computer where you look at Sluice.',
    control: { kind: 'line', placeholder: 'the system’s own' },
    takes: 'the name of a font of up to 200 characters',
  },
  {
    owner: 'you',
    key: 'terminalFontSize',
    at: 'terminalFontSize',
    page: 'terminal',
    label: 'Font size',
    hint: 'From 8 to 32.',
    control: { kind: 'number', unit: 'px' },
  },
  {
    owner: 'you',
    key: 'scrollback',
    at: 'scrollback',
    page: 'terminal',
    label: 'Lines kept',
    hint: 'Above the screen of each terminal, also over a restart of Sluice. Up to 100000.',
    control: { kind: 'number', unit: 'lines' },
  },
  {
    owner: 'you',
    key: 'classicTerminal',
    at: 'classicTerminal',
    page: 'terminal',
    label: 'Classic Claude Code',
    hint: 'Without a screen of its own, Claude Code lets the mouse select and the terminal scroll. For sessions that start from now on.',
    control: { kind: 'switch' },
  },
  {
    owner: 'you',
    key: 'copyOnSelect',
    at: 'copyOnSelect',
    page: 'terminal',
    label: 'Copy what is selected',
    hint: 'Selecting is enough; no key is needed.',
    control: { kind: 'switch' },
  },
  {
    owner: 'you',
    key: 'confirmPaste',
    at: 'confirmPaste',
    page: 'terminal',
    label: 'Ask before pasting several lines',
    hint: 'Where a program would run each line as it comes. Bash and Claude Code take a paste as one: then nothing is asked.',
    control: { kind: 'switch' },
  },
  {
    owner: 'you',
    key: 'terminalClipboard',
    at: 'terminalClipboard',
    page: 'terminal',
    label: 'Programs may set the clipboard',
    hint: 'Whatever a program prints could then replace what you copied. Reading it is never allowed.',
    control: { kind: 'switch' },
  },
  {
    owner: 'you',
    key: 'model',
    at: 'you.model',
    page: 'general',
    label: 'Model for new sessions',
    hint: 'Used unless a repository sets its own.',
    control: { kind: 'model' },
    takes: 'the name of a model of up to 100 characters, such as sonnet',
  },
  {
    owner: 'you',
    key: 'editor',
    at: 'editor',
    page: 'general',
    label: 'Editor',
    hint: 'Opens a file from the review. {file} and {line} stand for it; no shell is asked. Empty: the first one that is found.',
    control: { kind: 'line', code: true, isLong: true, placeholder: 'code --goto {file}:{line}' },
    takes: 'a command of up to 400 characters with {file} in it, such as code --goto {file}:{line}',
  },
  {
    owner: 'you',
    key: 'resumeWorking',
    at: 'resumeWorking',
    page: 'general',
    label: 'Go on after a restart',
    hint: 'Sessions that worked when Sluice ended are started again with it.',
    control: { kind: 'switch' },
  },
  {
    owner: 'you',
    key: 'notifyNeedsYou',
    at: 'notifyNeedsYou',
    page: 'notifications',
    label: 'A session needs you',
    hint: 'It asks, needs a permission, has finished, or has stopped by itself.',
    control: { kind: 'switch' },
  },
  {
    owner: 'you',
    key: 'notifyBlocked',
    at: 'notifyBlocked',
    page: 'notifications',
    label: 'Landing is blocked',
    hint: 'A rebase that git could not do, or a check that failed.',
    control: { kind: 'switch' },
  },
  {
    owner: 'you',
    key: 'notifyLanded',
    at: 'notifyLanded',
    page: 'notifications',
    label: 'A session has landed',
    hint: 'The work of a session is on the target.',
    control: { kind: 'switch' },
  },
  {
    owner: 'you',
    key: 'doNotDisturb',
    at: 'doNotDisturb',
    page: 'notifications',
    label: 'Do not disturb',
    hint: 'No notification at all. The window still shows who waits.',
    control: { kind: 'switch' },
  },
  {
    owner: 'repository',
    key: 'target',
    at: 'target',
    page: 'landing',
    label: 'Target',
    hint: 'The local branch that work lands on.',
    isGuessed: true,
    control: { kind: 'line', code: true, placeholder: 'the branch checked out now' },
    takes: 'the name of a local branch',
  },
  {
    owner: 'repository',
    key: 'checks',
    at: 'checks',
    page: 'landing',
    label: 'Checks',
    hint: 'One command a line. All must pass on the rebased commit before it lands.',
    control: { kind: 'lines', placeholder: 'npm run lint\nnpm test' },
    takes: 'up to 50 commands of up to 4,096 characters',
  },
  {
    owner: 'repository',
    key: 'checkTimeoutSeconds',
    at: 'checkTimeoutSeconds',
    page: 'landing',
    label: 'Time limit of a check',
    hint: 'A check that runs longer is stopped and counts as failed.',
    control: { kind: 'minutes', unit: 'minutes' },
    takes: 'a number of minutes up to 1,440, such as 30 or 0.5',
  },
  {
    owner: 'repository',
    key: 'requireApproval',
    at: 'requireApproval',
    page: 'landing',
    label: 'Only approved commits may land',
    hint: 'A new commit needs a new approval.',
    control: { kind: 'switch' },
  },
  {
    owner: 'repository',
    key: 'maxSessions',
    at: 'maxSessions',
    page: 'sessions',
    label: 'Sessions at once',
    hint: 'More than 5 is more than one person can review.',
    control: { kind: 'number' },
  },
  {
    owner: 'repository',
    key: 'model',
    at: 'model',
    page: 'sessions',
    label: 'Model',
    hint: 'For new sessions. Empty: your default.',
    control: { kind: 'model' },
    takes: 'the name of a model of up to 100 characters, such as sonnet',
  },
  {
    owner: 'repository',
    key: 'permissionMode',
    at: 'permissionMode',
    page: 'sessions',
    label: 'Permission mode',
    hint: 'For new sessions.',
    control: { kind: 'mode' },
  },
  {
    owner: 'repository',
    key: 'budgetUsd',
    at: 'budgetUsd',
    page: 'sessions',
    label: 'Budget of a session',
    hint: 'Warns you when a session goes over.',
    control: { kind: 'amount', unit: 'US dollars', placeholder: 'no limit' },
    takes: 'an amount of US dollars above 0, such as 5',
  },
  {
    owner: 'repository',
    key: 'setup',
    at: 'setup',
    page: 'sessions',
    label: 'Setup',
    hint: 'Runs once in every new worktree, before anything else.',
    control: { kind: 'line', code: true, isLong: true, placeholder: 'npm ci' },
    takes: 'one command of up to 4,096 characters',
  },
  {
    owner: 'repository',
    key: 'teardown',
    at: 'teardown',
    page: 'sessions',
    label: 'Teardown',
    hint: 'Runs in a worktree before it is removed, as when its session is archived.',
    control: { kind: 'line', code: true, isLong: true, placeholder: 'docker compose down' },
    takes: 'one command of up to 4,096 characters',
  },
  {
    owner: 'repository',
    key: 'warm',
    at: 'warm',
    page: 'sessions',
    label: 'Keep a worktree ready',
    hint: 'One more copy of the files on the disk, so that a new session has its own at once.',
    control: { kind: 'switch' },
  },
  {
    owner: 'repository',
    key: 'copy',
    at: 'copy',
    page: 'sessions',
    label: 'Copied files',
    hint: 'Files that git ignores, such as .env, to copy into each new worktree; one path or pattern a line.',
    control: { kind: 'lines', placeholder: '.env' },
    takes: 'up to 100 paths or patterns inside the repository',
  },
  {
    owner: 'repository',
    key: 'worktrees',
    at: 'worktrees',
    page: 'sessions',
    label: 'Location of worktrees',
    hint: 'A whole path outside the repository.',
    control: { kind: 'line', code: true, isLong: true, placeholder: 'beside the repository' },
    takes: 'the path of a folder',
  },
]

/** The page that has the setting; the shortcuts have one of their own. Null for what is no setting. */
export function pageOf(at: string): Page | null {
  return at === 'shortcuts' ? 'shortcuts' : (FIELDS.find((field) => field.at === at)?.page ?? null)
}

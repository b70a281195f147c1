/** The bar at the top: which repository, which target, the way to every command, and the few things of the whole window. */

import {
  Bell,
  BellOff,
  ChevronDown,
  FolderGit2,
  FolderOpen,
  GitBranch,
  Monitor,
  Moon,
  Search,
  Settings2,
  Sun,
} from 'lucide-react'
import { memo, type ReactNode } from 'react'
import type { Repository } from '../../shared/model/repository.ts'
import type { Settings } from '../../shared/model/settings.ts'
import type { CommandId } from '../commands/table.ts'
import { useKeys } from '../commands/use-keys.ts'
import { IconButton } from '../design/IconButton.tsx'
import { Menu, MenuLines } from '../design/Menu.tsx'
import { reopenRepository } from '../state/actions.ts'
import { shortOid, splitPath } from '../state/format.ts'
import { useAway, useSettings } from '../state/store.ts'
import styles from './Bars.module.css'
import { COMMAND_ICONS } from './command-icons.tsx'
import { run } from './run-command.ts'

type Theme = Settings['theme']

const NEXT: Readonly<Record<Theme, CommandId>> = {
  system: 'window.theme-light',
  light: 'window.theme-dark',
  dark: 'window.theme-system',
}
const ICON: Readonly<Record<Theme, ReactNode>> = { system: <Monitor />, light: <Sun />, dark: <Moon /> }

function RepositoryMenu({ repository, recent }: { readonly repository: Repository; readonly recent: readonly string[] }) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={styles['repository']}
          aria-label={`Repository ${repository.name}`}
          title={repository.path}
        >
          <span className={styles['name']}>{repository.name}</span>
          <ChevronDown aria-hidden="true" />
        </button>
      }
    >
      <MenuLines
        groups={[
          recent
            .filter((path) => path !== repository.path)
            .slice(0, 8)
            .map((path) => ({
              label: splitPath(path).name,
              note: splitPath(path).folder,
              icon: <FolderGit2 />,
              onPick: () => void reopenRepository(path),
            })),
          [
            { label: 'Timeline…', icon: COMMAND_ICONS['repository.timeline'], onPick: () => run('repository.timeline') },
            { label: 'Archived sessions…', icon: COMMAND_ICONS['sessions.archived'], onPick: () => run('sessions.archived') },
            { label: 'Import a worktree…', icon: COMMAND_ICONS['session.import'], onPick: () => run('session.import') },
          ],
          [{ label: 'Open another repository…', icon: <FolderOpen />, onPick: () => run('repository.open') }],
        ]}
      />
    </Menu>
  )
}

function Target({ target }: Pick<Repository, 'target'>) {
  return (
    <span className={styles['target']} title="The target: the branch that work lands on">
      <GitBranch aria-hidden="true" />
      {target === null ? (
        'no target'
      ) : (
        <>
          <span className={styles['name']}>{target.branch}</span>
          <code>{shortOid(target.head)}</code>
        </>
      )}
    </span>
  )
}

function SearchButton() {
  const keys = useKeys('palette')
  return (
    <button type="button" className={styles['search']} aria-haspopup="dialog" onClick={() => run('palette')}>
      <Search aria-hidden="true" />
      <span className={styles['words']}>Search or run a command</span>
      {keys === undefined ? null : <kbd className={styles['keys']}>{keys}</kbd>}
    </button>
  )
}

function WindowButtons() {
  const { theme, doNotDisturb } = useSettings()
  const away = useAway()
  const keys = useKeys('settings')
  return (
    <span className={styles['right']}>
      <IconButton label="Do not disturb" aria-pressed={doNotDisturb} refused={away} onClick={() => run('window.quiet')}>
        {doNotDisturb ? <BellOff /> : <Bell />}
      </IconButton>
      <IconButton label={`Theme: ${theme}`} refused={away} onClick={() => run(NEXT[theme])}>
        {ICON[theme]}
      </IconButton>
      <IconButton label="Settings" {...(keys === undefined ? {} : { shortcut: keys })} onClick={() => run('settings')}>
        <Settings2 />
      </IconButton>
    </span>
  )
}

export type TopBarProps = { readonly repository: Repository | null; readonly recent: readonly string[] }

/** Draws the top bar. */
export const TopBar = memo(function TopBar({ repository, recent }: TopBarProps) {
  return (
    <header className={styles['top']}>
      <div className={styles['left']}>
        {repository === null ? (
          <span className={styles['product']}>Sluice</span>
        ) : (
          <>
            <h1 className="visually-hidden">{repository.name}</h1>
            <RepositoryMenu repository={repository} recent={recent} />
            <Target target={repository.target} />
          </>
        )}
      </div>
      <SearchButton />
      <WindowButtons />
    </header>
  )
})

/** The bar at the top: which repository, which target, and the few things that belong to the whole window. */

import { ChevronDown, FolderGit2, FolderOpen, GitBranch, Monitor, Moon, Settings2, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Repository } from '../../shared/model/repository.ts'
import { IconButton } from '../design/IconButton.tsx'
import { Menu } from '../design/Menu.tsx'
import { openRepository } from '../state/actions.ts'
import { shortOid, splitPath } from '../state/format.ts'
import { openDialog, setTheme, toast, type Theme } from '../state/store.ts'
import styles from './Frame.module.css'

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }
const ICON: Readonly<Record<Theme, ReactNode>> = { system: <Monitor />, light: <Sun />, dark: <Moon /> }

async function reopen(path: string): Promise<void> {
  const failure = await openRepository(path)
  if (failure !== null) toast({ tone: 'failure', message: failure.message })
}

export type TopBarProps = {
  readonly repository: Repository | null
  readonly recent: readonly string[]
  readonly theme: Theme
}

/** Draws the top bar. */
export function TopBar({ repository, recent, theme }: TopBarProps) {
  return (
    <header className={styles['top']}>
      {repository === null ? (
        <span className={styles['product']}>Sluice</span>
      ) : (
        <>
          <Menu
            trigger={
              <button
                type="button"
                className={styles['repository']}
                aria-label={`Repository ${repository.name}`}
                title={repository.path}
              >
                {repository.name}
                <ChevronDown aria-hidden="true" />
              </button>
            }
            groups={[
              recent
                .filter((path) => path !== repository.path)
                .slice(0, 8)
                .map((path) => ({
                  label: splitPath(path).name,
                  note: splitPath(path).folder,
                  icon: <FolderGit2 />,
                  onPick: () => void reopen(path),
                })),
              [{ label: 'Open another repository…', icon: <FolderOpen />, onPick: () => openDialog('open-repository') }],
            ]}
          />
          <span className={styles['target']} title="The target: the branch that work lands on">
            <GitBranch aria-hidden="true" />
            {repository.target === null ? (
              'no target'
            ) : (
              <>
                <span>{repository.target.branch}</span>
                <code>{shortOid(repository.target.head)}</code>
              </>
            )}
          </span>
        </>
      )}
      <span className={styles['right']}>
        <IconButton label={`Theme: ${theme}`} onClick={() => setTheme(NEXT[theme])}>
          {ICON[theme]}
        </IconButton>
        {repository === null ? null : (
          <IconButton label="Settings" onClick={() => openDialog('settings')}>
            <Settings2 />
          </IconButton>
        )}
      </span>
    </header>
  )
}

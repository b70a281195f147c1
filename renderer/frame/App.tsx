/** The window: decides which of its few views is on show. Draws; everything it knows comes from the stores. */

import { EmptyState } from '../design/EmptyState.tsx'
import { TooltipRoom } from '../design/IconButton.tsx'
import { Toasts } from '../design/Toasts.tsx'
import { useShade, useThemeOnPage, type Shade } from '../design/use-theme.ts'
import type { View } from '../state/projection.ts'
import { dismissToast, sessionOnShow, useHouse, useView, useWindow } from '../state/store.ts'
import styles from './Frame.module.css'
import { NewSession } from './NewSession.tsx'
import { Notices } from './Notices.tsx'
import { OpenRepository } from './OpenRepository.tsx'
import { Settings } from './Settings.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TopBar } from './TopBar.tsx'
import { TrustQuestion } from './TrustQuestion.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { Welcome } from './Welcome.tsx'
import { Workspace } from './Workspace.tsx'

/** After this many failures in a row it is worth saying what the user can do. */
const PATIENCE = 3

function Unreached() {
  const failures = useHouse((state) => state.failures)
  return (
    <main className={styles['alone']} aria-label="Sluice">
      {failures < PATIENCE ? (
        <EmptyState title="Connecting to Sluice…" />
      ) : (
        <EmptyState title="Sluice cannot be reached">
          Open the address that “sluice serve” printed. If Sluice has stopped, start it again first; this page keeps trying.
        </EmptyState>
      )}
    </main>
  )
}

function Dialogs({ view }: { readonly view: View }) {
  const dialog = useWindow((state) => state.dialog)
  const trustLater = useWindow((state) => state.trustLater)
  const { repository } = view
  if (dialog === 'open-repository') return <OpenRepository recent={view.recent} />
  if (repository === null) return null
  if (!repository.trusted && (dialog === 'trust' || dialog === 'new-session' || trustLater !== repository.id)) {
    return <TrustQuestion repository={repository} />
  }
  if (dialog === 'new-session') return <NewSession view={view} repository={repository.id} />
  if (dialog === 'settings') return <Settings config={view.config} target={repository.target?.branch ?? 'main'} />
  return null
}

function Looking({ view, shade }: { readonly view: View; readonly shade: Shade }) {
  const connection = useHouse((state) => state.connection)
  const selected = useWindow((state) => state.selected)
  const theme = useWindow((state) => state.theme)
  const { repository } = view
  return (
    <>
      <TopBar repository={repository} recent={view.recent} theme={theme} />
      <Notices view={view} repository={repository} connection={connection} />
      {repository === null ? (
        <Welcome recent={view.recent} version={view.version} />
      ) : (
        <>
          <Workspace view={view} repository={repository} shade={shade} />
          <StatusBar view={view} selected={sessionOnShow(view.sessions, selected)?.id ?? null} connection={connection} />
        </>
      )}
      <Dialogs view={view} />
    </>
  )
}

/** Draws the whole window. */
export function App() {
  const view = useView()
  const theme = useWindow((state) => state.theme)
  const toasts = useWindow((state) => state.toasts)
  const shade = useShade(theme)
  useThemeOnPage(theme)
  useShortcuts()
  return (
    <TooltipRoom>
      <div className={styles['frame']}>{view === null ? <Unreached /> : <Looking view={view} shade={shade} />}</div>
      <Toasts toasts={toasts} onDismiss={dismissToast} />
    </TooltipRoom>
  )
}

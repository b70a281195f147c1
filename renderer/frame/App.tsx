/** The window: decides which of its few views is on show. Draws; everything it knows comes from the stores. */

import { useEffect, type ReactNode } from 'react'
import { Archive } from '../archive/Archive.tsx'
import { Archived } from '../archive/Archived.tsx'
import type { Repository } from '../../shared/model/repository.ts'
import type { Session } from '../../shared/model/session.ts'
import { TooltipRoom } from '../design/IconButton.tsx'
import { Toasts } from '../design/Toasts.tsx'
import { useFindingsTold } from '../state/findings-told.ts'
import { familyOf } from '../state/font.ts'
import { useLookOnPage, useShade, type Shade } from '../design/use-theme.ts'
import type { View } from '../state/projection.ts'
import { Answer } from '../review/Answer.tsx'
import { Commit } from '../review/Commit.tsx'
import { Hand } from '../review/Hand.tsx'
import { Pull } from '../review/Pull.tsx'
import { Fork } from '../start/Fork.tsx'
import { Import } from '../start/Import.tsx'
import { NewSession } from '../start/NewSession.tsx'
import { Settings } from '../settings/Settings.tsx'
import { dismissToast, openDialog, useHouse, useSettings, useWindow, type DialogName } from '../state/store.ts'
import { CloseShell } from '../terminal/CloseShell.tsx'
import { Timeline } from '../timeline/Timeline.tsx'
import { OpenRepository } from '../welcome/OpenRepository.tsx'
import { TrustQuestion } from '../welcome/TrustQuestion.tsx'
import { Welcome } from '../welcome/Welcome.tsx'
import { NotificationOffer } from '../notify/NotificationOffer.tsx'
import { NotificationPermission } from '../notify/NotificationPermission.tsx'
import { useNews } from '../notify/use-news.ts'
import { Arriving } from './Arriving.tsx'
import { CommandPalette } from './CommandPalette.tsx'
import { Fence } from './Fence.tsx'
import { screenOnShow } from './focus.ts'
import styles from './Frame.module.css'
import { LineStrip } from './LineStrip.tsx'
import { Notices } from './Notices.tsx'
import { rememberShape } from './shape.ts'
import { ShortcutsSheet } from './ShortcutsSheet.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TopBar } from './TopBar.tsx'
import { useSafeDrops } from './use-safe-drops.ts'
import { useSafeTyping } from './use-safe-typing.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { Workspace } from './Workspace.tsx'

const ABOUT = {
  archive: Archive,
  fork: Fork,
  answer: Answer,
  hand: Hand,
  commit: Commit,
  pull: Pull,
} as const satisfies Partial<Record<DialogName, (props: { readonly view: View; readonly session: Session }) => ReactNode>>

type AboutProps = { readonly dialog: keyof typeof ABOUT; readonly at: string | null; readonly view: View }

const isAbout = (dialog: DialogName | null): dialog is keyof typeof ABOUT => dialog !== null && dialog in ABOUT

/** A dialog about one session: of one that went away meanwhile there is nothing to say. */
function AboutSession({ dialog, at, view }: AboutProps) {
  const session = view.sessions.find(({ id }) => id === at)
  if (session === undefined) return null
  const Drawn = ABOUT[dialog]
  return <Drawn key={at} view={view} session={session} />
}

/** The dialog that is open. Only this part of the window follows everything the House says, and only while one is. */
function OpenDialog({ view }: { readonly view: View }) {
  const dialog = useWindow((state) => state.dialog)
  const at = useWindow((state) => state.dialogAt)
  const { repository } = view
  if (dialog === 'open-repository') return <OpenRepository recent={view.recent} />
  if (dialog === 'palette') return <CommandPalette />
  if (dialog === 'shortcuts') return <ShortcutsSheet />
  if (dialog === 'archived') return <Archived sessions={view.sessions} />
  if (dialog === 'import') return <Import taken={view.sessions.map(({ name }) => name)} />
  if (dialog === 'timeline' && repository !== null) return <Timeline key={at} view={view} repository={repository.id} at={at} />
  if (isAbout(dialog)) return <AboutSession dialog={dialog} at={at} view={view} />
  if (dialog === 'close-shell')
    return <CloseShell shell={view.shells.find(({ id }) => id === at) ?? null} screen={screenOnShow} />
  if (dialog === 'settings') return <Settings view={view} permission={<NotificationPermission />} />
  return dialog === 'new-session' && repository !== null ? <NewSession view={view} repository={repository.id} /> : null
}

function Dialogs({ repository }: { readonly repository: Repository | null }) {
  const dialog = useWindow((state) => state.dialog)
  const trustLater = useWindow((state) => state.trustLater)
  const view = useHouse((state) => (dialog === null ? null : state.projection.view))
  const config = useHouse((state) => state.projection.view?.config)
  const untrusted = repository !== null && !repository.trusted && dialog !== 'open-repository'
  if (untrusted && config !== undefined && (dialog === 'trust' || dialog === 'new-session' || trustLater !== repository.id)) {
    return <TrustQuestion repository={repository} config={config} />
  }
  return view === null ? null : <OpenDialog view={view} />
}

function Rooms({ repository, shade }: { readonly repository: Repository; readonly shade: Shade }) {
  return (
    <>
      <Workspace repository={repository} shade={shade} />
      <Fence of="status bar">
        <StatusBar />
      </Fence>
    </>
  )
}

const NONE: readonly string[] = []

/** A dialog that had a fault is opened anew by the user, or not at all. */
const closeForAgain = (): void => openDialog(null)

function Looking({ shade }: { readonly shade: Shade }) {
  const repository = useHouse((state) => state.projection.view?.repository ?? null)
  const recent = useHouse((state) => state.projection.view?.recent ?? NONE)
  const version = useHouse((state) => state.projection.view?.version ?? '')
  useEffect(() => rememberShape(repository === null ? 'welcome' : 'repository'), [repository])
  return (
    <>
      <Fence of="top bar">
        <TopBar repository={repository} recent={recent} />
      </Fence>
      <Notices repository={repository} />
      {repository === null ? <Welcome recent={recent} version={version} /> : <Rooms repository={repository} shade={shade} />}
      <Fence of="dialog" onAgain={closeForAgain}>
        <Dialogs repository={repository} />
      </Fence>
    </>
  )
}

/** Draws the whole window. */
export function App() {
  const arrived = useHouse((state) => state.projection.view !== null)
  const { theme, density, terminalFont } = useSettings()
  const toasts = useWindow((state) => state.toasts)
  const shade = useShade(theme)
  useLookOnPage({ theme, density, code: familyOf(terminalFont) })
  useShortcuts()
  useNews()
  useSafeDrops()
  useFindingsTold()
  useSafeTyping()
  return (
    <TooltipRoom>
      <div className={styles['frame']}>
        <Fence of="window">{arrived ? <Looking shade={shade} /> : <Arriving />}</Fence>
      </div>
      <LineStrip />
      <Toasts toasts={toasts} onDismiss={dismissToast}>
        <NotificationOffer />
      </Toasts>
    </TooltipRoom>
  )
}

/** The dialog “Settings”: the user's own, and those of the open repository. There is no button to save: each is kept by itself. */

import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { SideTabs } from '../design/Tabs.tsx'
import type { View } from '../state/projection.ts'
import { closeDialog, useWindow } from '../state/store.ts'
import { controlIn } from './control-in.ts'
import { pageOf, type Page } from './fields.ts'
import { General, Notifications, OfRepository, TerminalPage } from './Pages.tsx'
import { forgetSaved, useSaved } from './saving.ts'
import styles from './Settings.module.css'
import { Shortcuts } from './Shortcuts.tsx'

export type SettingsProps = {
  readonly view: View
  /** The line about the browser's own permission to notify. */
  readonly permission: ReactNode
}

const YOURS = [
  { value: 'general', label: 'General' },
  { value: 'terminal', label: 'Terminal' },
  { value: 'notifications', label: 'Notifications' },
  { value: 'shortcuts', label: 'Shortcuts' },
] as const
const OF_REPOSITORY = [
  { value: 'landing', label: 'Landing' },
  { value: 'sessions', label: 'Sessions' },
] as const

/** The page to open at: of what was asked for, else the open repository's first. */
function firstPage(at: string | null, hasRepository: boolean): Page {
  const page = at === null ? null : at === 'model' && !hasRepository ? 'general' : pageOf(at)
  const isOfRepository = page === 'landing' || page === 'sessions'
  return page === null || (isOfRepository && !hasRepository) ? 'general' : page
}

function OnePage({ page, view, permission }: SettingsProps & { readonly page: Page }) {
  const { settings, config, repository } = view
  switch (page) {
    case 'general':
      return <General settings={settings} config={config} />
    case 'terminal':
      return <TerminalPage settings={settings} config={config} />
    case 'notifications':
      return <Notifications settings={settings} config={config} permission={permission} />
    case 'shortcuts':
      return <Shortcuts shortcuts={settings.shortcuts} />
    case 'landing':
    case 'sessions':
      return repository === null ? null : (
        <OfRepository key={repository.id} {...{ page, settings, config, target: repository.target?.branch ?? null }} />
      )
  }
}

/** The list and its page. A part of its own: it is there only when the dialog is, which is when the first focus can be decided. */
function Body({ view, permission, onAim }: SettingsProps & { readonly onAim: (first: HTMLElement | null) => void }) {
  const at = useWindow((state) => state.dialogAt)
  const { repository } = view
  const [page, setPage] = useState(() => firstPage(at, repository !== null))
  const tab = useRef<HTMLElement | null>(null)
  const body = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const row = at === null ? null : body.current?.querySelector(`[data-setting="${CSS.escape(at)}"]`)
    const control = controlIn(row)
    control?.scrollIntoView({ block: 'center' })
    onAim(control ?? tab.current)
  }, [at, onAim])
  const here = repository === null ? [] : [{ title: `For ${repository.name}`, tabs: OF_REPOSITORY }]
  const shown = repository === null && (page === 'landing' || page === 'sessions') ? 'general' : page
  return (
    <div ref={body} className={styles['body']}>
      <SideTabs<Page>
        label="Settings"
        groups={[{ title: 'For you', tabs: YOURS }, ...here]}
        value={shown}
        activeTab={tab}
        onChoose={setPage}
      >
        <OnePage key={shown} page={shown} view={view} permission={permission} />
      </SideTabs>
    </div>
  )
}

/** Draws the dialog, open at the setting that was asked for. */
export function Settings(props: SettingsProps) {
  const words = useSaved((state) => state.words)
  const first = useRef<HTMLElement | null>(null)
  const aim = useCallback((element: HTMLElement | null) => {
    first.current = element
  }, [])
  useEffect(() => forgetSaved, [])
  return (
    <Dialog
      open
      large
      title="Settings"
      onClose={closeDialog}
      firstFocus={first}
      footer={
        <>
          <output className={styles['saved']}>{words ?? 'Changes are saved at once, outside your repository.'}</output>
          <Button onClick={closeDialog}>Done</Button>
        </>
      }
    >
      <Body {...props} onAim={aim} />
    </Dialog>
  )
}

/** The cascade, and under it the panes of the session on show, or the first steps while there is none. */

import type { ReactNode } from 'react'
import { Cascade } from '../cascade/Cascade.tsx'
import type { Shade } from '../design/use-theme.ts'
import type { Repository } from '../../shared/model/repository.ts'
import { openDialog, sessionOnShow, useHouse, useView, useWindow } from '../state/store.ts'
import { FirstSteps } from '../welcome/FirstSteps.tsx'
import { Fence } from './Fence.tsx'
import { Panes } from './Panes.tsx'
import { SessionLines } from './SessionLines.tsx'
import { focusTerminal } from './focus.ts'

const menuOf = (id: string): ReactNode => <SessionLines id={id} />

function Strip() {
  const view = useView()
  const selected = useWindow((state) => state.selected)
  if (view === null) return null
  return (
    <Cascade
      view={view}
      selected={sessionOnShow(view.sessions, selected)?.id ?? null}
      menuOf={menuOf}
      onEnter={focusTerminal}
      onNew={() => openDialog('new-session')}
    />
  )
}

export type WorkspaceProps = { readonly repository: Repository; readonly shade: Shade }

/** Draws the cascade and the panes of an open repository. */
export function Workspace({ repository, shade }: WorkspaceProps) {
  const config = useHouse(({ projection }) => projection.view?.config)
  const untouched = useHouse(({ projection: { view } }) => view?.sessions.length === 0 && view.queue.length === 0)
  return (
    <>
      <Fence of="cascade">
        <Strip />
      </Fence>
      {untouched && config !== undefined ? (
        <FirstSteps key={repository.id} repository={repository} config={config} />
      ) : (
        <Panes key={repository.id} repository={repository} shade={shade} />
      )}
    </>
  )
}

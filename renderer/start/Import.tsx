/** The dialog “Import a worktree”: the worktrees that no session has, and one of them becomes a session. Nothing is started. */

import { FolderGit2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { FoundWorktree } from '../../shared/model/base.ts'
import { BRANCH_PREFIX } from '../../shared/model/names.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import { TextField } from '../design/Field.tsx'
import { importWorktree } from '../state/actions.ts'
import { listWorktrees } from '../state/basing.ts'
import { splitPath } from '../state/format.ts'
import { closeDialog, openDialog, useAway } from '../state/store.ts'
import { nameProblemOf } from './forking.ts'
import styles from './Import.module.css'

type Said = { readonly found: readonly FoundWorktree[] | null; readonly failure: string | null }

/** The name it would get: its branch's, or its folder's where the branch has folders of its own. */
function suggested({ branch, path }: FoundWorktree): string {
  const own = branch?.startsWith(BRANCH_PREFIX) === true ? branch.slice(BRANCH_PREFIX.length) : branch
  return own === null || own === undefined || own.includes('/') ? splitPath(path).name : own
}

type ChoiceProps = { readonly worktree: FoundWorktree; readonly isChosen: boolean; readonly onChoose: () => void }

function Choice({ worktree, isChosen, onChoose }: ChoiceProps) {
  const { path, branch, problem } = worktree
  const { folder, name } = splitPath(path)
  return (
    <label className={styles['choice']} data-chosen={isChosen || undefined} data-refused={problem === undefined ? undefined : ''}>
      <input
        type="radio"
        className="visually-hidden"
        name="worktree"
        checked={isChosen}
        disabled={problem !== undefined}
        onChange={onChoose}
      />
      <FolderGit2 aria-hidden="true" />
      <span className={styles['about']}>
        <span className={styles['path']} title={path}>
          <span className={styles['folder']}>{folder}</span>
          <b>{name}</b>
        </span>
        <span className={styles['note']}>{problem ?? `on the branch ${branch ?? 'nobody knows which'}`}</span>
      </span>
    </label>
  )
}

/** Draws the dialog. */
export function Import({ taken }: { readonly taken: readonly string[] }) {
  const away = useAway()
  const popup = useRef<HTMLDivElement>(null)
  const [said, setSaid] = useState<Said>({ found: null, failure: null })
  const [chosen, setChosen] = useState<FoundWorktree | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let isOver = false
    void listWorktrees().then((answer) => {
      if (isOver) return
      setSaid(answer.ok ? { found: answer.value, failure: null } : { found: null, failure: answer.failure.message })
      const able = answer.ok ? answer.value.filter(({ problem }) => problem === undefined) : []
      if (able[0] !== undefined && able.length === 1) setChosen(able[0])
    })
    return () => {
      isOver = true
    }
  }, [])
  useEffect(() => {
    // From the list, which had the focus while there was nothing in it, no arrow key leads on.
    if (said.found !== null && document.activeElement === popup.current)
      popup.current?.querySelector<HTMLElement>('input:enabled')?.focus()
  }, [said.found])
  const name = typed ?? (chosen === null ? '' : suggested(chosen))
  const problem = chosen === null || busy ? null : nameProblemOf(name, taken)
  const onImport = async (): Promise<void> => {
    if (chosen === null) return
    setBusy(true)
    const failure = await importWorktree(chosen.path, name.trim())
    setBusy(false)
    if (failure === null) openDialog(null)
    // A fault shows itself.
    else if (failure.code !== 'fault') setSaid((before) => ({ ...before, failure: failure.message }))
  }
  const able = said.found?.some((one) => one.problem === undefined) === true
  return (
    <Dialog
      open
      title="Import a worktree"
      intro="A worktree that is there already becomes a session. Nothing in it changes, and nothing is started."
      onClose={closeDialog}
      firstFocus={popup}
      footer={
        <>
          <Button onClick={closeDialog}>{able ? 'Cancel' : 'Close'}</Button>
          {able ? (
            <Button
              look="primary"
              busy={busy}
              refused={away ?? (chosen === null ? 'Choose a worktree first.' : problem)}
              onClick={() => void onImport()}
            >
              Import
            </Button>
          ) : null}
        </>
      }
    >
      {said.failure === null ? null : <Banner tone="bad">{said.failure}</Banner>}
      <div ref={popup} className={styles['list']} role="radiogroup" aria-label="Worktrees" tabIndex={-1}>
        {said.found?.map((worktree) => (
          <Choice
            key={worktree.path}
            worktree={worktree}
            isChosen={worktree.path === chosen?.path}
            onChoose={() => {
              setChosen(worktree)
              setTyped(null)
            }}
          />
        ))}
        {said.found?.length === 0 ? (
          <EmptyState title="There is no other worktree">
            Make one with “git worktree add”, then it can be imported here.
          </EmptyState>
        ) : null}
        {said.found === null && said.failure === null ? <p className={styles['note']}>Looking for worktrees…</p> : null}
      </div>
      {able ? (
        <TextField
          label="Name"
          reserve
          value={name}
          error={problem}
          hint="Only in Sluice; the branch keeps its name."
          onText={setTyped}
        />
      ) : null}
    </Dialog>
  )
}

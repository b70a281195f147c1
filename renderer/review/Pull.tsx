/** The dialog “Open a pull request”: where to, with which words, and what is missing. Nothing is pushed before the button that names the remote. */

import { useEffect, useId, useRef, useState } from 'react'
import type { PullLook } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { signsOf } from '../commands/keys.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { CopyButton } from '../design/CopyButton.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { SelectField, TextArea, TextField } from '../design/Field.tsx'
import { onFormKey } from '../design/form-keys.ts'
import { Keys } from '../design/Keys.tsx'
import { Switch } from '../design/Switch.tsx'
import { cancelPull, lookAtPull, openPull } from '../state/review-acts.ts'
import { closeDialog, useAway } from '../state/store.ts'
import styles from './Dialogs.module.css'

type Said =
  | { readonly kind: 'looking' }
  | { readonly kind: 'unknown'; readonly message: string }
  | { readonly kind: 'known'; readonly look: PullLook }

/** What there is for it, asked once when the dialog opens. */
function useLook(name: string): Said {
  const [said, setSaid] = useState<Said>({ kind: 'looking' })
  useEffect(() => {
    let isOver = false
    void lookAtPull(name).then((answer) => {
      if (isOver) return
      setSaid(answer.ok ? { kind: 'known', look: answer.value } : { kind: 'unknown', message: answer.failure.message })
    })
    return () => {
      isOver = true
    }
  }, [name])
  return said
}

function Address({ url, children }: { readonly url: string; readonly children: string }) {
  return (
    <p className={styles['address']}>
      <span>
        {children}{' '}
        {/^https?:\/\//u.test(url) ? (
          <a href={url} target="_blank" rel="noreferrer">
            {url}
          </a>
        ) : (
          <code>{url}</code>
        )}
      </span>
      <CopyButton size="small" text={url}>
        Copy
      </CopyButton>
    </p>
  )
}

type Words = { readonly remote: string; readonly title: string; readonly body: string; readonly draft: boolean }

function wordsOf(look: PullLook): Words {
  return { remote: look.remotes[0]?.name ?? '', title: look.title, body: look.body, draft: false }
}

/** Draws the dialog for one session. */
export function Pull({ session }: { readonly session: Session }) {
  const said = useLook(session.name)
  return said.kind === 'known' ? (
    <Known session={session} look={said.look} />
  ) : (
    <Dialog
      open
      wide
      title={`Open a pull request for “${session.name}”`}
      onClose={closeDialog}
      footer={<Button onClick={closeDialog}>Close</Button>}
    >
      <div className={styles['form']}>
        {said.kind === 'looking' ? (
          <output className={styles['hint']}>Looking at the remotes, and for gh…</output>
        ) : (
          <Banner tone="bad">{said.message}</Banner>
        )}
      </div>
    </Dialog>
  )
}

function Known({ session, look }: { readonly session: Session; readonly look: PullLook }) {
  const away = useAway()
  const [words, setWords] = useState(() => wordsOf(look))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const title = useRef<HTMLInputElement>(null)
  const asDraft = useId()
  // What is pushed is what was there when the dialog opened: another commit meanwhile is refused.
  const [head] = useState(session.head)
  const write = (over: Partial<Words>): void => setWords((before) => ({ ...before, ...over }))
  const refused =
    away ??
    look.missing ??
    (session.dirty ? 'Commit or discard the uncommitted changes first: they would not be part of it.' : null) ??
    (words.title.trim() === '' ? 'Write a title first.' : null)
  const leave = (): void => {
    if (busy) void cancelPull(session.name)
    closeDialog()
  }
  const push = async (): Promise<void> => {
    if (busy || refused !== null || opened !== null) return
    setBusy(true)
    setFailure(null)
    const { draft, ...rest } = words
    const answer = await openPull({ name: session.name, head, ...rest, ...(draft ? { draft } : {}) })
    setBusy(false)
    if (answer.ok) setOpened(answer.value.url)
    else if (answer.failure.code !== 'fault') setFailure(answer.failure.message)
  }
  return (
    <Dialog
      open
      wide
      title={`Open a pull request for “${session.name}”`}
      intro="In place of landing it here. Nothing is pushed before you press the button."
      onClose={leave}
      firstFocus={title}
      notice={
        failure === null ? null : (
          <Banner tone="bad">
            <span className={styles['git']}>{failure}</span>
          </Banner>
        )
      }
      footer={
        opened === null ? (
          <>
            <Button onClick={leave}>Cancel</Button>
            <span className={styles['keys']}>
              <Keys signs={signsOf('mod+enter')} />
            </span>
            <Button look="primary" type="submit" form="pull" busy={busy} refused={refused}>
              {words.remote === '' ? 'Push and open' : `Push to ${words.remote} and open`}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={closeDialog}>
            Done
          </Button>
        )
      }
    >
      {/* The keys are those of the fields in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        id="pull"
        className={styles['form']}
        onKeyDown={onFormKey}
        onSubmit={(event) => {
          event.preventDefault()
          void push()
        }}
      >
        {look.missing === null ? null : <Banner>{look.missing}</Banner>}
        {opened !== null ? (
          <Address url={opened}>It is open:</Address>
        ) : look.open === null ? null : (
          <Address url={look.open}>There is one open already:</Address>
        )}
        {opened === null ? (
          <>
            {look.remotes.length === 0 ? null : (
              <SelectField
                label="Push to"
                value={words.remote}
                choices={look.remotes.map(({ name, url }) => ({ value: name, label: `${name}: ${url}` }))}
                hint={`The branch ${look.branch}, never by force.`}
                onChoose={(remote) => write({ remote })}
              />
            )}
            <TextField ref={title} label="Title" value={words.title} maxLength={300} onText={(text) => write({ title: text })} />
            <TextArea label="Text" rows={8} value={words.body} onText={(body) => write({ body })} />
            <label className={styles['check']} htmlFor={asDraft}>
              <Switch id={asDraft} checked={words.draft} onCheck={(draft) => write({ draft })} />
              As a draft
            </label>
          </>
        ) : null}
      </form>
    </Dialog>
  )
}

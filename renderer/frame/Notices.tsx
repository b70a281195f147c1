/** Sentences that concern the whole window, above everything else. */

import type { Repository } from '../../shared/model/repository.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import type { View } from '../state/projection.ts'
import { dismissNotice, openDialog, useHouse, useWindow, type Connection } from '../state/store.ts'

export type NoticesProps = { readonly view: View; readonly repository: Repository | null; readonly connection: Connection }

/** After this many failures in a row the host is more likely another one than away. */
const PATIENCE = 5

/** Draws the banners, the most urgent first. */
export function Notices({ view, repository, connection }: NoticesProps) {
  const failures = useHouse((state) => state.failures)
  const dismissed = useWindow((state) => state.dismissedNotices)
  return (
    <>
      {connection === 'lost' ? (
        <Banner tone="bad">
          Sluice is not reachable right now. It reconnects by itself, and nothing you typed is lost.
          {failures > PATIENCE ? ' If it was started anew, open the address it printed.' : null}
        </Banner>
      ) : null}
      {repository?.problem === undefined ? null : (
        <Banner
          tone="bad"
          action={
            <Button size="small" onClick={() => openDialog('settings')}>
              Open settings
            </Button>
          }
        >
          {repository.problem}
        </Banner>
      )}
      {repository !== null && !repository.trusted ? (
        <Banner
          tone="needs-you"
          action={
            <Button size="small" onClick={() => openDialog('trust')}>
              Decide
            </Button>
          }
        >
          This repository is not trusted yet: no session starts and nothing lands.
        </Banner>
      ) : null}
      {view.notices
        .filter((notice) => !dismissed.includes(notice.id))
        .map((notice) => (
          <Banner key={notice.id} onDismiss={() => dismissNotice(notice.id)}>
            {notice.message}
          </Banner>
        ))}
    </>
  )
}

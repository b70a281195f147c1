/** Sentences that concern the whole window, above everything else. Whether Sluice can be reached is LineStrip's. */

import type { Notice } from '../../shared/contract.ts'
import type { Repository } from '../../shared/model/repository.ts'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { dismissNotice, openDialog, useHouse, useWindow } from '../state/store.ts'

const NONE: readonly Notice[] = []

/** Draws the banners, the most urgent first. */
export function Notices({ repository }: { readonly repository: Repository | null }) {
  const notices = useHouse((state) => state.projection.view?.notices ?? NONE)
  const dismissed = useWindow((state) => state.dismissedNotices)
  return (
    <>
      {repository?.problem === undefined ? null : (
        <Banner
          tone="bad"
          action={
            <Button size="small" onClick={() => openDialog('settings', { at: 'target' })}>
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
              Review…
            </Button>
          }
        >
          This repository is not trusted yet: no session starts and nothing lands.
        </Banner>
      ) : null}
      {notices
        .filter((notice) => !dismissed.includes(notice.id))
        .map((notice) => (
          <Banner key={notice.id} onDismiss={() => dismissNotice(notice.id)}>
            {notice.message}
          </Banner>
        ))}
    </>
  )
}

/** Locks every page in: no navigation away, no second window, no webview, no permission, no download. Decides by `policy.ts`. */

import type { Session, WebContents } from 'electron'
import { externalLink, isFresh, isOwnOrigin, isPress, mayGrant } from './policy.ts'

/** Locks one page. `openLink` gets an http(s) address that the user's press asked for; one press opens one link. */
export function lockPage(contents: WebContents, openLink: (link: URL) => void, now: () => number): void {
  let lastPress: number | null = null

  function offer(url: string): void {
    const link = externalLink(url)
    if (link === null || !isFresh(lastPress, now())) return
    lastPress = null
    openLink(link)
  }

  contents.on('input-event', (_event, input) => {
    if (isPress(input.type)) lastPress = now()
  })
  contents.setWindowOpenHandler(({ url }) => {
    offer(url)
    return { action: 'deny' }
  })
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame && isOwnOrigin(event.url)) return
    event.preventDefault()
    if (event.isMainFrame) offer(event.url)
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnOrigin(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** Locks what pages of a session may ask the system for. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayGrant(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => mayGrant(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

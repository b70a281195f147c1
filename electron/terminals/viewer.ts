/**
 * One connection's view of the terminals: what it attached to, what it is sent when, and what waits for its credit.
 * Knows frames, not carriers; terminals, not programs.
 */

import { decodeFrame, encodeFrame } from '../../shared/frames.ts'
import type { Clock } from '../kit/clock.ts'
import * as credit from './credit.ts'
import type { Place, Size, Source } from './source.ts'
import type { Screen } from './screens.ts'
import { createView, type View } from './view.ts'

export type Viewer = {
  /** Takes bytes from the peer; what is not a frame that makes sense here is ignored. */
  frame(bytes: Uint8Array): void
  close(): void
}

/** What the owner of the terminals tells a viewer besides. */
export type OpenViewer = Viewer & {
  opened(source: Source): void
  gone(id: string): void
  /** The size this viewer asked for, also of a terminal that is not there yet. */
  wantedSize(id: string): Size | null
}

export type ViewerParts = {
  find(id: string): Source | undefined
  send(frame: Uint8Array<ArrayBuffer>): void
  readonly clock: Clock
  readonly limits: credit.Limits
  closed(): void
}

/** Long enough to make one message of a burst of small writes, too short to be seen. */
export const COALESCE_MS = 5
export const FRAME_BYTES = 32 * 1024
/** A viewer that acknowledges nothing for so long stops making programs wait; it gets a new screen when it wakes. */
export const STALL_MS = 2_000
/** No window shows so many terminals. */
const MAX_VIEWS = 256

/** Takes the terminals and a way to send; gives a viewer that is attached to nothing. */
export function createViewer(parts: ViewerParts): OpenViewer {
  const { clock, send } = parts
  const views = new Map<string, View>()
  let account: credit.Credit = { ...credit.FULL_CREDIT, limits: parts.limits }
  let callOffFlush: (() => void) | null = null
  let callOffStall: (() => void) | null = null
  let closed = false

  const now = (): number => clock.now().getTime()

  function sendData(view: View, most: number): void {
    const bytes = view.take(Math.min(most, FRAME_BYTES))
    account = credit.sent(account, view.id, bytes.length)
    send(encodeFrame({ kind: 'data', terminal: view.id, bytes }))
    sendSizes(view)
  }

  /** They cost no credit: a few bytes, and a page that is silent is sent no output that they could stand behind. */
  function sendSizes(view: View): void {
    for (let size = view.takeSize(); size !== null; size = view.takeSize()) {
      send(encodeFrame({ kind: 'size', terminal: view.id, ...size }))
    }
  }

  const withData = (): View[] => [...views.values()].filter((view) => view.hasData())

  /** Less than a frame waits for its few milliseconds: small messages cost the page more than their bytes. */
  const withFrame = (): View[] => withData().filter((view) => view.waiting() >= FRAME_BYTES || view.hasExit())

  function flush(): void {
    callOffFlush?.()
    callOffFlush = null
    sendFrom(withData)
  }

  /** Sends what the credit allows, a frame per terminal in turn, so that one flood does not hold up the others. */
  function sendFrom(ready: () => View[]): void {
    for (let starved = ready(); starved.length > 0 && credit.room(account, now()) > 0; starved = ready()) {
      for (const view of starved) {
        const room = credit.room(account, now())
        if (room === 0) break
        sendData(view, room)
        // To the end of the line: the next one is first when there is credit again.
        views.delete(view.id)
        views.set(view.id, view)
      }
    }
    for (const view of views.values()) {
      const exit = view.takeExit()
      if (exit !== null) send(encodeFrame({ kind: 'exit', terminal: view.id, ...exit }))
    }
    // As much is read ahead as may be on its way: an acknowledgement is answered at once, not when the program has run again.
    const ahead = credit.limit(account, now())
    for (const view of views.values()) {
      if (!view.isLive()) continue
      if (view.waiting() > ahead) view.hold()
      else if (view.waiting() <= ahead / 2) view.release()
    }
    if (credit.room(account, now()) > 0 && withData().length > 0) callOffFlush ??= clock.after(COALESCE_MS, flush)
    watchForStall()
  }

  /** An acknowledgement starts the wait anew: slow is not the same as silent. */
  function watchForStall(anew = false): void {
    const starved = withData().length > 0
    if (!starved || anew) {
      callOffStall?.()
      callOffStall = null
    }
    if (starved) callOffStall ??= clock.after(STALL_MS, stalled)
  }

  function stalled(): void {
    callOffStall = null
    for (const view of withData()) view.fallBehind()
  }

  function heard(view: View): void {
    if (!view.isLive()) return
    if (view.takeEcho() && view.hasData()) {
      // The first output after a key goes at once, even beyond the credit: one frame a key, and not to a silent peer.
      const silent = credit.inFlight(account) > account.limits.idle
      if (!silent) sendData(view, FRAME_BYTES)
      if (view.hasData()) flush()
    } else if (view.waiting() >= FRAME_BYTES || view.hasExit()) sendFrom(withFrame)
    else callOffFlush ??= clock.after(COALESCE_MS, flush)
  }

  function sized(view: View): void {
    sendSizes(view)
    // What waits for its few milliseconds stands before the size, which may be waited for.
    if (view.hasData()) flush()
  }

  function attach(id: string, place: Place): void {
    const source = parts.find(id)
    let view = views.get(id)
    if (view === undefined) {
      if (views.size >= MAX_VIEWS) return
      view = createView(id, { heard, sized, screen: showScreen })
      views.set(id, view)
    }
    account = credit.forgotten(account, id)
    view.want(place)
    if (source !== undefined) view.begin(source)
    catchUp()
  }

  function showScreen(view: View, { cols, rows, bytes }: Screen, answers: boolean): void {
    send(encodeFrame({ kind: 'screen', terminal: view.id, cols, rows, bytes }))
    if (answers) send(encodeFrame({ kind: 'size', terminal: view.id, cols, rows, answers }))
    sendSizes(view)
    flush()
  }

  function detach(id: string): void {
    views.get(id)?.end()
    views.delete(id)
    account = credit.forgotten(account, id)
    flush()
    catchUp()
  }

  function acknowledged(id: string, count: number): void {
    account = credit.acked(account, id, count)
    watchForStall(true)
    sendFrom(withFrame)
    catchUp()
  }

  /** Those that fell behind get a new screen once there is credit again, however it came to be there. */
  function catchUp(): void {
    if (!credit.isLow(account, now())) return
    for (const view of views.values()) if (view.isBehind()) view.catchUp()
  }

  return {
    frame(bytes) {
      const frame = closed ? null : decodeFrame(bytes)
      if (frame === null) return
      const view = views.get(frame.terminal)
      switch (frame.kind) {
        case 'attach':
          return attach(frame.terminal, { cols: frame.cols, rows: frame.rows, claims: frame.claims === true })
        case 'detach':
          return detach(frame.terminal)
        case 'input':
          account = credit.keyPressed(account, now())
          return view?.type(frame.bytes)
        case 'answer':
          return view?.answer(frame.bytes)
        case 'resize':
        case 'claim':
          return view?.want({ cols: frame.cols, rows: frame.rows, claims: frame.kind === 'claim' })
        case 'ack':
          return acknowledged(frame.terminal, frame.count)
        case 'screen':
        case 'data':
        case 'size':
        case 'exit':
          return
      }
    },
    close() {
      if (closed) return
      closed = true
      callOffFlush?.()
      callOffStall?.()
      for (const view of views.values()) view.end()
      views.clear()
      parts.closed()
    },
    opened(source) {
      views.get(source.id)?.begin(source)
    },
    gone(id) {
      views.get(id)?.end()
      account = credit.forgotten(account, id)
      if (views.has(id)) catchUp()
    },
    wantedSize: (id) => views.get(id)?.wanted() ?? null,
  }
}

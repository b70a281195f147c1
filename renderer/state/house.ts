/** The page's one line to the House: picks the carrier, keeps the projection fresh, turns faults into a toast. */

import { createClient } from '../../shared/client.ts'
import type { CallName, Changes, Params } from '../../shared/contract.ts'
import type { Event } from '../../shared/model/event.ts'
import { desktopCarrier } from './carrier-desktop.ts'
import { webCarrier } from './carrier-web.ts'
import { answered, opened, received, unanswered, type Step } from './projection.ts'
import { remember } from './memory.ts'
import { recallPanes } from './panes.ts'
import { forgetClosed, recallShells } from './shells.ts'
import { keepOnShow, recallSelected, toast, useHouse } from './store.ts'

const carrier = desktopCarrier() ?? webCarrier(new URL('/socket', location.href.replace(/^http/u, 'ws')))
const client = createClient(carrier)

const frameListeners = new Set<(bytes: Uint8Array) => void>()
const openListeners = new Set<() => void>()
const eventListeners = new Set<(event: Event) => void>()

function faultId(detail: unknown): string | undefined {
  const id = typeof detail === 'object' && detail !== null && 'id' in detail ? detail.id : undefined
  return typeof id === 'string' ? id : undefined
}

/** Asks the House. A failure comes back as a sentence; a fault is shown here, with its id, and comes back as well. */
export async function ask<N extends CallName>(name: N, params: Params<N>) {
  const answer = await client.call(name, params)
  if (!answer.ok && answer.failure.code === 'fault') {
    const fault = faultId(answer.failure.detail)
    toast({ tone: 'fault', message: answer.failure.message, ...(fault === undefined ? {} : { fault }) })
  }
  return answer
}

function take(step: Step): void {
  const before = useHouse.getState().projection.view
  const { view, asking } = step.projection
  const repository = view?.repository?.id
  if (view !== null && view.settings !== before?.settings) remember('settings', view.settings)
  useHouse.setState({ projection: step.projection })
  if (repository !== undefined && repository !== before?.repository?.id) {
    recallSelected(repository)
    recallPanes(repository)
    recallShells(repository)
  }
  // While a snapshot is on its way the sessions may be those of another repository.
  if (view !== null && !asking) keepOnShow(before, view)
  if (view !== null && before?.repository?.id === repository) forgetClosed(before?.shells ?? [], view.shells)
  if (step.ask) void refresh()
}

/** One snapshot at a time: a second opening while one is under way makes the first one's answer worthless. */
let asked = 0

async function refresh(): Promise<void> {
  asked += 1
  const mine = asked
  const answer = await ask('hello', {})
  if (mine !== asked) return
  if (answer.ok) take(answered(useHouse.getState().projection, answer.value))
  else useHouse.setState((state) => ({ projection: unanswered(state.projection) }))
}

/** Asks for everything anew, such as after another repository was opened. */
export function reread(): void {
  take(opened(useHouse.getState().projection))
}

export function postFrame(frame: Uint8Array<ArrayBuffer>): void {
  carrier.post(frame)
}

/** Terminal bytes go past React and the stores. Gives the way to stop listening. */
export function onFrame(listener: (bytes: Uint8Array) => void): () => void {
  frameListeners.add(listener)
  return () => void frameListeners.delete(listener)
}

/** Told after every opening, also again. Gives the way to stop listening. */
export function onOpen(listener: () => void): () => void {
  openListeners.add(listener)
  return () => void openListeners.delete(listener)
}

/** Told of every event as it comes, past the stores: nothing is kept of it. An event may come twice. Gives the way to stop listening. */
export function onEvent(listener: (event: Event) => void): () => void {
  eventListeners.add(listener)
  return () => void eventListeners.delete(listener)
}

function hear(batch: Changes): void {
  take(received(useHouse.getState().projection, batch))
  if (eventListeners.size === 0) return
  for (const change of batch.changes) {
    if (change.kind === 'event') eventListeners.forEach((listener) => listener(change.event))
  }
}

carrier.listen({
  changes: hear,
  frame: (bytes) => frameListeners.forEach((listener) => listener(bytes)),
  status: (status) => {
    if (status === 'open') {
      useHouse.setState({ connection: 'open', failures: 0 })
      reread()
      openListeners.forEach((listener) => listener())
    } else {
      // Without the key no attempt can succeed: what the user can do is said at once, not after some failures.
      const more = status === 'shut-out' ? Number.POSITIVE_INFINITY : 1
      useHouse.setState((state) => ({ connection: 'lost', failures: state.failures + more }))
    }
  },
})

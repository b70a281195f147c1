/** Starts the Claude Code of a session that has ended: what keeps it from that, its setup where that is still to be done, and what it is told first. */

import type { Answer } from '../../shared/contract.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Start } from '../sessions/conversation.ts'
import type { Ready } from './asking.ts'
import type { Hall } from './hall.ts'

type Refusal = Extract<Answer<'session.resume'>, { readonly ok: false }>

function refusal(hall: Hall, { record, session }: Ready): Refusal | null {
  const { name } = session
  if (hall.repositories.current()?.checkout.trusted !== true) {
    return fail('untrusted', 'This repository is not trusted, so nothing of it may run. Trust it first.')
  }
  if (record.intent !== null)
    return fail('already-running', `“${name}” is being archived or restored. Try again when that is done.`)
  if (record.archive !== null)
    return fail('worktree-missing', `“${name}” is archived. Restore it first (“sluice session restore ${name}”).`)
  if ((!record.prepared && record.setupFailure === null) || session.state === 'starting')
    return fail('already-running', `“${name}” is starting already.`)
  if (session.state === 'unknown') {
    const message = `“${name}” may still run outside of Sluice. Stop it first (“sluice session stop ${name}”).`
    return fail('already-running', message)
  }
  if (session.problem !== undefined && hall.repositories.view()?.target !== null) return fail('worktree-missing', session.problem)
  return null
}

/** What it is told first: how to go on, where that is to be said, and then the user's own words. */
function saying(start: Start, words: string | undefined): Start {
  if (words === undefined) return start
  const before = start.kind === 'resume' && start.prompt !== undefined ? `${start.prompt}\n\n` : ''
  return { kind: 'resume', prompt: `${before}${words}` }
}

/** `words`: a prompt of the user's that it goes on with. */
export async function resume(hall: Hall, ready: Ready, words?: string): Promise<Answer<'session.resume'>> {
  const refused = refusal(hall, ready)
  if (refused !== null) return refused
  const { desk, live, record } = ready
  const setUp = record.prepared && record.setupFailure === null ? ok(undefined) : await desk.setups.run(live)
  return setUp.ok ? desk.lineup.launch(live, saying(await desk.pauser.resumption(live), words)) : setUp
}

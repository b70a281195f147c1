/** A process that archives or restores a session and is killed at one of its steps, as `kill -9` would: `die.ts CHECKOUT HEAD ACTION STEP`. */

import { parseOid } from '../../../git/names.ts'
import { createGit } from '../../../git/run.ts'
import { live } from './life.ts'

const [path = '', id = '', action = '', last = ''] = process.argv.slice(2)
const head = parseOid(id)
if (head === null) throw new Error('There is no such commit.')
let steps = 0
/** Counts from the moment the work begins. */
let counting = false

function step(): void {
  if (!counting) return
  steps += 1
  if (steps === Number(last)) process.kill(process.pid, 'SIGKILL')
}

const plain = createGit({ env: process.env })
const life = await live({
  path,
  head,
  step,
  git: {
    async run(request) {
      step()
      const ended = await plain.run(request)
      if (request.writes === true) step()
      return ended
    },
  },
})
counting = true
const session = life.session('login')
const done = action === 'restore' ? await life.archive.restore(session) : await life.archive.archive(session)
if (!done.ok) throw new Error(done.failure.message)
await life.close()
process.stdout.write(`${steps}\n`)

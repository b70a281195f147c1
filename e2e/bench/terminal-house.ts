/** The House of the terminal benchmarks, in a process of its own: its memory and its processor time are not mixed with the browser's driver. */

import { startBusyHouse } from './busy-house.ts'
import type { Answer, Ask, Told } from './house-process.ts'

const [count = '1', idle, typing] = process.argv.slice(2)
const limits = idle === undefined || typing === undefined ? undefined : { idle: Number(idle), typing: Number(typing) }
const house = await startBusyHouse(Number(count), limits)
const { terminals } = house

const say = (told: Told): void => void process.send?.(told)

async function run(id: string, script: string): Promise<void> {
  const before = terminals.get(id)
  before?.kill('SIGKILL')
  await before?.exited
  const opened = await terminals.open({
    id,
    file: '/bin/bash',
    args: ['-c', script],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', TERM: 'xterm-256color' },
  })
  if (!opened.ok) throw new Error(opened.failure.message)
}

async function done(ask: Ask): Promise<Answer> {
  switch (ask.kind) {
    case 'run':
      await run(ask.terminal, ask.script)
      return {}
    case 'write':
      terminals.get(ask.terminal)?.write(ask.text)
      return {}
    case 'shown':
      return { text: (await terminals.get(ask.terminal)?.lastText(3)) ?? '' }
    case 'memory':
      if (ask.collect) globalThis.gc?.()
      return { rss: process.memoryUsage.rss() }
    case 'close':
      await house.close()
      return {}
  }
}

process.on('message', (message: { readonly id: number; readonly ask: Ask }) => {
  void done(message.ask).then((answer) => {
    say({ kind: 'answer', id: message.id, answer })
    if (message.ask.kind === 'close') process.disconnect()
  })
})
// The benchmark was broken off: nothing stays behind.
process.on('disconnect', () => process.exit())
say({ kind: 'ready', url: house.url })

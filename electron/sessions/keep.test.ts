import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { SessionFact } from './facts.ts'
import { createKeep, type Keep } from './keep.ts'

async function folderOfOwn(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-keep-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'session')
}

function keepIn(folder: string): { readonly keep: Keep; readonly facts: SessionFact[] } {
  const facts: SessionFact[] = []
  const failed = (error: unknown): void => expect(error).toBeUndefined()
  return { facts, keep: createKeep({ id: 's', folder, keep: (fact) => facts.push(fact), changed: () => undefined, failed }) }
}

test('what is kept is there for the next Sluice, for the user’s eyes only, and its text is in no fact', async () => {
  const folder = await folderOfOwn()
  const { keep, facts } = keepIn(folder)
  keep.add({ text: 'secret one', waits: false })
  keep.add({ text: 'secret two', waits: true })
  await keep.idle()
  expect((await stat(join(folder, 'unsent.json'))).mode & 0o777).toBe(0o600)
  expect(JSON.stringify(facts)).not.toContain('secret')
  const next = keepIn(folder)
  await next.keep.idle()
  expect(next.keep.first()).toEqual({ text: 'secret one', waits: false })
  expect(next.keep.waiting()).toEqual({ text: 'secret two', waits: true })
})

test('what was sent or forgotten is kept no more, nowhere', async () => {
  const folder = await folderOfOwn()
  const { keep, facts } = keepIn(folder)
  for (const text of ['one', 'two']) keep.add({ text, waits: false })
  keep.letGo(({ text }) => text === 'two')
  keep.forget()
  keep.forget()
  await keep.idle()
  expect(keep.first()).toBeNull()
  expect(facts.map(({ kind }) => kind)).toEqual(['prompt-kept', 'prompt-kept', 'prompt-sent', 'prompt-forgotten'])
  await expect(readFile(join(folder, 'unsent.json'))).rejects.toThrow('ENOENT')
})

test('a prompt that is kept twice is kept once, and the one that waited shows when it was not confirmed', async () => {
  const { keep } = keepIn(await folderOfOwn())
  keep.add({ text: 'one', waits: true })
  keep.add({ text: 'one', waits: true })
  keep.unconfirmed('one')
  expect(keep.first()).toEqual({ text: 'one', waits: false })
  expect(keep.waiting()).toBeNull()
  keep.forget()
  expect(keep.first()).toBeNull()
  await keep.idle()
})

/** Pausing and resuming with the real Claude Code: the note, the facts, the conversation that goes on; and that the note never lands. */

import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { git } from '../demo/repository.ts'
import { bash, say, write, type Step } from '../model/scripts.ts'
import { until } from '../model/testing.ts'
import { openClaudeHouse, type ClaudeHouse, type Life } from './house.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000, maxConcurrency: 4 })

const SLOW: Step = { text: 'Word after word.\n'.repeat(40), chunks: 400, chunkMs: 50 }
const NOTE = '# Goal\n\nSell things.\n\n## Left\n\n1. Sell more.\n'
const NOTES: readonly Step[] = [write('HANDOFF.md', NOTE), say('Written.')]

let house: ClaudeHouse

beforeAll(async () => {
  house = await openClaudeHouse()
})

afterAll(async () => {
  await house.close()
})

const pause = (name: string) => house.client.call('session.pause', { name })
const noteOf = (life: Life): Promise<string> => readFile(join(life.session.worktree, 'HANDOFF.md'), 'utf8')
/** What this session’s model was told, by conversation. */
const told = (conversation: string | undefined): readonly string[] =>
  house.model
    .books()
    .filter(({ session }) => session === conversation)
    .map(({ prompt }) => prompt)

test.concurrent('a session writes its note, Sluice adds the facts, and it goes on from there', async () => {
  const life = await house.start('noted', [say('Hello.'), ...NOTES, say('Going on.')], 'acceptEdits')
  const { claudeSession } = await life.becomes('idle')
  await writeFile(join(life.session.worktree, 'half.txt'), 'half\n')
  const [paused, same] = await Promise.all([pause('noted'), pause('noted')])
  expect(paused).toMatchObject({ ok: true, value: { state: 'paused', handoff: true, dirty: true, files: 1 } })
  expect(same).toEqual(paused)
  expect(life.states()).not.toContain('exited')
  const text = await noteOf(life)
  expect(text.startsWith(NOTE)).toBe(true)
  for (const fact of [
    '`sluice/noted`',
    '`half.txt` (untracked)',
    `\`${claudeSession}\``,
    'Against `main`: 0 commits ahead, 0 behind',
  ])
    expect(text).toContain(fact)
  expect(text).not.toContain('`HANDOFF.md`')
  expect(life.events().find(({ kind }) => kind === 'session-paused')).toMatchObject({ note: true })

  await house.call('session.resume', { name: 'noted' })
  await life.becomes('idle')
  expect(life.now()).toMatchObject({ claudeSession, handoff: true })
  // On a slow machine it says “idle” before it takes the prompt.
  await until(
    () => told(claudeSession).at(-1),
    (prompt) => prompt?.includes('Read HANDOFF.md first') === true,
  )

  // Its note is the same at the second pause, and the facts are there once.
  expect(await pause('noted')).toMatchObject({ ok: true, value: { state: 'paused' } })
  const again = await noteOf(life)
  expect(again.startsWith(NOTE)).toBe(true)
  expect(again.match(/## Facts captured by Sluice/gu)).toHaveLength(1)
})

test.concurrent(
  'a session that does not write is paused with the facts alone, and begins anew when its conversation is gone',
  async () => {
    const life = await house.start('mute', 'Sell things, please.')
    const { claudeSession } = await life.becomes('idle')
    expect(await pause('mute')).toMatchObject({ ok: true, value: { state: 'paused', handoff: true, dirty: false } })
    expect(await noteOf(life)).toMatch(/^# Handoff: mute\n\nThe session wrote no note of its own\./u)
    expect(life.events().find(({ kind }) => kind === 'session-paused')).toMatchObject({ note: false })

    const projects = join(house.home.config, 'projects')
    for (const slug of await readdir(projects)) await rm(join(projects, slug, `${claudeSession}.jsonl`), { force: true })
    await house.call('session.resume', { name: 'mute' })
    const anew = await life.when((session) => session.state === 'idle' && session.claudeSession !== claudeSession)
    const [first] = told(anew.claudeSession)
    expect(first).toContain('Sell things, please.')
    expect(first).toContain('Read HANDOFF.md first')
  },
)

test.concurrent('one that works is asked at once and finishes what it does', async () => {
  const life = await house.start('working', [bash('sleep 3'), ...NOTES], 'acceptEdits')
  await life.becomes('working')
  expect(await pause('working')).toMatchObject({ ok: true, value: { state: 'paused' } })
  expect(await noteOf(life)).toContain('Sell more.')
})

test.concurrent('one that crashes over its note is paused with the facts', async () => {
  const life = await house.start('crashing', [say('Hello.'), SLOW, say('Never.')])
  const { pid } = await life.becomes('idle')
  const pausing = pause('crashing')
  await life.becomes('working')
  process.kill(pid!, 'SIGKILL')
  expect(await pausing).toMatchObject({ ok: true, value: { state: 'paused', handoff: true } })
})

test.concurrent('a pause is called off by a stop, and does not begin in a dialog', async () => {
  const life = await house.start('stopped', [say('Hello.'), SLOW, say('Never.')])
  await life.becomes('idle')
  const pausing = pause('stopped')
  await life.becomes('working')
  await house.call('session.stop', { name: 'stopped' })
  expect(await pausing).toMatchObject({ failure: { code: 'not-running' } })
  expect(life.now().state).toBe('exited')
  expect(await readdir(life.session.worktree)).not.toContain('HANDOFF.md')

  const asking = await house.start('asking', [bash('touch a'), say('Done.')])
  await asking.becomes('needs-permission')
  const refused = await pause('asking')
  expect(refused).toMatchObject({
    failure: { code: 'dialog-open', message: expect.stringMatching(/in its terminal, then pause it\.$/u) },
  })
  expect(asking.now().state).toBe('needs-permission')
})

test.concurrent('a place that is not for a note is left as it is, and the session runs on', async () => {
  const life = await house.start('linked', [say('Hello.')])
  await life.becomes('idle')
  const outside = join(house.folder, 'outside.txt')
  await writeFile(outside, 'mine\n')
  const path = join(life.session.worktree, 'HANDOFF.md')
  await symlink(outside, path)
  expect(await pause('linked')).toMatchObject({ failure: { code: 'unwritable' } })
  await rm(path)
  await mkdir(path)
  expect(await pause('linked')).toMatchObject({ failure: { code: 'unwritable' } })
  expect(life.now().state).toBe('idle')
  expect(await readFile(outside, 'utf8')).toBe('mine\n')
})

test.concurrent(
  'a HANDOFF.md of the repository is not touched: the facts lie elsewhere, and the session is told where',
  async () => {
    const life = await house.start('theirs', [say('Hello.'), say('Going on.')])
    const { claudeSession } = await life.becomes('idle')
    await writeFile(join(life.session.worktree, 'HANDOFF.md'), 'theirs\n')
    await git(house.home.env, life.session.worktree, 'add', '--all')
    await git(house.home.env, life.session.worktree, 'commit', '--quiet', '--message=Theirs')
    expect(await pause('theirs')).toMatchObject({ ok: true, value: { state: 'paused', dirty: false } })
    expect(await noteOf(life)).toBe('theirs\n')
    const facts = join(house.folder, 'data', 'sessions', life.id, 'handoff.md')
    expect(await readFile(facts, 'utf8')).toContain('1 commit ahead')
    await house.call('session.resume', { name: 'theirs' })
    await life.becomes('idle')
    await until(
      () => told(claudeSession),
      (prompts) => prompts.some((prompt) => prompt.includes(facts)),
    )
  },
)

test('a branch with the note does not land until it is dropped from it, by one click', async () => {
  const life = await house.start('landing', [say('Hello.'), ...NOTES], 'acceptEdits')
  await life.becomes('idle')
  await pause('landing')
  const { worktree } = life.session
  await writeFile(join(worktree, 'work.txt'), 'work\n')
  await git(house.home.env, worktree, 'add', '--all')
  await git(house.home.env, worktree, 'commit', '--quiet', '--message=Work, and the note by mistake')
  await house.call('config.set', { key: 'requireApproval', value: false })
  await house.call('queue.add', { name: 'landing' })
  const blocked = async () => {
    const answer = await house.client.call('queue.list', {})
    return answer.ok ? answer.value.find(({ session }) => session === 'landing') : undefined
  }
  expect(await until(blocked, (entry) => entry?.phase === 'blocked')).toMatchObject({ why: 'handoff', files: ['HANDOFF.md'] })
  expect(await house.client.call('queue.drop-handoff', { name: 'landing' })).toMatchObject({
    ok: true,
    value: { dirty: false, handoff: true, ahead: 1 },
  })
  expect(await noteOf(life)).toContain('Sell more.')
  expect(await house.client.call('queue.drop-handoff', { name: 'landing' })).toMatchObject({ ok: true })
  await house.call('queue.retry', { name: 'landing' })
  expect(await until(blocked, (entry) => entry?.phase === 'landed' || entry?.phase === 'blocked')).toMatchObject({
    phase: 'landed',
  })
  expect(await house.client.call('queue.drop-handoff', { name: 'landing' })).toMatchObject({ failure: { code: 'not-blocked' } })
})

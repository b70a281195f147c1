/** Sessions as they live: interrupted, paused with a note, resumed, waiting in line. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Session } from '../../shared/model/session.ts'
import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, startSession, tab, terminalText, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

/** Claude Code refuses a bare `sleep`. */
const LONG = 'node -e "setTimeout(Boolean, 60000)"'

test.use({
  scripts: { hello: [say('Hello to you.')], long: [bash(LONG), say('Never said.')] },
  claudeSettings: { permissions: { allow: ['Bash'] } },
})

test('a key ends the turn that runs, and the session goes on', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'worker', prompt: 'Work for long.\n\nrun:long' })
  await expectState(page, 'worker', /working/iu)
  await expect(terminalText(page)).toContainText('setTimeout')
  await tab(page, 'worker').focus()
  await page.keyboard.press('ControlOrMeta+.')
  await expectState(page, 'worker', FINISHED)
  await expect(terminalText(page)).toContainText(/interrupted/iu)
  await expect(terminalText(page)).not.toContainText('Never said.')
})

test('a session is paused with its note, and resumed from it', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'writer', prompt: 'Say hello.\n\nrun:hello' })
  await expectState(page, 'writer', FINISHED)
  await page.getByRole('button', { name: 'Session writer' }).click()
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  await expectState(page, 'writer', /paused/iu)
  await expect(page.getByRole('region', { name: 'Terminal' })).toContainText('This session is paused.')
  const { worktree } = (await world.ask('session', 'show', 'writer')).json as Session
  expect(await readFile(join(worktree, 'HANDOFF.md'), 'utf8')).toContain('sluice/writer')
  await page.getByRole('region', { name: 'Terminal' }).getByRole('button', { name: 'Resume' }).click()
  await expectState(page, 'writer', /idle|to review|working/iu)
  await expect(page.getByRole('region', { name: 'Terminal' })).not.toContainText('This session is paused.')
})

test('what there is no room for waits in line, says so, and starts when there is room', async ({ world }) => {
  const { page } = world
  await trust(page)
  await world.ask('config', 'set', 'maxSessions', '1')
  await startSession(page, { name: 'first', prompt: 'Say hello.\n\nrun:hello' })
  await expectState(page, 'first', FINISHED)
  expect((await world.ask('session', 'start', 'second', '--prompt', 'Say hello.\n\nrun:hello')).code).toBe(0)
  await expectState(page, 'second', /place 1 in line/iu)
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('1 of 1 running, 1 waits in line')
  await tab(page, 'second').click()
  await expect(page.getByRole('region', { name: 'Terminal' })).toContainText('It is the next in line')
  expect((await world.ask('session', 'stop', 'first')).code).toBe(0)
  await expectState(page, 'second', FINISHED)
  await expect(page.getByRole('region', { name: 'Terminal' })).not.toContainText('It is the next in line')
})

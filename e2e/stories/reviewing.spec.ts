/** Five finished sessions, from “done” to “approved” or “sent back”, in the sweep and with the keyboard alone. */

import type { Review } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { bash, say, write } from '../model/scripts.ts'
import { expectState, FINISHED, trust } from './acts.ts'
import { expect, test, type World } from './fixture.ts'

const NAMES = ['one', 'two', 'three', 'four', 'five'] as const
type Name = (typeof NAMES)[number]

const commit = (message: string) => bash(`git add --all && git commit --quiet --message="${message}"`)
const work = (name: Name) => [
  write(`src/${name}.js`, `export const ${name} = 1\n`),
  ...(name === 'four' ? [] : [commit(`Add ${name}`)]),
  say(`**${name}** is there now.`),
]

test.use({
  files: { 'README.md': '# Shop\n' },
  scripts: {
    ...Object.fromEntries(NAMES.map((name) => [name, work(name)])),
    more: [write('src/more.js', 'export const more = 2\n'), commit('Add more'), say('There is more now.')],
    comment: [write('src/three.js', 'export const three = 3\n'), commit('Make it three'), say('It is three now.')],
  },
})

const session = async (world: World, name: Name): Promise<Session> => (await world.ask('session', 'show', name)).json as Session

test('five finished sessions are approved or sent back with keys', async ({ world }) => {
  const { page } = world
  const { keyboard } = page
  await trust(page)
  expect((await world.ask('config', 'set', 'maxSessions', '5')).code).toBe(0)
  for (const name of NAMES) {
    const { code, json } = await world.ask('session', 'start', name, '--prompt', `Add ${name}.\n\nrun:${name}`)
    expect(code, JSON.stringify(json)).toBe(0)
    await expectState(page, name, FINISHED)
  }
  await page.evaluate(() => addEventListener('pointerdown', () => Object.assign(window, { pointed: true }), true))

  const review = page.getByRole('region', { name: 'Review', exact: true })
  const shown = page.getByRole('tablist', { name: 'Sessions' }).getByRole('tab', { selected: true })
  const approve = async (): Promise<void> => {
    await keyboard.press('a')
    await expect(review.getByText(/^Approved [0-9a-f]{7}/u)).toBeVisible()
  }
  const sendBack = async (text: string): Promise<void> => {
    await keyboard.press('Shift+A')
    const dialog = page.getByRole('dialog', { name: /for changes$/u })
    await expect(dialog.getByRole('textbox', { name: 'What should change' })).toBeFocused()
    await keyboard.insertText(text)
    await keyboard.press('ControlOrMeta+Enter')
    await expect(dialog).toBeHidden()
  }
  const decide: Readonly<Record<Name, () => Promise<void>>> = {
    one: approve,
    two: () => sendBack('Please add more.\n\nrun:more'),
    async three() {
      await keyboard.press('j')
      await keyboard.press('Shift+M')
      await expect(review.getByRole('textbox', { name: /comment/iu })).toBeFocused()
      await keyboard.insertText('Should this not be three?')
      await keyboard.press('ControlOrMeta+Enter')
      await expect(review.getByRole('button', { name: /^Ask for changes… ?1 comment/u })).toBeVisible()
      await sendBack('One thing.\n\nrun:comment')
    },
    async four() {
      await keyboard.press('Shift+L')
      const list = page.getByRole('dialog', { name: 'Before it can land' })
      const ask = list.getByRole('button', { name: 'Ask the session to commit' })
      await expect(ask).toBeVisible()
      await keyboard.press('Tab')
      await expect(ask).toBeFocused()
      await keyboard.press('Enter')
      await expect(page.getByText('Asked “four” to commit its work.').first()).toBeVisible()
    },
    five: approve,
  }

  const left = new Set<Name>(NAMES)
  // What was sent back may be done and waits again before the rest was seen.
  for (let at = 0; at < 50 && left.size > 0; at += 1) {
    await keyboard.press('w')
    const name = (await shown.getAttribute('data-name')) as Name
    if (!left.has(name)) continue
    await expect(review).toContainText(name === 'four' ? 'Nothing is committed yet' : `export const ${name}`)
    await decide[name]()
    left.delete(name)
  }
  expect([...left]).toEqual([])
  for (const name of ['one', 'five'] as const) expect(await session(world, name)).toMatchObject({ approved: true })

  // What came back is new since the user looked, and only that is read again.
  await expect.poll(async () => (await session(world, 'two')).ahead).toBe(2)
  await expectState(page, 'two', /to review/iu)
  for (let at = 0; at < 50 && (await shown.getAttribute('data-name')) !== 'two'; at += 1) await keyboard.press('w')
  await expect(review).toContainText('export const more')
  await keyboard.press('Shift+B')
  await expect(review).not.toContainText('export const two')
  await expect(review).toContainText('export const more')
  await approve()
  expect(await session(world, 'two')).toMatchObject({ approved: true })

  // The comment went with the text above it, and the session has changed the code under it.
  await expect.poll(async () => (await session(world, 'three')).ahead).toBe(2)
  const { json } = await world.ask('review', 'three')
  expect((json as Review).comments).toMatchObject([{ text: 'Should this not be three?', state: 'sent', changed: 'yes' }])
  expect(await page.evaluate(() => 'pointed' in window)).toBe(false)
})

/** A page that is reloaded, or opened twice, shows the same; nothing is lost and nothing comes twice. */

import { bash, say } from '../model/scripts.ts'
import { expectState, FINISHED, focusTerminal, startSession, tab, terminalText, trust } from './acts.ts'
import { expect, test } from './fixture.ts'

test.use({ scripts: { hello: [say('The sea is calm tonight — 海は静か 🌊.')] } })

test('the terminal and the sessions survive a reload, and typing goes on', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'sea', prompt: 'Say something about the sea.\n\nrun:hello' })
  await expectState(page, 'sea', FINISHED)
  await expect(terminalText(page)).toContainText('The sea is calm tonight')

  await page.reload()
  await expect(tab(page, 'sea')).toBeVisible()
  await expect(page.getByRole('tab', { name: 'sea', exact: true })).toHaveCount(1)
  await expect(terminalText(page)).toContainText('The sea is calm tonight')

  await focusTerminal(page)
  await page.keyboard.type('a draft that was typed after the reload')
  await expect(terminalText(page)).toContainText('a draft that was typed after the reload')

  await page.reload()
  await expect(terminalText(page)).toContainText('a draft that was typed after the reload')
})

test.describe('with a question', () => {
  test.use({
    scripts: { ask: [bash('mkdir -p made-by-hand'), bash('touch made-by-hand/file && sleep 1'), say('Done.')] },
    claudeSettings: {},
  })

  test('a session that needs permission says so, and goes on when it is answered in the terminal', async ({ world }) => {
    const { page } = world
    await trust(page)
    await world.ask('config', 'set', 'permissionMode', 'manual')
    await startSession(page, { name: 'maker', prompt: 'Make a folder.\n\nrun:ask' })
    await expectState(page, 'maker', /permission/iu)
    const status = await world.ask('session', 'show', 'maker')
    expect(status.json).toMatchObject({ state: 'needs-permission', waitingFor: 'Bash: mkdir -p made-by-hand' })

    const refused = await world.ask('session', 'send', 'maker', 'Go on.')
    expect(refused.code).toBe(1)
    expect(refused.json).toMatchObject({ error: { code: 'dialog-open' } })
    expect((await world.ask('session', 'show', 'maker')).json).toMatchObject({ state: 'needs-permission' })

    await expect(terminalText(page)).toContainText('Do you want to proceed')
    await focusTerminal(page)
    await page.waitForTimeout(700) // Claude Code ignores keys for 0.6 s after a dialog opens.
    await page.keyboard.press('Enter')
    await expect(terminalText(page)).toContainText('touch made-by-hand/file')
    await expectState(page, 'maker', /permission/iu)
    await page.waitForTimeout(700)
    await page.keyboard.press('Enter')
    await expectState(page, 'maker', FINISHED)
    expect((await world.ask('session', 'wait', 'maker', '--state', 'idle', '--timeout', '20')).code).toBe(0)
  })
})

test('a prompt sent from the command line arrives as it was written', async ({ world }) => {
  const { page } = world
  await trust(page)
  await startSession(page, { name: 'talker', prompt: 'Say something.\n\nrun:hello' })
  await expectState(page, 'talker', FINISHED)
  const sent = await world.ask(
    'session',
    'send',
    'talker',
    'First line with “quotes” and ünïcode,\nsecond line\n\nfourth line, and then the script:\nrun:hello',
  )
  expect(sent, JSON.stringify(sent.json)).toMatchObject({ code: 0 })
  await expectState(page, 'talker', FINISHED)
  const both = await Promise.all(
    ['First of two: one two three four five.', 'Second of two: six seven eight nine.'].map((text) =>
      world.ask('session', 'send', 'talker', `${text}\nrun:hello`),
    ),
  )
  expect(
    both.map((answer) => answer.code),
    JSON.stringify(both),
  ).toEqual([0, 0])
  // One that comes while Claude Code works is kept by it and reaches the model at the end of the turn.
  const arrived = (): string =>
    world.model
      .books()
      .map((entry) => entry.prompt)
      .join('\n')
  await expect.poll(arrived, { timeout: 20_000 }).toContain('First of two: one two three four five.')
  await expect.poll(arrived, { timeout: 20_000 }).toContain('Second of two: six seven eight nine.')
  const command = await world.ask('session', 'send', 'talker', '/clear')
  expect(command.json).toMatchObject({ error: { code: 'bad-prompt' } })
})

test.describe('at a limit of the API', () => {
  test.use({
    scripts: { limited: [{ status: 429, times: 50 }, say('Never said.')] },
    claudeEnv: { CLAUDE_CODE_MAX_RETRIES: '0' },
  })

  test('the session says so', async ({ world }) => {
    await trust(world.page)
    await startSession(world.page, { name: 'eager', prompt: 'Do a lot.\n\nrun:limited' })
    expect((await world.ask('session', 'wait', 'eager', '--state', 'limited', '--timeout', '40')).code).toBe(0)
    await expectState(world.page, 'eager', /limit/iu)
  })
})

import { mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createDemoChild, type DemoChild } from './demo-child.ts'

/** A demonstration that only says its lines; it notes each of its starts, and its end when it was asked to end. */
async function demoThat(body: string): Promise<{ readonly demo: DemoChild; has(name: string): Promise<boolean> }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-demo-child-')))
  const script = join(folder, 'main.mjs')
  const begin = `import { writeFileSync } from 'node:fs'
const note = (name) => writeFileSync(${JSON.stringify(folder)} + '/' + name, '')
const say = (told) => process.stdout.write(JSON.stringify(told) + '\\n')
if (process.argv.slice(2).join(' ') !== '--json --until-stdin-ends') throw new Error('other words')
`
  await writeFile(script, begin + body)
  const demo = createDemoChild(script)
  onTestFinished(async () => {
    await demo.close()
    await rm(folder, { recursive: true, force: true })
  })
  const has = (name: string): Promise<boolean> =>
    stat(join(folder, name)).then(
      () => true,
      () => false,
    )
  return { demo, has }
}

const STAYS = `
process.on('SIGTERM', () => { note('tidied'); process.exit(0) })
note('started-' + process.pid)
process.stdout.write('Greetings\\n')
say({ step: 'repository', path: '/x' })
say({ step: 'serving', url: 'http://127.0.0.1:4000/?pid=' + process.pid })
setInterval(() => say({ step: 'more', words: 'x'.repeat(100) }), 5)
`

test('it gives its address, and the same one to whoever asks again', async () => {
  const { demo } = await demoThat(STAYS)
  const [first, second] = await Promise.all([demo.start(), demo.start()])
  expect(first).toEqual({ ok: true, value: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:4000\/\?pid=\d+$/u) } })
  expect([second, await demo.start()]).toEqual([first, first])
})

test('it is asked to end when Sluice does, and tidies up before that is over', async () => {
  const { demo, has } = await demoThat(STAYS)
  await demo.start()
  await demo.close()
  expect(await has('tidied')).toBe(true)
  expect(await demo.start()).toMatchObject({ ok: false, failure: { code: 'demo-failed' } })
})

test('when it ends before it serves, its own words say why, and the next one tries again', async () => {
  const { demo } = await demoThat("say({ ok: false, error: { message: 'There is no room.' } }); process.exitCode = 1\n")
  const failure = { code: 'demo-failed', message: expect.stringContaining('There is no room. Try “sluice demo”') }
  expect(await demo.start()).toEqual({ ok: false, failure })
  expect(await demo.start()).toEqual({ ok: false, failure })
})

test('one that crashes is a sentence', async () => {
  const { demo } = await demoThat('process.exit(3)\n')
  expect(await demo.start()).toMatchObject({ failure: { message: expect.stringContaining('it ended before') } })
})

test.skipIf(process.platform === 'win32')(
  'one that left something behind which holds its output open has ended all the same',
  async () => {
    const { demo } = await demoThat(`import { spawn } from 'node:child_process'
spawn('sleep', ['20'], { stdio: 'inherit', detached: true }).unref()
setTimeout(() => process.exit(3), 100)
`)
    expect(await demo.start()).toMatchObject({ failure: { message: expect.stringContaining('it ended before') } })
  },
)

test('one that ended while Sluice goes on is started anew', async () => {
  const { demo } = await demoThat(STAYS)
  const first = await demo.start()
  const pid = Number(first.ok ? new URL(first.value.url).searchParams.get('pid') : 0)
  process.kill(pid, 'SIGKILL')
  await expect.poll(async () => JSON.stringify(await demo.start()) !== JSON.stringify(first)).toBe(true)
})

test('an installed app has none', async () => {
  expect(await createDemoChild('/nowhere/e2e/demo/main.ts').start()).toMatchObject({ ok: false, failure: { code: 'no-demo' } })
})

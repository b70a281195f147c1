import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createScreens, type Screens } from './screens.ts'
import { createTerminals, type OpenRequest, type Terminal, type Terminals } from './terminals.ts'
import { createPage } from './testing/page.ts'
import { until } from './testing/until.ts'

let screens: Screens
let terminals: Terminals

const env = { PATH: '/usr/bin:/bin' }
const script = (text: string, id = 'one'): OpenRequest => ({
  id,
  file: 'sh',
  args: ['-c', text],
  cwd: '/',
  env,
  cols: 80,
  rows: 24,
})

async function open(request: OpenRequest): Promise<Terminal> {
  const opened = await terminals.open(request)
  if (!opened.ok) throw new Error(opened.failure.message)
  return opened.value
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

beforeEach(() => {
  screens = createScreens({ worker: new URL('screens-worker.ts', import.meta.url) })
  terminals = createTerminals({ screens, graceMs: 300 })
})

afterEach(async () => {
  await terminals.close()
  await screens.close()
})

describe('a program', () => {
  it('runs with its own process id, its folder and exactly its environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-terminal-'))
    const terminal = await open({
      ...script('echo "$$ $PWD $MARK"; env | cut -d= -f1 | sort | tr "\\n" " "'),
      cwd: folder,
      env: { ...env, MARK: 'here' },
    })
    expect(await terminal.exited).toEqual({ code: 0, signal: null })
    const [first, names] = (await terminal.lastText(3)).split('\n')
    expect(first).toBe(`${terminal.pid} ${folder} here`)
    expect(names?.trim().split(' ')).toEqual(expect.arrayContaining(['COLORTERM', 'MARK', 'PATH', 'PWD', 'TERM']))
    expect(names).not.toContain('HOME')
  })

  it('hears what is typed, and so does who listens', async () => {
    const terminal = await open(script('read line; echo "got $line"'))
    const typed: string[] = []
    terminal.onInput((bytes) => typed.push(new TextDecoder().decode(bytes)))
    const page = createPage(terminals)
    page.attach('one')
    page.type('one', 'hello\r')
    await terminal.exited
    expect(await terminal.lastText(1)).toBe('got hello')
    expect(typed).toEqual(['hello\r'])
    expect(terminal.write('late')).toBe(false)
  })

  it('that asks the terminal a question gets an answer also where nobody looks', async () => {
    const terminal = await open(
      script(
        String.raw`stty raw -echo; printf 'abc\033[6n'; answer=$(head -c 6 | tr -d '\033'); stty sane; echo; echo "answer $answer"`,
      ),
    )
    await terminal.exited
    expect(await terminal.lastText(1)).toBe('answer [1;4R')
  })

  it('is ended by the signal it is sent', async () => {
    const terminal = await open(script('echo ready; exec sleep 60'))
    await until('it is ready', async () => (await terminal.lastText(1)) === 'ready')
    terminal.kill()
    expect(await terminal.exited).toEqual({ code: null, signal: 1 })
  })
})

describe('a program that cannot be started', () => {
  it.each([
    ['is not there', { file: 'no-such-program' }, 'no-program', '“no-such-program” was not found in the PATH “/usr/bin:/bin”'],
    ['is a folder', { file: '/usr' }, 'no-program', '“/usr” was not found, or it is not a program'],
    ['has no folder', { cwd: '/no/such/folder' }, 'no-folder', 'the folder “/no/such/folder” does not exist'],
    ['gets too long an argument', { args: ['x'.repeat(200_000)] }, 'too-long', 'longer than 128 KiB'],
    ['gets a zero character', { args: ['a\0b'] }, 'bad-argument', 'contains a zero character'],
    ['gets an id that is none', { id: 'a b' }, 'bad-argument', 'cannot name a terminal'],
  ])('because it %s fails with a sentence', async (_, part, code, sentence) => {
    const opened = await terminals.open({ ...script('true'), ...part })
    expect(opened).toMatchObject({ ok: false, failure: { code, message: expect.stringContaining(sentence) } })
    expect(terminals.get('one')).toBeUndefined()
  })

  it('because it may not be executed fails with a sentence', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'sluice-terminal-')), 'plain.txt')
    await writeFile(file, 'text')
    expect(await terminals.open({ ...script('true'), file })).toMatchObject({ ok: false, failure: { code: 'no-program' } })
  })

  it('because one runs there already fails with a sentence, also when both come at once', async () => {
    const both = await Promise.all([terminals.open(script('sleep 60')), terminals.open(script('sleep 60'))])
    expect(both.map((opened) => opened.ok)).toEqual([true, false])
    expect(await terminals.open(script('sleep 60'))).toMatchObject({ ok: false, failure: { code: 'already-running' } })
  })
})

describe('a restart in place', () => {
  it('shows the new output below the old to who stayed attached, in a clean terminal', async () => {
    const first = await open(script(String.raw`printf 'old text\033[?1049h\033[31mother screen\033]0;never ended'`))
    const page = createPage(terminals)
    page.attach('one')
    await first.exited
    await until('the exit came', () => page.frames.some((frame) => frame.kind === 'exit'))
    const second = await open(script('echo new text; sleep 60'))
    expect(terminals.get('one')).toBe(second)
    await until('the new text came', async () => (await page.drawn('one')).lines().includes('new text'))
    expect((await page.drawn('one')).lines().slice(0, 2)).toEqual(['old text', 'new text'])
    expect(page.frames.filter((frame) => frame.kind === 'screen')).toHaveLength(1)
    expect(first.write('x')).toBe(false)
  })

  it('keeps a shown text where the old program had used no other screen', async () => {
    await (
      await open(script('echo one; echo two'))
    ).exited
    const again = await open(script('echo three'))
    await again.exited
    expect((await again.lastText(9)).split('\n').filter((line) => line !== '')).toEqual(['one', 'two', 'three'])
  })
})

describe('an ended terminal', () => {
  it('keeps its screen until it is forgotten', async () => {
    const terminal = await open(script('echo done'))
    await terminal.exited
    const page = createPage(terminals)
    page.attach('one')
    await until('the exit came', () => page.frames.some((frame) => frame.kind === 'exit'))
    expect((await page.drawn('one')).lines()[0]).toBe('done')
    terminals.forget('one')
    expect(terminals.get('one')).toBeUndefined()
    expect(await terminal.lastText(5)).toBe('')
  })

  it('is not forgotten while its program runs', async () => {
    const terminal = await open(script('sleep 60'))
    terminals.forget('one')
    expect(terminals.get('one')).toBe(terminal)
  })
})

describe('closing', () => {
  it('ends the program and everything of its process group, also what ignores the hang-up', async () => {
    const terminal = await open(script('trap "" HUP; sleep 60 & echo "child $!"; wait'))
    let child = 0
    await until('the child runs', async () => {
      child = Number(/child (\d+)/u.exec(await terminal.lastText(2))?.[1] ?? 0)
      return child > 0
    })
    await terminals.close()
    await until('both are gone', () => !isAlive(terminal.pid) && !isAlive(child))
    expect(await terminals.open(script('true'))).toMatchObject({ ok: false, failure: { code: 'no-terminal' } })
  })

  it('lets a program that ends by itself end by itself', async () => {
    const terminal = await open(script('trap "exit 7" HUP; echo ready; while :; do sleep 0.02; done'))
    await until('it is ready', async () => (await terminal.lastText(1)) === 'ready')
    await terminals.close()
    expect(await terminal.exited).toEqual({ code: 7, signal: null })
  })
})

describe('many terminals at once', () => {
  it('each show every line of their own in order', async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, (_, at) =>
        open(script(`i=0; while [ $i -lt 2000 ]; do echo "${at}-$i"; i=$((i+1)); done`, `t${at}`)),
      ),
    )
    const page = createPage(terminals)
    for (const terminal of all) page.attach(terminal.id)
    await Promise.all(all.map((terminal) => terminal.exited))
    for (const [at, terminal] of all.entries()) {
      const expected = Array.from({ length: 2000 }, (_, line) => `${at}-${line}`).join('\n')
      expect(await terminal.lastText(2000)).toBe(expected)
    }
  })
})

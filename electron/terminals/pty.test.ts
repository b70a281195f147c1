import { describe, expect, it } from 'vitest'
import { spawnPty, type Exit, type Pty } from './pty.ts'

type Ran = { readonly text: string; readonly bytes: number; readonly exit: Exit; readonly afterExit: number }

const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin' }

function run(
  file: string,
  args: readonly string[],
  started: (pty: Pty, text: () => string) => void = () => undefined,
): Promise<Ran> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let afterExit = 0
    let over = false
    const text = (): string => Buffer.concat(chunks).toString()
    const pty = spawnPty(
      { file, args, cwd: '/', env, cols: 80, rows: 24 },
      {
        data(bytes) {
          if (over) afterExit += 1
          chunks.push(bytes)
          started(pty, text)
        },
        exit(exit) {
          over = true
          setImmediate(() => resolve({ text: text(), bytes: Buffer.concat(chunks).length, exit, afterExit }))
        },
      },
    )
  })
}

const sh = (script: string, started?: (pty: Pty, text: () => string) => void): Promise<Ran> => run('sh', ['-c', script], started)

describe('output', () => {
  it.each([5_000, 20_000, 100_000])('of %i bytes arrives whole before the exit, in every run', async (size) => {
    for (let round = 0; round < 4; round += 1) {
      const runs = await Promise.all(Array.from({ length: 6 }, () => run('head', ['-c', String(size), '/dev/zero'])))
      expect(runs.map((ran) => ran.bytes)).toEqual(runs.map(() => size))
      expect(runs.map((ran) => ran.afterExit)).toEqual(runs.map(() => 0))
    }
  })

  it('of sixty programs that end at once arrives whole to its last word, and then the code or the signal of each', async () => {
    const sizes = [5_000, 20_000, 100_000] as const
    const all = Array.from({ length: 60 }, (_, at) => {
      const size = sizes[at % sizes.length]!
      const exit = at % 2 === 0 ? { code: at, signal: null } : { code: null, signal: 15 }
      const end = exit.signal === null ? `exit ${exit.code}` : 'kill -TERM $$'
      return { script: `head -c ${size} /dev/zero; printf 'last word'; ${end}`, bytes: size + 'last word'.length, exit }
    })
    const runs = await Promise.all(all.map(({ script }) => sh(script)))
    expect(runs.map(({ bytes, exit }) => ({ bytes, exit }))).toEqual(all.map(({ bytes, exit }) => ({ bytes, exit })))
    expect(runs.filter(({ text, afterExit }) => afterExit > 0 || !text.endsWith('last word'))).toEqual([])
  })

  it('waits, unlost, while the reader is paused across the exit', async () => {
    let paused = false
    const ran = await sh('echo start; head -c 30000 /dev/zero; exit 3', (pty) => {
      if (paused) return
      paused = true
      pty.pause()
      // Longer than node-pty itself waits after the exit before it throws the rest away.
      setTimeout(() => pty.resume(), 400)
    })
    expect(ran.bytes).toBe(30_000 + 'start\r\n'.length)
    expect(ran.exit).toEqual({ code: 3, signal: null })
  })

  it('does not wait for ever for a process left behind that prints without an end', async () => {
    const ran = await sh('trap "" HUP; (for turn in $(seq 2000); do echo more; sleep 0.01; done) & echo gone; exit 0')
    expect(ran.text).toContain('gone')
    expect(ran.exit).toEqual({ code: 0, signal: null })
  })

  it('is raw bytes', async () => {
    expect((await sh(String.raw`printf '\377\000\303'`)).bytes).toBe(3)
  })
})

describe('exit', () => {
  it('gives the code of the program itself', async () => {
    expect((await sh('exit 42')).exit).toEqual({ code: 42, signal: null })
  })

  it('gives the signal that ended it', async () => {
    const ran = await sh('echo ready; exec sleep 60', (pty) => pty.kill('SIGTERM'))
    expect(ran.exit).toEqual({ code: null, signal: 15 })
  })

  it('is of the process whose id is given', async () => {
    let pid = 0
    const ran = await sh('echo $$', (pty) => (pid = pty.pid))
    expect(ran.text.trim()).toBe(String(pid))
  })
})

describe('input', () => {
  it('larger than the kernel takes at once arrives whole and in order', async () => {
    const size = 300_000
    const pattern = Uint8Array.from({ length: size }, (_, at) => 97 + ((at * 7) % 26))
    let sent = false
    const ran = await sh(`stty raw -echo; echo ready; head -c ${size} | cksum`, (pty, text) => {
      if (sent || !text().includes('ready')) return
      sent = true
      expect(pty.write(pattern)).toBe(true)
    })
    const expected = await sh(
      `stty raw -echo; awk 'BEGIN { for (i = 0; i < ${size}; i++) printf "%c", 97 + (i * 7) % 26 }' | cksum`,
    )
    expect(ran.text.split('\n').at(-2)?.trim()).toBe(expected.text.trim())
  })

  it('is refused, not piled up, when the program does not read', async () => {
    const taken: boolean[] = []
    await sh('stty raw -echo; echo ready; sleep 60', (pty) => {
      if (taken.length > 0) return
      for (let block = 0; block < 12; block += 1) taken.push(pty.write(new Uint8Array(1024 * 1024)))
      pty.kill('SIGKILL')
      pty.killGroup('SIGKILL')
    })
    expect(taken.slice(0, 8)).toEqual(taken.slice(0, 8).map(() => true))
    expect(taken.at(-1)).toBe(false)
  })
})

it('resizes what the program sees', async () => {
  let resized = false
  const ran = await sh('echo ready; read line; stty size', (pty) => {
    if (resized) return
    resized = true
    pty.resize(133, 41)
    pty.write(new TextEncoder().encode('\r'))
  })
  expect(ran.text).toContain('41 133')
})

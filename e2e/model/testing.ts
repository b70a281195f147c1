/** What the tests of this folder share: a repository with a home, the CLI in print mode and in a terminal, and waiting. */
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify, stripVTControlCharacters } from 'node:util'
import headless from '@xterm/headless'
import { spawn as spawnPty } from 'node-pty'
import { z } from 'zod'
import { CLAUDE, makeClaudeHome } from './claude-home.ts'
import type { ClaudeHome } from './claude-home.ts'
import { startModel } from './server.ts'
import type { Model } from './server.ts'
import type { NamedScripts } from './request.ts'
import { parseJson } from './wire.ts'

const run = promisify(execFile)

export type Bench = ClaudeHome & {
  readonly folder: string
  readonly repository: string
  readonly model: Model
  readonly dispose: () => Promise<void>
}

/** A model, a repository with one commit, and a home that trusts it, all in one temporary folder. */
export async function makeBench(named: NamedScripts = {}): Promise<Bench> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-model-')))
  const repository = join(folder, 'shop')
  const model = await startModel(named)
  await run('git', ['init', '--quiet', '--initial-branch=main', repository])
  const home = await makeClaudeHome({ folder, model: model.url, repositories: [repository] })
  await writeFile(join(repository, 'README.md'), '# Shop\n')
  await run('git', ['add', '.'], { cwd: repository, env: home.env })
  await run('git', ['commit', '--quiet', '--message', 'Open the shop'], { cwd: repository, env: home.env })
  const dispose = async () => {
    await model.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { ...home, folder, repository, model, dispose }
}

/** Output of a git command in the bench's repository. */
export async function git(bench: Bench, ...args: readonly string[]): Promise<string> {
  return (await run('git', [...args], { cwd: bench.repository, env: bench.env })).stdout
}

export type Printed = { readonly code: number | null; readonly output: string; readonly errors: string }

/** Runs `claude -p` to its end. */
export function print(bench: Bench, args: readonly string[], env: Record<string, string> = {}): Promise<Printed> {
  const child = spawn(CLAUDE, ['-p', '--model', 'sonnet', '--permission-mode', 'acceptEdits', ...args], {
    cwd: bench.repository,
    env: { ...bench.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { output: '', errors: '' }
  child.stdout.on('data', (data: Buffer) => (texts.output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (texts.errors += data.toString()))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...texts }))
  })
}

const statusSchema = z.looseObject({ status: z.string().optional(), waitingFor: z.string().optional() })
export type Status = { readonly status: string | null; readonly waitingFor: string | null }

export type Tui = {
  readonly pid: number
  readonly type: (text: string) => void
  readonly status: () => Promise<Status>
  /** What it wrote, as plain words in a row. */
  readonly screen: () => string
  /** What stands on its screen now. */
  readonly shown: () => Promise<string>
  /** Ends the process by its pid, and waits until it is gone. */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

const { Terminal } = headless

// oxlint-disable-next-line no-control-regex
const CURSOR_MOVES = /\u001B\[\d*[CG]/gu

/** Starts the interactive CLI in a terminal. Its text is for error messages only; judge by `status`. */
export function startTui(home: ClaudeHome, cwd: string, args: readonly string[]): Tui {
  const pty = spawnPty(CLAUDE, ['--model', 'sonnet', ...args], {
    cols: 120,
    rows: 40,
    cwd,
    name: 'xterm-256color',
    env: { ...home.env },
  })
  let text = ''
  let alive = true
  pty.onData((data) => (text += data))
  const exited = new Promise<void>((resolve) => {
    pty.onExit(() => {
      alive = false
      resolve()
    })
  })
  return {
    pid: pty.pid,
    type: (keys) => pty.write(keys),
    status: () => statusOf(home.config, pty.pid),
    // Words are set apart by moving the cursor.
    screen: () => stripVTControlCharacters(text.replaceAll(CURSOR_MOVES, ' ')),
    async shown() {
      const screen = new Terminal({ cols: 120, rows: 40, allowProposedApi: true })
      await new Promise<void>((resolve) => screen.write(text, resolve))
      const { active } = screen.buffer
      return Array.from({ length: active.length }, (_none, at) => active.getLine(at)?.translateToString(true) ?? '').join('\n')
    },
    stop: async (signal = 'SIGTERM') => {
      if (!alive) return
      process.kill(pty.pid, signal)
      await Promise.race([exited, pause(10_000, undefined, { ref: false })])
      if (alive) process.kill(pty.pid, 'SIGKILL')
      await exited
    },
  }
}

async function statusOf(config: string, pid: number): Promise<Status> {
  const text = await readFile(join(config, 'sessions', `${pid}.json`), 'utf8').catch(() => '{}')
  const read = statusSchema.safeParse(parseJson(text)).data
  return { status: read?.status ?? null, waitingFor: read?.waitingFor ?? null }
}

/** Asks again until `wanted` holds, and says what was last seen if it never does. */
export async function until<T>(ask: () => T | Promise<T>, wanted: (value: T) => boolean, withinMs = 100_000): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const value = await ask()
    if (wanted(value)) return value
    if (Date.now() > deadline) throw new Error(`Still not so after ${withinMs} ms: ${JSON.stringify(value)}`)
    await pause(20)
  }
}

const recordSchema = z.looseObject({
  type: z.literal('assistant'),
  message: z.looseObject({ id: z.string(), model: z.string(), usage: z.looseObject({}) }),
})
export type TranscriptMessage = z.output<typeof recordSchema>['message']

/** The assistant messages of every transcript in the home, one a message id: the last record wins. */
export async function transcriptMessages(home: ClaudeHome): Promise<ReadonlyMap<string, TranscriptMessage>> {
  const messages = new Map<string, TranscriptMessage>()
  for (const line of (await transcripts(home)).split('\n')) {
    const record = recordSchema.safeParse(parseJson(line))
    if (record.success) messages.set(record.data.message.id, record.data.message)
  }
  return messages
}

/** The text of every transcript in the home. */
export async function transcripts(home: ClaudeHome): Promise<string> {
  const projects = join(home.config, 'projects')
  const names = await readdir(projects, { recursive: true }).catch(() => [])
  const files = names.filter((name) => name.endsWith('.jsonl'))
  const texts = await Promise.all(files.map((file) => readFile(join(projects, file), 'utf8')))
  return texts.join('\n')
}

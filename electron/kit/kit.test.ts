import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand, type CommandEnd } from './command.ts'
import { defaultDataDir } from './data-dir.ts'
import { createEmitter } from './emitter.ts'
import { userEnvironment, withoutNpmFolders } from './environment.ts'
import { createLane } from './lane.ts'
import { loginShellPath, pathBetweenMarks } from './login-shell.ts'
import { createScope } from './scope.ts'

test('the traces of a Claude Code session, of npm and of a git hook are taken out; the user’s settings stay', () => {
  const env = userEnvironment(
    {
      CLAUDECODE: '1',
      CLAUDE_CODE_CHILD_SESSION: '1',
      CLAUDE_CODE_SESSION_ID: 'x',
      AI_AGENT: 'x',
      npm_config_cache: 'x',
      GIT_DIR: '/elsewhere',
      GIT_INDEX_FILE: 'x',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      SLUICE_SESSION: 'other',
      ANTHROPIC_API_KEY: 'key',
      CLAUDE_CONFIG_DIR: '/config',
      CLAUDE_CODE_USE_BEDROCK: '1',
      GIT_SSH_COMMAND: 'ssh -i key',
      LANG: 'C.UTF-8',
      PATH: 'poor',
    },
    '/rich',
  )
  expect(env).toEqual({
    ANTHROPIC_API_KEY: 'key',
    CLAUDE_CONFIG_DIR: '/config',
    CLAUDE_CODE_USE_BEDROCK: '1',
    GIT_SSH_COMMAND: 'ssh -i key',
    LANG: 'C.UTF-8',
    PATH: '/rich',
  })
})

test('the folders that npm puts in front of PATH are taken out', () => {
  expect(withoutNpmFolders('/a/node_modules/.bin:/usr/bin:/x/node-gyp-bin:/bin', ':')).toBe('/usr/bin:/bin')
})

test('the PATH is read between the marks, whatever the shell greets with', () => {
  expect(pathBetweenMarks('Welcome!\n__sluice_path__/usr/bin:/bin\n__sluice_path__bye')).toBe('/usr/bin:/bin')
  expect(pathBetweenMarks('Welcome!')).toBeNull()
})

test('a login shell that is not there, or fails, leaves the PATH as it was', async () => {
  expect(await loginShellPath({ SHELL: '/nowhere/shell' }, '/usr/bin')).toBe('/usr/bin')
  expect(await loginShellPath({ SHELL: '/bin/false' }, '/usr/bin')).toBe('/usr/bin')
  expect(await loginShellPath({}, '/usr/bin')).toBe('/usr/bin')
})

test('work of one key runs in order, one at a time, also after a failure; another key does not wait', async () => {
  const lane = createLane()
  const seen: string[] = []
  const step = (name: string) => async () => {
    seen.push(`${name} starts`)
    await Promise.resolve()
    seen.push(`${name} ends`)
    if (name === 'a') throw new Error('a failed')
  }
  const first = lane.run('one', step('a'))
  const second = lane.run('one', step('b'))
  const other = lane.run('two', step('c'))
  await expect(first).rejects.toThrow('a failed')
  await Promise.all([second, other])
  expect(seen.filter((word) => !word.startsWith('c'))).toEqual(['a starts', 'a ends', 'b starts', 'b ends'])
  expect(seen.indexOf('c starts')).toBeLessThan(seen.indexOf('a ends') + 1)
  await lane.idle()
})

test('what was opened last is closed first, and one failure does not keep the rest open', async () => {
  const scope = createScope()
  const closed: string[] = []
  scope.add(() => void closed.push('first'))
  scope.add(() => Promise.reject(new Error('second failed')))
  scope.add(() => void closed.push('third'))
  await expect(scope.close()).rejects.toThrow('second failed')
  expect(closed).toEqual(['third', 'first'])
  scope.add(() => void closed.push('late'))
  expect(closed).toContain('late')
})

test('a listener that stops listening hears nothing more', () => {
  const emitter = createEmitter<number>()
  const heard: number[] = []
  const stop = emitter.on((value) => heard.push(value))
  emitter.emit(1)
  stop()
  emitter.emit(2)
  expect(heard).toEqual([1])
})

test('the data directory is the platform’s own place, unless the user chose one', () => {
  expect(defaultDataDir({}, 'linux', '/home/a')).toBe('/home/a/.local/state/sluice')
  expect(defaultDataDir({ XDG_STATE_HOME: '/s' }, 'linux', '/home/a')).toBe('/s/sluice')
  expect(defaultDataDir({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/Sluice')
  expect(defaultDataDir({ SLUICE_DATA: '/chosen' }, 'linux', '/home/a')).toBe('/chosen')
})

async function run(
  command: string,
  options: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<{ end: CommandEnd; output: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'sluice-kit-'))
  let output = ''
  const end = await runCommand({
    command,
    cwd,
    env: { PATH: process.env['PATH'] ?? '' },
    timeoutMs: options.timeoutMs ?? 100_000,
    signal: options.signal ?? new AbortController().signal,
    output(chunk) {
      output += chunk.toString('utf8')
    },
  })
  return { end, output }
}

/** True while the process runs; one that nobody has collected yet does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ''
    return !/\) Z /u.test(stat)
  } catch {
    return false
  }
}

test('a command ends with its exit code, and all its output was heard', async () => {
  const { end, output } = await run('i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; echo wrong >&2; exit 3')
  expect(end).toEqual({ kind: 'exited', code: 3 })
  expect(output).toContain('line 19999')
  expect(output).toContain('wrong')
})

test('a command that does not end in time is stopped with everything it started', async () => {
  const { end, output } = await run('trap "" TERM; sleep 300 & echo $!; wait', { timeoutMs: 2000 })
  expect(end).toEqual({ kind: 'timed-out' })
  await expect.poll(() => isAlive(Number(output.trim()))).toBe(false)
})

test('a command is started without the open files of this process', async () => {
  const file = openSync('/dev/null', 'r')
  const inherited = spawnSync('/bin/sh', ['-c', 'ls /proc/self/fd | wc -l'], {
    stdio: ['ignore', 'pipe', 'pipe', file, file, file],
  })
  const { output } = await run('ls /proc/self/fd | wc -l')
  closeSync(file)
  // Standard streams and the folder that ls reads.
  expect(Number(output)).toBe(4)
  expect(Number(inherited.stdout.toString())).toBeGreaterThan(4)
})

test('a command is cancelled by its caller', async () => {
  const controller = new AbortController()
  const running = run('echo started; sleep 300', { signal: controller.signal })
  setImmediate(() => controller.abort())
  expect((await running).end).toEqual({ kind: 'cancelled' })
})

test('a daemon that keeps the pipes open does not keep the verdict waiting', async () => {
  const { end, output } = await run('setsid sleep 300 & echo $!; exit 0')
  expect(end).toEqual({ kind: 'exited', code: 0 })
  const daemon = Number(output.trim())
  if (isAlive(daemon)) process.kill(daemon, 'SIGKILL')
})

test('a folder that is not there is said, not thrown', async () => {
  const end = await runCommand({
    command: 'true',
    cwd: '/nowhere/at/all',
    env: {},
    timeoutMs: 1000,
    signal: new AbortController().signal,
    output: () => undefined,
  })
  expect(end.kind).toBe('not-started')
})

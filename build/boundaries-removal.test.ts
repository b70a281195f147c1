import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { REMOVER, removalsIn } from './boundaries-removal.ts'

const ROOT = join(import.meta.dirname, '..')

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

test('one file of the whole code can remove a folder, and nothing forces git to', () => {
  const files = ['electron', 'shared', 'renderer', 'build']
    .flatMap(filesBelow)
    .filter((path) => /\.[cm]?[jt]sx?$|\.sh$/u.test(path))
  expect(files).toContain(REMOVER)
  expect(files.length).toBeGreaterThan(300)
  expect(files.flatMap((path) => removalsIn(path, readFileSync(join(ROOT, path), 'utf8')))).toEqual([])
})

test('every way to take files away is seen', () => {
  const ways = [
    "import { readFile, rm } from 'node:fs/promises'",
    "import {\n  lstat,\n  rmdir as gone,\n} from 'fs/promises'",
    "import { rmSync } from 'node:fs'",
    "import * as fs from 'node:fs'\nfs.rmSync(path, { recursive: true })",
    'await fs.promises.rm(path)',
    "fs['rmdirSync'](path)",
    "import rimraf from 'rimraf'",
    "runCommand({ command: 'rm -rf node_modules' })",
    "write(git, checkout, command('worktree', 'remove', '--force', path))",
    "command('worktree', 'remove', path, '-f')",
    "command('clean', '-fdx')",
    "command('-c', 'core.x=y', 'stash', 'push')",
    "command('reset', '--hard', to)",
  ]
  for (const way of ways) expect([way, removalsIn('electron/sessions/x.ts', way)]).not.toEqual([way, []])
})

test('what removes nothing is let through', () => {
  const fine = [
    'await removeFolder({ path, root })',
    'await unlink(draft)',
    "command('worktree', 'remove', path)",
    "command('reset', '--quiet', '--keep', old)",
    "const kind = 'clean'",
    "const form = confirm('x')",
    '/** No `reset --hard`, no rm -rf. */\nconst x = 1 // rm(path)',
  ]
  for (const text of fine) expect([text, removalsIn('electron/sessions/x.ts', text)]).toEqual([text, []])
  expect(removalsIn('electron/git/x.test.ts', 'await rm(folder)')).toEqual([])
  expect(removalsIn(REMOVER, 'await rmdir(folder)')).toEqual([])
})

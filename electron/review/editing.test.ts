/** Facts about opening a file in the user's editor, with a stand-in that writes down its arguments. */

import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../git/testing/repository.ts'
import { argumentsFor, editorCommand, visualCommand, wordsIn } from './editor.ts'
import { editFile } from './editing.ts'

type Scene = {
  readonly worktree: string
  readonly bin: string
  heard(): Promise<string>
  edit(path: string, more?: { line?: number; editor?: string | null; env?: Record<string, string> }): ReturnType<typeof editFile>
}

async function scene(editor = 'code'): Promise<Scene> {
  const around = await temporaryFolder()
  const [worktree, bin] = [join(around, 'a worktree'), join(around, 'bin')]
  await mkdir(join(worktree, 'src'), { recursive: true })
  await mkdir(bin)
  await writeFile(join(worktree, 'src/a "b".ts'), '')
  await writeFile(join(bin, editor), `#!/bin/sh\nprintf '%s\\n' "$PWD" "$@" > '${around}/heard'\n`)
  await chmod(join(bin, editor), 0o755)
  return {
    worktree,
    bin,
    heard: () => readFile(join(around, 'heard'), 'utf8').catch(() => ''),
    edit: (path, { env = {}, editor: set = null, ...more } = {}) =>
      editFile({ worktree, path, editor: set, env: { PATH: `${bin}:/usr/bin:/bin`, ...env }, ...more }),
  }
}

test('the first editor that is found opens the file at its line, as one argument', async () => {
  const { worktree, edit, heard } = await scene()
  expect(await edit('src/a "b".ts', { line: 7 })).toEqual({ ok: true, value: {} })
  await expect.poll(heard).toBe(`${worktree}\n--goto\n${worktree}/src/a "b".ts:7\n`)
})

test('the user’s own command comes first, and is no shell command', async () => {
  const { worktree, bin, edit, heard } = await scene('my editor')
  expect(await edit('src/a "b".ts', { editor: `"${bin}/my editor" --at={line} {file} '$HOME; x'` })).toMatchObject({ ok: true })
  await expect.poll(heard).toBe(`${worktree}\n--at=1\n${worktree}/src/a "b".ts\n$HOME; x\n`)
})

test.each(['src', 'gone.ts', '../outside', '/etc/passwd', '.git', 'sub/.git/config', 'out', 'through/outside', 'src/\udc80'])(
  '“%s” is no file that is opened',
  async (path) => {
    const { worktree, edit } = await scene()
    await writeFile(join(worktree, '..', 'outside'), '')
    await writeFile(join(worktree, '.git'), '')
    await symlink('../outside', join(worktree, 'out'))
    await symlink('..', join(worktree, 'through'))
    expect(await edit(path)).toMatchObject({ failure: { code: 'no-file' } })
  },
)

test('a link to a file of the same worktree opens that file', async () => {
  const { worktree, edit, heard } = await scene()
  await symlink('src/a "b".ts', join(worktree, 'link'))
  expect(await edit('link')).toMatchObject({ ok: true })
  await expect.poll(heard).toContain(`${worktree}/src/a "b".ts:1`)
})

test('without an editor, with one that is not there or ends at once, the sentence says what to set', async () => {
  const { bin, edit } = await scene('other')
  expect(await edit('src/a "b".ts', { env: { PATH: bin } })).toMatchObject({ failure: { code: 'no-editor' } })
  expect(await edit('src/a "b".ts', { env: { PATH: bin }, editor: 'nowhere {file}' })).toMatchObject({
    failure: { code: 'no-editor', message: expect.stringContaining('“nowhere”') },
  })
  expect(await edit('src/a "b".ts', { editor: '/bin/false {file}' })).toMatchObject({
    failure: { code: 'not-started', message: expect.stringContaining('code 1') },
  })
})

test('VISUAL counts where it brings a window, and never in a terminal', async () => {
  const { edit, heard } = await scene('gedit')
  expect(await edit('src/a "b".ts', { env: { VISUAL: 'vim' } })).toMatchObject({ failure: { code: 'no-editor' } })
  expect(await edit('src/a "b".ts', { env: { VISUAL: 'gedit --wait' } })).toMatchObject({ ok: true })
  await expect.poll(heard).toContain('--wait\n')
  expect(visualCommand('/usr/bin/code -w')).toEqual(['/usr/bin/code', '-w', '--goto', '{file}:{line}'])
  for (const none of [undefined, '', 'vim', 'emacs -nw', 'nano', 'unknown', '"code']) expect(visualCommand(none)).toBeNull()
})

test('a command without a place for the file, with an open quote or for a terminal is refused', () => {
  for (const wrong of [
    'code',
    'code --goto {line}',
    'code "{file}',
    '{file}',
    'vim {file}',
    '/usr/bin/nvim +{line} {file}',
    'emacs -nw {file}',
  ])
    expect([wrong, editorCommand(wrong)]).toMatchObject([wrong, { failure: { code: 'no-editor' } }])
  expect(editorCommand('gvim +{line} {file}')).toEqual({ ok: true, value: ['gvim', '+{line}', '{file}'] })
  expect(wordsIn(`a 'b "c' "d e"f ""`)).toEqual(['a', 'b "c', 'd ef', ''])
  expect(argumentsFor(['x', '{file}:{line}', '{other}'], { file: '/a $& {line}', line: 3 })).toEqual([
    '/a $& {line}:3',
    '{other}',
  ])
})

/** Opens a file of a worktree in the user's editor: a plain file that lies in it. Nothing of it is run. */

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { isUtf8, parseRepoPath } from '../git/names.ts'
import { isBelow, realPathOf } from '../git/places.ts'
import { findProgram, launchProgram } from '../kit/program.ts'
import { argumentsFor, editorCommand, type EditorCommand, KNOWN_EDITORS, visualCommand } from './editor.ts'

export type Editing = {
  readonly worktree: string
  readonly path: string
  readonly line?: number | undefined
  /** The user's command; null: whatever is found. */
  readonly editor: string | null
  readonly env: Readonly<Record<string, string>>
}

/** Opens it. Failures say what to do. */
export async function editFile({
  worktree,
  path,
  line = 1,
  editor,
  env,
}: Editing): Promise<Result<Record<string, never>, 'worktree-missing' | 'no-file' | 'no-editor' | 'not-started'>> {
  const root = await realPathOf(worktree)
  if (root === null) return fail('worktree-missing', `The worktree ${worktree} is missing. Move it back there to open its files.`)
  const file = await fileBelow(root, path)
  if (file === null) return fail('no-file', `“${path}” is no file of the worktree as it is now.`)
  const chosen = await chosenEditor(editor, env)
  if (!chosen.ok) return chosen
  const { program, command } = chosen.value
  const failed = await launchProgram({ file: program, args: argumentsFor(command, { file, line }), cwd: root, env })
  if (failed === null) return ok({})
  return fail('not-started', `“${command[0]}” did not open the file: ${failed}. Check the setting “Editor”.`)
}

/** A link is followed only to a file of the same worktree; git's own files are none of it. */
async function fileBelow(root: string, path: string): Promise<string | null> {
  const named = parseRepoPath(path)
  if (named === null || !isUtf8(named) || named.split('/').some((part) => part.toLowerCase() === '.git')) return null
  const file = await realPathOf(join(root, named))
  if (file === null || !isBelow(file, root) || isBelow(file, join(root, '.git'))) return null
  const entry = await stat(file).catch(() => null)
  return entry?.isFile() === true ? file : null
}

type Chosen = { readonly program: string; readonly command: EditorCommand }

async function chosenEditor(editor: string | null, env: Editing['env']): Promise<Result<Chosen, 'no-editor'>> {
  const path = env['PATH'] ?? ''
  if (editor !== null) {
    const command = editorCommand(editor)
    if (!command.ok) return command
    const program = await findProgram(command.value[0], path)
    if (program !== null) return ok({ program, command: command.value })
    return fail(
      'no-editor',
      `“${command.value[0]}” of the setting “Editor” was not found on the PATH of your shell. Give its whole path.`,
    )
  }
  const visual = visualCommand(env['VISUAL'])
  for (const command of [...KNOWN_EDITORS, ...(visual === null ? [] : [visual])]) {
    const program = await findProgram(command[0], path)
    if (program !== null) return ok({ program, command })
  }
  return fail('no-editor', 'No editor was found. Set yours in the settings (“Editor”), such as code --goto {file}:{line}.')
}

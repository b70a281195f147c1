/** Which command opens a file in the user's editor. No shell has a part in it. Pure. */

import { fail, ok, type Result } from '../../shared/result.ts'

/** A program and its arguments, with {file} and {line} still in them. */
export type EditorCommand = readonly [program: string, ...args: readonly string[]]

/** In the order in which they are looked for. */
export const KNOWN_EDITORS: readonly EditorCommand[] = [
  ['code', '--goto', '{file}:{line}'],
  ['cursor', '--goto', '{file}:{line}'],
  ['zed', '{file}:{line}'],
  ['subl', '{file}:{line}'],
  ['idea', '--line', '{line}', '{file}'],
]

/** Those that draw in a terminal: without one they wait for ever, unseen. */
const IN_A_TERMINAL =
  /^(?:vi|vim|nvim|view|ex|ed|nano|pico|micro|helix|hx|kak|joe|jed|mcedit|ne|mg|zile|emacs-nox|less|more|most)(?:\.exe)?$/iu
/** Those known to bring a window of their own. */
const WITH_A_WINDOW =
  /^(?:code|code-insiders|codium|vscodium|cursor|windsurf|zed|zeditor|subl|sublime_text|idea|webstorm|pycharm|goland|clion|rider|rubymine|phpstorm|rustrover|gvim|mvim|gedit|gnome-text-editor|kate|kwrite|mousepad|xed|pluma|mate|bbedit|nova|atom|notepad|notepad\+\+)(?:\.exe)?$/iu

const nameOf = (program: string): string => program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1)

function drawsInTerminal([program, ...args]: EditorCommand): boolean {
  const name = nameOf(program)
  if (IN_A_TERMINAL.test(name)) return true
  return (
    /^emacs(?:client)?$/iu.test(name) && args.some((arg) => ['-nw', '-t', '-tty', '--tty', '--no-window-system'].includes(arg))
  )
}

/** The words of a command; quotes hold together what has blanks in it. Null where a quote is not closed. */
export function wordsIn(command: string): readonly string[] | null {
  const words: string[] = []
  let word: string | null = null
  let quote: string | null = null
  for (const character of command) {
    if (quote !== null) {
      if (character === quote) quote = null
      else word = (word ?? '') + character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/\s/u.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + character
  }
  if (quote !== null) return null
  return word === null ? words : [...words, word]
}

/** Takes the user's setting; gives the command. Failure: a file could not be opened with it. */
export function editorCommand(setting: string): Result<EditorCommand, 'no-editor'> {
  const wrong = (what: string) =>
    fail('no-editor', `The setting “Editor” ${what}. Put it right in the settings, such as code --goto {file}:{line}.`)
  const [program, ...args] = wordsIn(setting) ?? []
  if (program === undefined) return wrong('has a quote that is not closed')
  if (program.includes('{')) return wrong('must begin with a program')
  if (!args.some((arg) => arg.includes('{file}'))) return wrong('does not say where the file goes: {file} is missing')
  if (drawsInTerminal([program, ...args]))
    return fail(
      'no-editor',
      `“${nameOf(program)}” draws in a terminal, and there is none for it here. Choose an editor with a window in the settings.`,
    )
  return ok([program, ...args])
}

/** Takes the VISUAL of the user; gives its command where it is known to bring a window. */
export function visualCommand(visual: string | undefined): EditorCommand | null {
  const [program, ...args] = wordsIn(visual ?? '') ?? []
  if (program === undefined || !WITH_A_WINDOW.test(nameOf(program))) return null
  const known = KNOWN_EDITORS.find(([name]) => name === nameOf(program))
  return [program, ...args, ...(known === undefined ? ['{file}'] : known.slice(1))]
}

/** The arguments for this file: a path with blanks stays one of them. */
export function argumentsFor(
  [, ...args]: EditorCommand,
  { file, line }: { readonly file: string; readonly line: number },
): readonly string[] {
  return args.map((arg) => arg.replaceAll(/\{(file|line)\}/gu, (_all, what) => (what === 'file' ? file : String(line))))
}

/** Which commands a repository's own files suggest as checks and as setup. Pure: takes texts, runs nothing, invents no names. */

import type { Guess } from '../../shared/model/found.ts'
import { guessGo, guessGradle, guessMaven, guessMix, guessPhp, guessRuby, guessRust, guessSwift } from './guess-others.ts'
import { guessDeno, guessNode } from './guess-node.ts'
import { guessPython } from './guess-python.ts'
import { PURPOSES, type Guesses, type RootFiles, type Suggested } from './guesses.ts'

/** More than a handful is a list to read, not a proposal to accept. */
const MOST = 6

const MAKEFILES = ['GNUmakefile', 'makefile', 'Makefile'] as const

/** The targets that a Makefile's rules name. */
function targetsIn(makefile: string): ReadonlySet<string> {
  const targets = new Set<string>()
  for (const line of makefile.split('\n')) {
    const rule = /^([^\s#:=.][^#:=]*)::?(?![:=])/u.exec(line)
    for (const target of rule?.[1]?.trim().split(/\s+/u) ?? []) targets.add(target)
  }
  return targets
}

/** A Makefile often only calls what the other files name already, so it speaks where they are silent. */
function guessMake(files: RootFiles, known: readonly Suggested[]): readonly Suggested[] {
  const name = MAKEFILES.find((one) => files.text(one) !== null)
  if (name === undefined) return []
  const targets = targetsIn(files.text(name) ?? '')
  const wanted = [
    ['lint', ['lint']],
    ['types', ['typecheck', 'types']],
    ['test', ['test', 'check']],
  ] as const
  return wanted.flatMap(([purpose, names]) => {
    const target = names.find((one) => targets.has(one))
    if (target === undefined || known.some((one) => one.purpose === purpose)) return []
    return [{ purpose, command: `make ${target}`, from: name }]
  })
}

/** Takes the files in a repository's main folder; gives what they suggest, what is quick first. */
export function guessCommands(files: RootFiles): { readonly checks: readonly Guess[]; readonly setup: readonly Guess[] } {
  const kinds: readonly ((files: RootFiles) => Guesses)[] = [
    guessNode,
    guessDeno,
    guessRust,
    guessGo,
    guessPython,
    guessPhp,
    guessRuby,
    guessMix,
    guessGradle,
    guessMaven,
    guessSwift,
  ]
  const all = kinds.map((guess) => guess(files))
  const named = all.flatMap(({ checks }) => checks)
  const checks = [...named, ...guessMake(files, named)]
  const sorted = checks.toSorted((a, b) => PURPOSES.indexOf(a.purpose) - PURPOSES.indexOf(b.purpose))
  return {
    checks: sorted.slice(0, MOST).map(({ command, from }) => ({ command, from })),
    setup: all.flatMap(({ setup }) => setup).slice(0, MOST),
  }
}

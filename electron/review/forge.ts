/** `gh`, the user's own program for GitHub: whether it is there and signed in, and what it is told. Never sees a token; pushes nothing. */

import * as z from 'zod'
import { slugOf } from '../git/addresses.ts'
import type { Remote } from '../git/remotes.ts'
import { told } from '../git/told.ts'
import { findProgram, type ProgramEnd, runProgram } from '../kit/program.ts'

export type Forge = {
  /** Why it can do nothing, in a sentence; null when it can. */
  missing(): Promise<string | null>
  /** The address of the branch's open pull request; null where there is none, or nobody can tell. */
  opened(head: string): Promise<string | null>
  open(words: Words): Promise<Opened>
}

export type Words = {
  /** As `headOf` has it. */
  readonly head: string
  readonly base: string
  readonly title: string
  readonly body: string
  readonly draft: boolean
}
export type Opened = { readonly kind: 'opened'; readonly url: string } | { readonly kind: 'refused'; readonly message: string }

/** A look must not keep a dialog waiting; what opens one talks to a server more than once. */
const LOOK_MS = 15_000
const OPEN_MS = 120_000

const list = z.array(z.object({ url: z.string() }))

/** The branch as `gh` looks for it: where there are several remotes of different owners, with the owner of the one pushed to. Pure. */
export function headOf(branch: string, remote: Pick<Remote, 'url'>, all: readonly Pick<Remote, 'url'>[]): string {
  const owners = new Set(all.map(({ url }) => slugOf(url)?.owner))
  const owner = slugOf(remote.url)?.owner
  return owner === undefined || owners.size < 2 ? branch : `${owner}:${branch}`
}

/** The last address in what a program printed. Pure. */
export function addressIn(text: string): string | null {
  return [...text.matchAll(/https?:\/\/[^\s"'<>]+/gu)].at(-1)?.[0] ?? null
}

function reason(end: ProgramEnd): string {
  if (end.kind !== 'exited') return end.message
  const words = told({ stdout: '', stderr: end.stderr }) || told({ stdout: end.stdout, stderr: '' })
  return words === '' ? `it ended with code ${end.code}.` : words
}

/** Takes the worktree and the environment of the user. */
export function createForge(cwd: string, env: Readonly<Record<string, string>>, signal?: AbortSignal): Forge {
  const quiet = { ...env, GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1', GH_PAGER: 'cat' }
  const stops = signal === undefined ? {} : { signal }

  async function run(args: readonly string[], timeoutMs: number, input = ''): Promise<ProgramEnd | null> {
    const file = await findProgram('gh', env['PATH'] ?? '')
    return file === null ? null : runProgram({ file, args, cwd, env: quiet }, { input, timeoutMs, ...stops })
  }

  async function opened(head: string): Promise<string | null> {
    const branch = head.slice(head.indexOf(':') + 1)
    const args = ['pr', 'list', '--head', branch, '--state', 'open', '--limit', '1', '--json', 'url']
    const end = await run(args, LOOK_MS)
    if (end?.kind !== 'exited' || end.code !== 0) return null
    try {
      return list.parse(JSON.parse(end.stdout))[0]?.url ?? null
    } catch {
      return null
    }
  }

  return {
    async missing() {
      const end = await run(['auth', 'status'], LOOK_MS)
      if (end === null)
        return 'The program gh was not found on the PATH of your shell. Install it from https://cli.github.com, then run “gh auth login”.'
      if (end.kind !== 'exited') return `gh did not say whether it is signed in. ${end.message}`
      return end.code === 0 ? null : 'gh is not signed in. Run “gh auth login” in a terminal, then try again.'
    },
    opened,
    async open({ head, base, title, body, draft }) {
      const args = ['pr', 'create', '--head', head, '--base', base, '--title', title, '--body-file', '-']
      const end = await run(draft ? [...args, '--draft'] : args, OPEN_MS, body)
      if (end === null) return { kind: 'refused', message: 'gh is not on the PATH of your shell any more.' }
      const url = end.kind === 'exited' && end.code === 0 ? addressIn(end.stdout) : null
      if (url !== null) return { kind: 'opened', url }
      const known = end.kind === 'exited' && /already exists/iu.test(end.stderr) ? addressIn(end.stderr) : null
      if (known !== null) return { kind: 'opened', url: known }
      return { kind: 'refused', message: `gh could not open the pull request:\n${reason(end)}` }
    },
  }
}

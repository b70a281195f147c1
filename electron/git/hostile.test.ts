import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attempt } from './failure.ts'
import { diffFiles } from './diff.ts'
import { diffPatch } from './diff-patch.ts'
import {
  aheadBehind,
  branchHead,
  createRef,
  currentBranch,
  headOf,
  listCommits,
  mergeBase,
  moveRef,
  resolveCommit,
} from './refs.ts'
import { branchRef, type Oid } from './names.ts'
import { identityProblem, openRepository } from './repository.ts'
import { risks } from './risks.ts'
import { status, worktreeIsPristine } from './status.ts'
import { createTrap, WAYS_IN } from './testing/hostile.ts'
import { createRepository } from './testing/repository.ts'
import { branchCheckedOutAt, listWorktrees } from './worktrees.ts'
import { addWorktree } from './add-worktree.ts'

for (const [way, setUp] of Object.entries(WAYS_IN)) {
  test(`opening and reading an untrusted repository does not run its ${way}`, async () => {
    const trap = await createTrap()
    const repository = await createRepository()
    const { git, untrusted, path } = repository
    const first = await repository.oid('HEAD')
    await setUp(repository, trap.script)
    // Same size and an older time, so that git has to read the file to know.
    await repository.write('README.md', 'one\nTWO\nthree\n')
    await repository.write('new.txt', 'new\n')
    const before = await trap.sprung()

    expect(await openRepository(git, path)).toMatchObject({ ok: true, value: { root: path } })
    expect(await openRepository(git, join(path, '.git', '..'))).toMatchObject({ ok: true })
    const found = await risks(git, untrusted)
    await identityProblem(git, untrusted)
    expect(await currentBranch(git, untrusted)).toBe('main')
    const head = (await branchHead(git, untrusted, 'main')) as Oid
    await headOf(git, untrusted)
    await resolveCommit(git, untrusted, 'main')
    await listWorktrees(git, untrusted)
    await branchCheckedOutAt(git, untrusted, 'main')
    await listCommits(git, untrusted, { from: first, to: head })
    await aheadBehind(git, untrusted, first, head)
    await mergeBase(git, untrusted, first, head)
    await createRef(git, untrusted, { ref: branchRef('other')!, to: head })
    await moveRef(git, untrusted, { ref: branchRef('other')!, to: first, from: head })
    // What reads files may fail where the repository is broken on purpose; it must not run anything either way.
    const answers = [
      await attempt(() => status(git, untrusted)),
      await attempt(() => worktreeIsPristine(git, untrusted)),
      await attempt(() => diffFiles(git, untrusted, { from: first, to: 'worktree' })),
      await attempt(() => diffPatch(git, untrusted, { from: first, to: 'worktree', maxBytes: 1e6 })),
      await attempt(() => diffFiles(git, untrusted, { from: first, to: head })),
      await attempt(() => diffPatch(git, untrusted, { from: first, to: head, maxBytes: 1e6 })),
    ]
    expect(await trap.sprung()).toEqual(before)
    expect(answers.every((answer) => answer.ok)).toBe(way !== 'partial clone')
    expect(found).not.toEqual([])
  })
}

test('the traps do spring when git is asked the plain way', async () => {
  const ways: readonly [string, readonly string[]][] = [
    ['core.fsmonitor', ['status']],
    ['core.hooksPath', ['update-ref', 'refs/heads/x', 'HEAD']],
    ['hook reference-transaction', ['update-ref', 'refs/heads/x', 'HEAD']],
    ['hook post-index-change', ['reset', '--quiet']],
    ['filter.clean', ['diff', '--stat']],
    ['filter.clean, odd name', ['diff', '--stat']],
    ['filter.process', ['diff', '--stat']],
    ['diff.external', ['diff']],
    ['diff.<driver>.command', ['diff']],
    ['diff.<driver>.textconv', ['diff']],
    ['include.path', ['status']],
    ['worktree config', ['status']],
    ['partial clone', ['cat-file', '-p', 'HEAD^{tree}']],
    ['submodule with fsmonitor', ['status']],
    ['gpg.program', ['commit', '--allow-empty', '-m', 'x']],
  ]
  for (const [way, args] of ways) {
    const trap = await createTrap()
    const repository = await createRepository()
    await WAYS_IN[way]?.(repository, trap.script)
    await repository.write('README.md', 'one\nTWO\nthree\n')
    // Some traps leave git waiting for an answer; that it asked is all that counts.
    await attempt(() => repository.git.run({ cwd: repository.path, args: [...args], timeoutMs: 1500 }))
    expect([way, (await trap.sprung()).length > 0]).toEqual([way, true])
  }
})

test('a verb that writes files refuses to work for a repository that is not trusted', async () => {
  const { git, untrusted, around, oid } = await createRepository()
  const add = addWorktree(git, untrusted, { path: join(around, 'w', 'a'), branch: 'a', from: await oid('HEAD') })
  await expect(add).rejects.toThrow('not trusted')
})

test('after trust a worktree is made with the hooks and filters of the repository', async () => {
  const trap = await createTrap()
  const { git, trusted, path, around, oid, raw, commit } = await createRepository()
  await commit('attributes', { '.gitattributes': '*.md filter=mine\n' })
  await raw('config', 'filter.mine.smudge', trap.script)
  await mkdir(join(path, '.git/hooks'), { recursive: true })
  await writeFile(join(path, '.git/hooks/post-checkout'), `#!/bin/sh\nexec "${trap.script}" </dev/null\n`)
  await chmod(join(path, '.git/hooks/post-checkout'), 0o755)
  const added = await addWorktree(git, trusted, { path: join(around, 'w', 'a'), branch: 'a', from: await oid('HEAD') })
  expect(added.ok).toBe(true)
  expect((await trap.sprung()).length).toBe(2)
})

test('what Claude Code would take from a repository is named', async () => {
  const { git, untrusted, write } = await createRepository()
  expect(await risks(git, untrusted)).toEqual([])
  await write(
    '.claude/settings.json',
    JSON.stringify({ hooks: { PreToolUse: [] }, env: { ANTHROPIC_BASE_URL: 'x' }, apiKeyHelper: 'x' }),
  )
  await write('.mcp.json', JSON.stringify({ mcpServers: { tools: { command: 'x' } } }))
  await write('.claude/settings.local.json', '{')
  await write('.gitmodules', '')
  const found = (await risks(git, untrusted)).join('\n')
  for (const word of ['PreToolUse', 'ANTHROPIC_BASE_URL', 'apiKeyHelper', 'tools', 'settings.local.json', 'submodules'])
    expect(found).toContain(word)
})

const CLAUDE: readonly (readonly [settings: object, words: readonly string[]])[] = [
  [{ permissions: { allow: ['Read(*)', 'Bash(*)', 'Bash'] } }, ['without asking', 'Bash(*), Bash']],
  [{ defaultMode: 'bypassPermissions' }, ['permissions bypassed']],
  [{ permissions: { defaultMode: 'bypassPermissions' } }, ['permissions bypassed']],
  [{ enableAllProjectMcpServers: true }, ['every tool server']],
  [{ enabledMcpjsonServers: ['files'] }, ['tool servers', 'files']],
  [{ enabledPlugins: { 'lint@shop': true, 'off@shop': false } }, ['plugins', 'lint@shop']],
  [{ extraKnownMarketplaces: { shop: {} } }, ['marketplaces', 'shop']],
  [{ env: { PATH: '/x' } }, ['environment', 'PATH']],
  [{ apiKeyHelper: 'x' }, ['apiKeyHelper']],
  [{ statusLine: { type: 'command', command: 'x' } }, ['statusLine']],
  [{ hooks: { Stop: [] } }, ['hooks', 'Stop']],
]

test('each setting of Claude Code that runs or allows something is one sentence, in both files', async () => {
  const { git, untrusted, write } = await createRepository()
  for (const name of ['.claude/settings.json', '.claude/settings.local.json']) {
    for (const [settings, words] of CLAUDE) {
      await write(name, JSON.stringify(settings))
      const found = await risks(git, untrusted)
      expect(found).toHaveLength(1)
      for (const word of [...words, name]) expect(found[0]).toContain(word)
      expect(found[0]).not.toMatch(/Read\(|off@shop/u)
    }
    await write(name, '{}')
  }
})

test('settings of Claude Code that run and allow nothing, or are of an odd kind, are no risk', async () => {
  const { git, untrusted, write } = await createRepository()
  const harmless = { permissions: { allow: ['Read(src/**)'], deny: ['Bash(rm *)'], defaultMode: 'plan' }, model: 'x' }
  const odd = { permissions: 'x', hooks: [], env: 7, enabledPlugins: null, enableAllProjectMcpServers: false }
  for (const settings of [harmless, odd]) {
    await write('.claude/settings.json', JSON.stringify(settings))
    expect(await risks(git, untrusted)).toEqual([])
  }
})

test('the settings of the user are no risk of the repository', async () => {
  const { git, untrusted, around } = await createRepository()
  const own = {
    run: (run: Parameters<typeof git.run>[0]) =>
      git.run({ ...run, env: { ...run.env, GIT_CONFIG_GLOBAL: join(around, 'mine') } }),
  }
  await writeFile(join(around, 'mine'), '[core]\n\tsshCommand = ssh -v\n\thooksPath = /home/me/hooks\n')
  expect(await risks(own, untrusted)).toEqual([])
})

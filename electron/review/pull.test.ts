/** Facts about pull requests: a real remote on this disk, and a stand-in for `gh` that writes down what it is told. */

import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { slugOf, withoutCredentials } from '../git/addresses.ts'
import { parseRemoteName } from '../git/names.ts'
import { remotesOf } from '../git/remotes.ts'
import { addressIn, headOf } from './forge.ts'
import { pullWords } from './pull-words.ts'
import { lookAtPull, openPull, type Wanted, type Work } from './pull.ts'
import { beginWork, type SessionWork } from './testing/session-work.ts'

type Scene = {
  readonly session: SessionWork
  work(more?: Partial<Work>): Promise<Work>
  /** The branches that the remote has. */
  remote(): Promise<string>
  /** What the stand-in was told, one line a run, and the last text it was given. */
  heard(): Promise<{ readonly runs: readonly string[]; readonly text: string }>
  /** Has the stand-in answer from now on. */
  answers(script: string): Promise<void>
}

const SIGNED_IN =
  'case "$1 $2" in "pr list") echo "[]";; "pr create") cat > "$here/text"; echo "https://example.com/ada/shop/pull/7";; esac'

async function scene(): Promise<Scene> {
  const session = await beginWork()
  const { repository, path } = session
  const bare = join(repository.around, 'origin.git')
  await repository.rawIn(repository.around, 'init', '--quiet', '--bare', bare)
  await repository.raw('remote', 'add', 'origin', bare)
  const bin = join(repository.around, 'stand-in for gh')
  await mkdir(bin)
  const answers = async (script: string): Promise<void> => {
    await writeFile(
      join(bin, 'gh'),
      `#!/bin/sh\nhere='${bin}'\nprintf '%s|' "$@" >> "$here/runs"; echo >> "$here/runs"\n${script}\n`,
    )
    await chmod(join(bin, 'gh'), 0o755)
  }
  await answers(SIGNED_IN)
  return {
    session,
    answers,
    work: async (more = {}) => ({
      name: 'login',
      worktree: { path, trusted: true },
      branch: 'sluice/login',
      head: await repository.oid('sluice/login'),
      ahead: 1,
      target: 'main',
      env: { PATH: [bin, process.env['PATH']].join(delimiter), HOME: process.env['HOME'] ?? '' },
      ...more,
    }),
    remote: () => repository.rawIn(bare, 'for-each-ref', '--format=%(refname) %(objectname)'),
    async heard() {
      const read = (file: string): Promise<string> => readFile(join(bin, file), 'utf8').catch(() => '')
      return { runs: (await read('runs')).split('\n').filter((line) => line !== ''), text: await read('text') }
    },
  }
}

const SAID = { prompt: 'Build the login', message: 'I built it.', commits: [] }
const WORDS: Wanted = { remote: 'origin', title: 'Log in "now"', body: 'It works.\n', draft: false }

test('a look says what there is, and pushes nothing', async () => {
  const { session, work, remote, heard } = await scene()
  await session.commit('Log in', { 'a.txt': 'a\n' })
  await session.raw('remote', 'add', 'backup', 'https://ada:secret@example.com/ada/shop.git')
  const before = await session.raw('for-each-ref')
  const look = await lookAtPull(session.git, await work(), SAID)
  expect(look).toMatchObject({ branch: 'sluice/login', title: 'Build the login', body: 'I built it.', missing: null, open: null })
  expect(look.remotes.map(({ name }) => name)).toEqual(['origin', 'backup'])
  expect(look.remotes[1]?.url).toBe('https://example.com/ada/shop.git')
  expect(session.verbs).not.toContain('push')
  expect([await remote(), await session.raw('for-each-ref')]).toEqual(['', before])
  expect((await heard()).runs.map((run) => run.split('|').slice(0, 2).join(' '))).toEqual(['auth status', 'pr list'])
})

test.each([
  ['gh is not there', { env: { PATH: '/nowhere' } }, 'gh was not found'],
  ['the repository is not trusted', { trusted: false }, 'not trusted'],
  ['there is no commit', { ahead: 0 }, 'no commit'],
])(
  'where %s, the sentence says so and nothing is pushed',
  async (_, { trusted = true, ...more }: { trusted?: boolean; env?: Work['env']; ahead?: number }, words) => {
    const { session, work, remote } = await scene()
    await session.commit('Log in')
    const given = await work({ ...more, worktree: { path: session.path, trusted } })
    expect((await lookAtPull(session.git, given, SAID)).missing).toContain(words)
    expect(await openPull(session.git, given, WORDS)).toMatchObject({ failure: { message: expect.stringContaining(words) } })
    expect(await remote()).toBe('')
  },
)

test('one that is not signed in, and a repository without a remote, push nothing', async () => {
  const { session, work, remote, answers } = await scene()
  await session.commit('Log in')
  await answers('echo "token gho_secret" >&2; exit 1')
  const look = await lookAtPull(session.git, await work(), SAID)
  expect(look.missing).toContain('gh auth login')
  expect(JSON.stringify(look)).not.toContain('gho_secret')
  expect(await openPull(session.git, await work(), WORDS)).toMatchObject({ failure: { code: 'not-ready' } })
  await answers(SIGNED_IN)
  expect(await openPull(session.git, await work(), { ...WORDS, remote: 'upstream' })).toMatchObject({
    failure: { code: 'not-ready' },
  })
  expect(await remote()).toBe('')
  await session.raw('remote', 'remove', 'origin')
  expect((await lookAtPull(session.git, await work(), SAID)).missing).toContain('no remote')
})

test('opening pushes the commit that was seen to the remote that was named, and tells gh the words', async () => {
  const { session, work, remote, heard } = await scene()
  const seen = await session.commit('Log in', { 'a.txt': 'a\n' })
  const given = await work()
  await session.commit('later', { 'b.txt': 'b\n' })
  await session.raw('tag', '--annotate', '--message=x', 'v1', seen)
  await session.raw('config', 'push.followTags', 'true')
  const settings = await session.raw('config', '--list', '--local')
  expect(await openPull(session.git, given, { ...WORDS, draft: true })).toEqual({
    ok: true,
    value: { url: 'https://example.com/ada/shop/pull/7' },
  })
  expect(await remote()).toBe(`refs/heads/sluice/login ${seen}`)
  expect(await session.raw('config', '--list', '--local')).toBe(settings)
  const { runs, text } = await heard()
  expect(runs.at(-1)).toBe('pr|create|--head|sluice/login|--base|main|--title|Log in "now"|--body-file|-|--draft|')
  expect(text).toBe('It works.\n')
})

test('where one is open already, the branch is pushed and its address given', async () => {
  const { session, work, remote, heard, answers } = await scene()
  const head = await session.commit('Log in')
  await answers(`case "$1 $2" in "pr list") echo '[{"url":"https://example.com/pull/3"}]';; esac`)
  expect((await lookAtPull(session.git, await work(), SAID)).open).toBe('https://example.com/pull/3')
  expect(await openPull(session.git, await work(), WORDS)).toMatchObject({ value: { url: 'https://example.com/pull/3' } })
  expect(await remote()).toContain(head)
  await answers(
    `case "$1 $2" in "pr create") echo "a pull request already exists: https://example.com/pull/4" >&2; exit 1;; esac`,
  )
  expect(await openPull(session.git, await work(), WORDS)).toMatchObject({ value: { url: 'https://example.com/pull/4' } })
  expect((await heard()).runs.filter((run) => run.startsWith('pr|create'))).toHaveLength(1)
})

test('a push that is rejected is said in git’s words, never forced, and opens nothing', async () => {
  const { session, work, remote, heard } = await scene()
  await session.commit('theirs', { 'a.txt': 'theirs\n' })
  await session.raw('push', '--quiet', 'origin', 'sluice/login')
  const before = await remote()
  await session.raw('reset', '--quiet', '--hard', 'main')
  await session.commit('mine', { 'a.txt': 'mine\n' })
  await session.raw('config', 'remote.origin.push', '+refs/heads/*:refs/heads/*')
  const done = await openPull(session.git, await work(), WORDS)
  expect(done).toMatchObject({ failure: { code: 'push-failed', message: expect.stringContaining('non-fast-forward') } })
  expect(await remote()).toBe(before)
  expect((await heard()).runs.some((run) => run.startsWith('pr|create'))).toBe(false)
})

test('a hook of the user’s may refuse the push, and gh the pull request', async () => {
  const { session, work, remote, answers } = await scene()
  const head = await session.commit('Log in')
  const hooks = join(session.repository.path, '.git/hooks')
  await mkdir(hooks, { recursive: true })
  await writeFile(join(hooks, 'pre-push'), '#!/bin/sh\necho "tests fail" >&2\nexit 1\n')
  await chmod(join(hooks, 'pre-push'), 0o755)
  expect(await openPull(session.git, await work(), WORDS)).toMatchObject({
    failure: { code: 'push-failed', message: expect.stringContaining('tests fail') },
  })
  expect(await remote()).toBe('')
  await session.raw('config', 'core.hooksPath', '/dev/null')
  await answers('case "$1 $2" in "pr create") echo "GraphQL: no permission" >&2; exit 1;; esac')
  expect(await openPull(session.git, await work(), WORDS)).toMatchObject({
    failure: { code: 'pull-failed', message: expect.stringMatching(/was pushed to origin, but gh .*\nGraphQL: no permission/su) },
  })
  expect(await remote()).toContain(head)
})

test('one that is called off ends, and says so', async () => {
  const { session, work, answers } = await scene()
  await session.commit('Log in')
  await answers('case "$1 $2" in "pr create") : > "$here/begun"; while :; do sleep 1; done;; esac')
  const stop = new AbortController()
  const opening = openPull(session.git, await work({ signal: stop.signal }), WORDS)
  const begun = join(session.repository.around, 'stand-in for gh/begun')
  await expect.poll(() => readFile(begun).catch(() => null)).not.toBeNull()
  stop.abort()
  expect(await opening).toMatchObject({ failure: { code: 'pull-failed', message: expect.stringContaining('stopped') } })
})

test('the remote that is pushed to by default comes first; names that are options or addresses are none', async () => {
  const { session } = await scene()
  await session.raw('config', 'remote.fork.url', 'git@example.com:ada/shop.git')
  await session.raw('config', 'remote.fork.pushurl', 'ssh://git@example.com/ada/shop')
  await session.raw('config', 'remote.--exec=x.url', 'evil')
  await session.raw('config', 'remote.pushDefault', 'fork')
  expect(await remotesOf(session.git, { path: session.path, trusted: true })).toMatchObject([
    { name: 'fork', url: 'ssh://git@example.com/ada/shop' },
    { name: 'origin' },
  ])
  for (const wrong of ['', '-x', '--force', 'https://example.com', 'git@example.com:x', '../x', '/tmp/x', 'a b', '.'])
    expect(parseRemoteName(wrong)).toBeNull()
})

test('no address shows what it signs in with', () => {
  expect(withoutCredentials('To https://ada:gho_x@example.com/a/b and http://gho_x@h/ and ssh://git@h/x')).toBe(
    'To https://example.com/a/b and http://h/ and ssh://git@h/x',
  )
  expect(withoutCredentials('ssh://git:pw@h/x git@h:a/b')).toBe('ssh://h/x git@h:a/b')
  expect([slugOf('git@example.com:ada/shop.git'), slugOf('https://example.com/ada/shop/'), slugOf('/tmp/origin.git')]).toEqual([
    { owner: 'ada', name: 'shop' },
    { owner: 'ada', name: 'shop' },
    null,
  ])
  const [fork, main] = [{ url: 'https://h/ada/shop' }, { url: 'https://h/acme/shop' }]
  expect([headOf('x', fork, [fork]), headOf('x', fork, [fork, main])]).toEqual(['x', 'ada:x'])
  expect(addressIn('see https://a/1\nhttps://h/ada/shop/pull/7\n')).toBe('https://h/ada/shop/pull/7')
})

test('the words of a pull request are the session’s own', () => {
  const commits = ['Add the form', 'Check the password'].map((subject, at) => ({
    oid: `${at}`.repeat(40),
    subject,
    body: 'Why.',
  }))
  expect(pullWords({ prompt: 'p', message: 'Done.', commits })).toEqual({
    title: 'Add the form',
    body: 'Done.\n\n## Commits\n\n- 0000000 Add the form\n- 1111111 Check the password',
  })
  expect(pullWords({ prompt: 'p', message: null, commits: commits.slice(0, 1) })).toEqual({ title: 'Add the form', body: 'Why.' })
  expect(pullWords({ prompt: 'Build\nthe login', message: null, commits: [] })).toEqual({
    title: 'Build the login',
    body: 'Build\nthe login',
  })
  const long = pullWords({ prompt: 'p'.repeat(20_000), message: 'm'.repeat(90_000), commits, earlier: 3 })
  expect([long.title.length <= 300, long.body.length <= 60_000, long.body.includes('3 earlier commits')]).toEqual([
    true,
    true,
    true,
  ])
})

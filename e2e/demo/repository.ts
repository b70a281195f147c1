/** The sample repository of the demonstration: a small shop with a real test command. */

import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const FILES: Readonly<Record<string, string>> = {
  'package.json': `${JSON.stringify({ name: 'shop', private: true, type: 'module', scripts: { test: 'node --test' } }, null, 2)}\n`,
  'README.md': '# Shop\n\nA cart, a catalogue and a search.\n',
  'src/cart.js': `/** The price of everything in the cart, in cents. */
export function total(items) {
  return items.reduce((sum, item) => sum + item.price, 0)
}
`,
  'src/catalogue.js': `export const PRODUCTS = [
  { id: 'tea', name: 'Green tea', price: 450 },
  { id: 'cup', name: 'Cup', price: 900 },
  { id: 'pot', name: 'Tea pot', price: 2900 },
]
`,
  'src/search.js': `import { PRODUCTS } from './catalogue.js'

/** Products whose name contains the words. */
export function search(words) {
  return PRODUCTS.filter((product) => product.name.includes(words))
}
`,
  'test/cart.test.js': `import assert from 'node:assert/strict'
import test from 'node:test'
import { total } from '../src/cart.js'

test('the total is the sum of the prices', () => {
  assert.equal(total([{ price: 450 }, { price: 900 }]), 1350)
})
`,
  'test/search.test.js': `import assert from 'node:assert/strict'
import test from 'node:test'
import { search } from '../src/search.js'

test('a product is found by its name', () => {
  assert.deepEqual(search('Cup').map((product) => product.id), ['cup'])
})
`,
}

/** Runs a program; rejects when it does not exit with 0. */
export const execute = promisify(execFile)

/** Runs git as the demonstration's own user; gives what it printed, without the last line break. */
export async function git(env: Readonly<Record<string, string>>, cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('git', [...args], { cwd, env: { ...env }, maxBuffer: 16 * 1024 * 1024 })
  return stdout.trimEnd()
}

/** Makes the repository with its first commit on `main`. */
export async function makeShop(env: Readonly<Record<string, string>>, path: string): Promise<void> {
  for (const [name, content] of Object.entries(FILES)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  await git(env, path, 'init', '--quiet', '--initial-branch=main')
  await git(env, path, 'add', '--all')
  await git(env, path, 'commit', '--quiet', '--message=Open the shop')
}

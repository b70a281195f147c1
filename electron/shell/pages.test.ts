import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { listPages, servePages } from './pages.ts'

let folder = ''
let serve: (request: Request) => Promise<Response>

beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'sluice-pages-'))
  folder = join(root, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(root, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'index.html'), '<p>page</p>')
  await writeFile(join(folder, 'assets/a b.js'), 'script')
  await writeFile(join(folder, 'assets/x.css'), 'style')
  await writeFile(join(folder, 'assets/gone.svg'), 'image')
  await writeFile(join(folder, 'assets/odd'), 'odd')
  await symlink(join(root, 'secret.txt'), join(folder, 'link.txt'))
  await symlink(root, join(folder, 'up'))
  serve = servePages(await listPages(folder))
  await rm(join(folder, 'assets/gone.svg'))
})

const get = (url: string, method = 'GET'): Promise<Response> => serve(new Request(url, { method }))

test.each([
  ['app://sluice/', '<p>page</p>', 'text/html; charset=utf-8'],
  ['app://sluice/index.html?x#y', '<p>page</p>', 'text/html; charset=utf-8'],
  ['app://sluice/assets/a%20b.js', 'script', 'text/javascript; charset=utf-8'],
  ['app://sluice/assets/../assets/x.css', 'style', 'text/css; charset=utf-8'],
  ['app://sluice/assets/odd', 'odd', 'application/octet-stream'],
])('%s is a file of the page', async (url, body, type) => {
  const response = await get(url)
  expect(response.status).toBe(200)
  expect(await response.text()).toBe(body)
  expect(response.headers.get('content-type')).toBe(type)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none';/u)
})

describe('refused', () => {
  test.each([
    'app://sluice/../secret.txt',
    'app://sluice/..%2fsecret.txt',
    'app://sluice/%2e%2e/secret.txt',
    'app://sluice/%2e%2e%2fsecret.txt',
    'app://sluice/..%5csecret.txt',
    'app://sluice/assets/..%2f..%2fsecret.txt',
    'app://sluice//secret.txt',
    'app://sluice/%00',
    'app://sluice/index.html%00.js',
    'app://sluice/%',
    'app://sluice/%ff',
    'app://sluice/assets',
    'app://sluice/assets/',
    'app://sluice/link.txt',
    'app://sluice/up/secret.txt',
    'app://sluice/INDEX.HTML',
    'app://sluice/__proto__',
    'app://sluice/assets/gone.svg',
    'app://example/index.html',
    'app://sluice:1/index.html',
    'file:///etc/passwd',
    'https://sluice/index.html',
  ])('%s', async (url) => {
    const response = await get(url)
    expect(response.status).toBe(404)
    expect(await response.text()).toMatch(/^(?:There is no such page|This page of Sluice can no longer)/u)
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none';/u)
  })
  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s', async (method) => {
    expect((await get('app://sluice/', method)).status).toBe(405)
  })
})

test('a page that was not built is a rejection, not an empty app', async () => {
  await expect(listPages(join(folder, 'nowhere'))).rejects.toThrow(/ENOENT/u)
})

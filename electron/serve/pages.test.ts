import { expect, test } from 'vitest'
import { segmentsOf } from './pages.ts'
import { ask, bearer, started } from './testing/hosts.ts'

const UP = [
  '..',
  '%2e%2e',
  '%2E.',
  '.%2e',
  '..%00',
  '..;',
  '...',
  '%252e%252e',
  '%c0%ae%c0%ae',
  '%ef%bc%8e%ef%bc%8e',
  '..%20',
  '%2e%2e%2f..',
  '..%5c..',
  'up',
]
const SEPARATORS = ['/', '%2f', '%2F', '\\', '%5c', '%5C', '//', '/./', '%252f', '%c0%af']

test('no spelling of a path leads out of the folder of pages', async () => {
  const { host } = await started()
  const corpus = UP.flatMap((up) =>
    SEPARATORS.flatMap((separator) => [
      `/${up}${separator}secret.txt`,
      `/assets${separator}${up}${separator}${up}${separator}secret.txt`,
      `/${up}${separator}pages-secret${separator}x.txt`,
    ]),
  )
  corpus.push(
    '/link.txt',
    '/up/secret.txt',
    '/sibling.txt',
    '/.env',
    '/%2eenv',
    '/etc/passwd',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
  )
  corpus.push(
    '/index.html%00.js',
    '/index.html%00',
    '/C:/x',
    '/assets',
    '/assets/',
    '/up',
    '/%',
    '/%zz',
    '/%e0%a4%a',
    '/index.html/',
    '/./index.html',
  )
  corpus.push(
    `/${'a/'.repeat(3000)}`,
    `/${'a'.repeat(5000)}`,
    `http://127.0.0.1:${host.port}/index.html`,
    '*',
    '/?/../secret.txt/../..',
  )
  for (const path of corpus) {
    const { status, body } = await ask(host, path, { headers: bearer(host) })
    expect([path, body.includes('TOP SECRET'), body.includes('root:')]).toEqual([path, false, false])
    expect([path, status]).toEqual([path, path.startsWith('/?') ? 200 : status === 404 ? 404 : 400])
  }
})

test('a path is decoded once', () => {
  expect(segmentsOf('/')).toEqual(['index.html'])
  expect(segmentsOf('/assets/a%20b.js?x=/..')).toEqual(['assets', 'a b.js'])
  expect(segmentsOf('/%252e%252e/x')).toEqual(['%2e%2e', 'x'])
  for (const path of ['', 'x', '//', '/a//b', '/..', '/%2e%2e', '/a%2fb', '/a%5cb', '/a\\b', '/%00', '/.git', '/c:', '/%']) {
    expect([path, segmentsOf(path)]).toEqual([path, null])
  }
})

test('pages are only read: other methods are refused', async () => {
  const { host } = await started()
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
    const { status, headers } = await ask(host, '/index.html', { method, headers: bearer(host) })
    expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD'])
  }
})

test('HEAD gives the headers of GET without the body', async () => {
  const { host } = await started()
  const get = await ask(host, '/', { headers: bearer(host) })
  const head = await ask(host, '/', { method: 'HEAD', headers: bearer(host) })
  expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', String(get.body.length)])
})

test('hashed files are kept for good, the page itself is asked for again and answered with 304', async () => {
  const { host } = await started()
  const asset = await ask(host, '/assets/index-DEADbeef.js', { headers: bearer(host) })
  expect(asset.headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(asset.headers['cache-control']).toContain('immutable')
  const page = await ask(host, '/', { headers: bearer(host) })
  expect(page.headers['cache-control']).toBe('no-cache')
  const again = await ask(host, '/', { headers: { ...bearer(host), 'If-None-Match': page.headers.etag! } })
  expect([again.status, again.body]).toEqual([304, ''])
})

test('every answer carries the same protection, refusals too', async () => {
  const { host } = await started()
  const asked = [
    await ask(host, '/', { headers: bearer(host) }),
    await ask(host, '/nothing', { headers: bearer(host) }),
    await ask(host, '/'),
    await ask(host, '/', { headers: { Host: 'evil.example' } }),
    await ask(host, `/?token=${host.token}`),
    await ask(host, '/call/echo'),
    await ask(host, '/socket'),
  ]
  expect(asked.map((one) => one.status)).toEqual([200, 404, 401, 403, 303, 401, 426])
  for (const { headers } of asked) {
    expect(headers['content-security-policy']).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'",
    )
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['access-control-allow-origin']).toBeUndefined()
  }
})

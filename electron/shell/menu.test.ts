import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { menuTemplate } from './menu.ts'

type Item = MenuItemConstructorOptions

const none = { openRepository: () => undefined, showLog: () => undefined }

function flat(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
}

/** Roles whose keys Electron shows without taking them, or that have none outside macOS. */
const KEYLESS_ROLES = new Set<Item['role']>([undefined, 'undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'about'])

describe.each(['linux', 'win32'] as const)('on %s', (platform) => {
  const items = flat(menuTemplate(platform, false, none))

  test('no item takes a key that a terminal knows', () => {
    const own = items.flatMap((item) => item.accelerator ?? [])
    expect(own.filter((key) => !/^(?:Ctrl\+Shift\+.+|F11)$/u.test(key))).toEqual([])
    const keyFromRole = items.filter((item) => item.accelerator === undefined && !KEYLESS_ROLES.has(item.role))
    expect(keyFromRole.map((item) => item.role)).toEqual([])
  })
  test('no label takes Alt and a letter', () => {
    expect(items.filter((item) => item.label?.includes('&'))).toEqual([])
  })
  test('no two items have the same key', () => {
    const keys = items.flatMap((item) => item.accelerator ?? [])
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThan(8)
  })
  test('no macOS-only role is there', () => {
    const roles = items.map((item) => item.role)
    for (const role of ['hide', 'services', 'front', 'unhide', 'help'] as const) expect(roles).not.toContain(role)
  })
})

test('on macOS the app menu comes first and every key is a Command key', () => {
  const template = menuTemplate('darwin', true, none)
  expect(template.map((item) => item.label)).toEqual(['Sluice', 'File', 'Edit', 'View', 'Window', 'Help'])
  expect(flat(template).flatMap((item) => item.accelerator ?? [])).toEqual(['Command+O'])
})

test.each(['linux', 'win32', 'darwin'] as const)('on %s the developer tools are only in a checkout', (platform) => {
  const has = (packaged: boolean): boolean =>
    flat(menuTemplate(platform, packaged, none)).some((item) => item.role === 'toggleDevTools')
  expect([has(false), has(true)]).toEqual([true, false])
})

test('“Open Repository…” and “Show Log File” do what they say', () => {
  const done: string[] = []
  const items = flat(menuTemplate('linux', true, { openRepository: () => done.push('open'), showLog: () => done.push('log') }))
  for (const id of ['open-repository', 'show-log'])
    items.find((item) => item.id === id)?.click?.({} as never, undefined, {} as never)
  expect(done).toEqual(['open', 'log'])
})

/** The parts of a desktop that only have to be asked here: dialogs, menus, screens, permissions. They keep what they were told. */

import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

/** What would be on screen goes to stderr; tests put functions of their own in its place. */
function say(words: string): void {
  process.stderr.write(`[stand-in] ${words}\n`)
}

export const dialog = strict('dialog', {
  showErrorBox: (title: string, content: string) => say(`error box: ${title}: ${content}`),
  async showMessageBox(...given: readonly unknown[]) {
    const { message = '' } = given.at(-1) as { message?: string }
    say(`message box: ${message}`)
    return { response: 0, checkboxChecked: false }
  },
  showOpenDialog: async () => ({ canceled: true, filePaths: [] as string[] }),
})

export const shell = strict('shell', {
  async openExternal(url: string) {
    say(`would open ${url}`)
  },
  showItemInFolder: (path: string) => say(`would show ${path}`),
})

export const nativeTheme = strict('nativeTheme', { shouldUseDarkColors: false })

const area = { x: 0, y: 0, width: 1920, height: 1080 }
export const screen = strict('screen', { getAllDisplays: () => [{ id: 1, bounds: area, workArea: area, scaleFactor: 1 }] })

/** Handlers are kept and never asked: Chromium's own rules apply to the page. */
export const session = strict('session', {
  defaultSession: strict(
    'session.defaultSession',
    Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
      setDevicePermissionHandler: () => undefined,
    }),
  ),
})

type Template = {
  readonly label?: string
  readonly role?: string
  readonly id?: string
  readonly submenu?: readonly Template[]
  click?(): void
}
type Item = Omit<Template, 'submenu'> & { readonly submenu?: BuiltMenu }
type BuiltMenu = { readonly items: readonly Item[]; getMenuItemById(id: string): Item | null }

let applicationMenu: BuiltMenu | null = null

function build(template: readonly Template[]): BuiltMenu {
  const items = template.map(({ submenu, ...item }) => (submenu === undefined ? item : { ...item, submenu: build(submenu) }))
  const find = (id: string): Item | null =>
    items
      .map((item: Item) => (item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null)))
      .find((item) => item !== null) ?? null
  return { items, getMenuItemById: find }
}

export const Menu = strict('Menu', {
  buildFromTemplate: build,
  setApplicationMenu(menu: BuiltMenu | null) {
    applicationMenu = menu
  },
  getApplicationMenu: () => applicationMenu,
})

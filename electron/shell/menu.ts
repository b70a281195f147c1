/** The native menu, as data. Which keys it may take is decided here: none that a terminal knows. */

import type { MenuItemConstructorOptions } from 'electron'

export type MenuActions = {
  openRepository(): void
  showLog(): void
}

type Item = MenuItemConstructorOptions
const LINE: Item = { type: 'separator' }

/** Cut, copy and the like only show their keys: the page handles them, so a terminal still gets Ctrl+C. */
const EDIT: Item = {
  label: 'Edit',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    LINE,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ],
}

/**
 * Takes the platform, whether this is a packaged app, and what the items do; gives the template. On macOS the roles'
 * own Command keys are free of terminals. Elsewhere a role's Ctrl key would be taken from the terminal (Ctrl+W, Ctrl+R,
 * Ctrl+M, Ctrl+Q), and an `&` in a label would take Alt+letter; so every item there says its own key, with Shift.
 */
export function menuTemplate(platform: NodeJS.Platform, packaged: boolean, actions: MenuActions): readonly Item[] {
  const mac = platform === 'darwin'
  /** On macOS the role's own key; elsewhere this one. */
  const role = (name: NonNullable<Item['role']>, label: string, accelerator: string): Item =>
    mac ? { role: name } : { role: name, label, accelerator }

  const open: Item = {
    id: 'open-repository',
    label: 'Open Repository…',
    accelerator: mac ? 'Command+O' : 'Ctrl+Shift+O',
    click: () => actions.openRepository(),
  }
  const file: Item = {
    label: 'File',
    submenu: mac
      ? [open, LINE, { role: 'close' }]
      : [open, LINE, role('close', 'Close Window', 'Ctrl+Shift+W'), role('quit', 'Quit', 'Ctrl+Shift+Q')],
  }
  const view: Item = {
    label: 'View',
    submenu: [
      role('reload', 'Reload', 'Ctrl+Shift+R'),
      ...(packaged ? [] : [role('toggleDevTools', 'Developer Tools', 'Ctrl+Shift+I')]),
      LINE,
      role('resetZoom', 'Actual Size', 'Ctrl+Shift+0'),
      role('zoomIn', 'Zoom In', 'Ctrl+Shift+Plus'),
      role('zoomOut', 'Zoom Out', 'Ctrl+Shift+-'),
      LINE,
      role('togglefullscreen', 'Full Screen', 'F11'),
    ],
  }
  const window: Item = mac
    ? { label: 'Window', role: 'window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, LINE, { role: 'front' }] }
    : { label: 'Window', submenu: [role('minimize', 'Minimize', 'Ctrl+Shift+M')] }
  const help: Item = {
    label: 'Help',
    ...(mac ? { role: 'help' as const } : {}),
    submenu: [
      { id: 'show-log', label: 'Show Log File', click: () => actions.showLog() },
      ...(mac ? [] : [LINE, { role: 'about' as const, label: 'About Sluice' }]),
    ],
  }
  const app: Item = {
    label: 'Sluice',
    submenu: [
      { role: 'about' },
      LINE,
      { role: 'services' },
      LINE,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      LINE,
      { role: 'quit' },
    ],
  }
  return mac ? [app, file, EDIT, view, window, help] : [file, EDIT, view, window, help]
}

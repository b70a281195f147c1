/** The page over a painted House: `gallery.html?scene=busy&theme=dark&dialog=new-session`. Never part of the product. */

import { fakeCarrier } from './fake-carrier.ts'
import { SCENES } from './fixtures.ts'
import { LIFECYCLE } from './lifecycle-scenes.ts'

const wanted = new URLSearchParams(location.search)
const name = wanted.get('scene') ?? 'busy'
const painted = SCENES[name] ?? LIFECYCLE[name] ?? SCENES['empty']!
const settings = {
  ...painted.settings,
  theme: wanted.get('theme') === 'dark' ? ('dark' as const) : ('light' as const),
  density: wanted.get('density') === 'compact' ? ('compact' as const) : ('comfortable' as const),
}
const scene = { ...painted, settings }
const carrier = fakeCarrier(name, scene)
Object.defineProperty(window, 'sluice', { value: carrier })

await import('../main.tsx')
const { DIALOGS, openDialog } = await import('../state/store.ts')
const dialog = DIALOGS.find((one) => one === wanted.get('dialog'))
if (dialog !== undefined) openDialog(dialog, { at: wanted.get('at') })
if (name === 'gone') window.setTimeout(() => carrier.lose(), 300)

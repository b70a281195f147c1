/** The page over a painted House: `gallery.html?scene=busy&theme=dark&dialog=new-session`. Never part of the product. */

import { fakeCarrier } from './fake-carrier.ts'
import { SCENES } from './fixtures.ts'

const wanted = new URLSearchParams(location.search)
const name = wanted.get('scene') ?? 'busy'
const scene = SCENES[name] ?? SCENES['empty']!
const carrier = fakeCarrier(name, scene)
Object.defineProperty(window, 'sluice', { value: carrier })
localStorage.setItem('sluice.theme', JSON.stringify(wanted.get('theme') ?? 'light'))

await import('../main.tsx')
if (name === 'gone') window.setTimeout(() => carrier.lose(), 300)

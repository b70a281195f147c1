/** What the three sessions of the demonstration are asked, and what the scripted model then has the real Claude Code do. */

import { bash, edit, read, say, type Step } from '../model/scripts.ts'

export type DemoSession = {
  readonly name: string
  readonly prompt: string
  readonly scope: readonly string[]
  readonly steps: readonly Step[]
}

function commit(message: string): Step {
  return bash(`node --test && git add --all && git commit --quiet --message='${message}'`, 'Test and commit')
}

const CART = 'src/cart.js'
const TOTAL = '  return items.reduce((sum, item) => sum + item.price, 0)\n'

export const SESSIONS: readonly DemoSession[] = [
  {
    name: 'cart-quantity',
    prompt: 'The cart ignores quantities. Make total() multiply each price by its quantity (default 1), with a test.',
    scope: ['src/cart.js', 'test/cart.test.js'],
    steps: [
      read(CART),
      edit(CART, TOTAL, '  return items.reduce((sum, item) => sum + item.price * (item.quantity ?? 1), 0)\n'),
      read('test/cart.test.js'),
      edit(
        'test/cart.test.js',
        '  assert.equal(total([{ price: 450 }, { price: 900 }]), 1350)\n})\n',
        "  assert.equal(total([{ price: 450 }, { price: 900 }]), 1350)\n})\n\ntest('a price counts once for each piece', () => {\n  assert.equal(total([{ price: 450, quantity: 3 }]), 1350)\n})\n",
      ),
      commit('Count quantities in the cart'),
      say('The total now counts quantities; a missing quantity is one. The new test covers it.'),
    ],
  },
  {
    name: 'search-case',
    prompt: 'Searching for "cup" finds nothing because of the capital letter. Make search() ignore case, with a test.',
    scope: ['src/search.js', 'test/search.test.js'],
    steps: [
      read('src/search.js'),
      edit(
        'src/search.js',
        '  return PRODUCTS.filter((product) => product.name.includes(words))\n',
        '  const wanted = words.toLowerCase()\n  return PRODUCTS.filter((product) => product.name.toLowerCase().includes(wanted))\n',
      ),
      read('test/search.test.js'),
      edit(
        'test/search.test.js',
        "['cup'])\n})\n",
        "['cup'])\n})\n\ntest('capital letters do not matter', () => {\n  assert.deepEqual(search('tea').map((product) => product.id), ['tea', 'pot'])\n})\n",
      ),
      commit('Ignore case when searching'),
      say('Search ignores case now, and a test says so.'),
    ],
  },
  {
    name: 'cart-discount',
    prompt: 'Give total() a second parameter: a discount in percent that is taken off the sum.',
    scope: ['src/cart.js'],
    steps: [
      read(CART),
      edit(CART, 'export function total(items) {\n', 'export function total(items, discountPercent = 0) {\n'),
      edit(
        CART,
        TOTAL,
        '  const sum = items.reduce((sum, item) => sum + item.price, 0)\n  return Math.round(sum * (1 - discountPercent / 100))\n',
      ),
      commit('Take a discount off the cart'),
      say('total() takes a discount in percent.'),
    ],
  },
]

/** What a person would type, with the name of the script that the model plays. */
export function promptOf(session: DemoSession): string {
  return `${session.prompt}\n\nrun:${session.name}`
}

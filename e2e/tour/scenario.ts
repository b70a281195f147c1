/** What the tour finds: a small shop, and sessions that end in every state worth looking at. */

import { bash, edit, read, say, write, type Step } from '../model/scripts.ts'

export const FILES: Readonly<Record<string, string>> = {
  'README.md': '# Shop\n\nA cart, a catalogue and a search.\n',
  'package.json': '{ "name": "shop", "private": true, "scripts": { "lint": "sh check.sh", "test": "sh check.sh" } }\n',
  'check.sh': 'echo "lint: 14 files, nothing to say"\necho "test: 48 passed"\ntest ! -e broken.txt\n',
  'src/price.js':
    '/** A price in cents as text. */\nexport const price = (cents) => `$${(cents / 100).toFixed(2)}`\n\n/** The sum of a cart, in cents. */\nexport const total = (items) => items.reduce((sum, item) => sum + item.price, 0)\n',
  'src/search.js': 'export const search = (products, words) => products.filter(({ name }) => name.includes(words))\n',
  'src/login.js': "export const login = (user) => ({ user, next: '/account' })\n",
  'test/price.test.js': "import { total } from '../src/price.js'\n\nconsole.assert(total([{ price: 450 }]) === 450)\n",
}

const commit = (message: string): Step => bash(`git add --all && git commit --quiet --message="${message}"`, 'Commit')

const HOLD_MS = 3_600_000

type Planned = {
  readonly name: string
  readonly prompt: string
  readonly scope: readonly string[]
  readonly steps: readonly Step[]
  /** What `sluice session wait` waits for. */
  readonly until: string
}

const TOTAL = 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 0)\n'

/** In the order in which they start. */
export const SESSIONS: readonly Planned[] = [
  {
    name: 'cart-quantity',
    prompt: 'The cart ignores quantities. Multiply each price by its quantity.',
    scope: ['src/price.js'],
    until: 'idle',
    steps: [
      read('src/price.js'),
      edit('src/price.js', TOTAL, TOTAL.replace('item.price', 'item.price * (item.quantity ?? 1)')),
      commit('Count quantities in the cart'),
      say('The total counts quantities now; a missing quantity is one.'),
    ],
  },
  {
    name: 'cart-discount',
    prompt: 'Give total() a discount in percent.',
    scope: ['src/price.js', 'test/**'],
    until: 'idle',
    steps: [
      read('src/price.js'),
      edit('src/price.js', TOTAL, TOTAL.replace('(items)', '(items, off = 0)').replace(', 0)', ', 0) * (1 - off / 100)')),
      commit('Take a discount off the sum'),
      say('total() takes a discount in percent off the sum.'),
    ],
  },
  {
    name: 'price-format',
    prompt: 'Prices above a thousand need a separator. Keep cents.',
    scope: ['src/format.js', 'test/**', 'docs/**'],
    until: 'idle',
    steps: [
      write(
        'src/format.js',
        "const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' })\n\n/** A price in cents, as a person reads it. */\nexport const formatted = (cents) => money.format(cents / 100)\n",
      ),
      write(
        'test/format.test.js',
        "import { formatted } from '../src/format.js'\n\nconsole.assert(formatted(123456) === '$1,234.56')\nconsole.assert(formatted(5) === '$0.05')\n",
      ),
      write('docs/prices.md', '# Prices\n\nCents inside, dollars at the edge.\n'),
      commit('Write prices with separators'),
      say('Prices have separators now, and a test says so.'),
    ],
  },
  {
    name: 'login-redirect',
    prompt: 'After login, go only to pages of our own. Use zod to check the address.',
    scope: ['src/login.js', 'test/login/**'],
    until: 'needs-permission',
    steps: [
      read('src/login.js'),
      {
        text: 'I need a schema library for this.',
        tool: 'Bash',
        input: { command: 'npm install zod', description: 'Install zod' },
      },
      say('Done.'),
    ],
  },
  {
    name: 'checkout-total',
    prompt: 'Round the total at the checkout.',
    scope: [],
    until: 'asks',
    steps: [
      {
        tool: 'AskUserQuestion',
        input: {
          questions: [
            {
              question: 'Which rounding should the checkout use?',
              header: 'Rounding',
              multiSelect: false,
              options: [
                { label: 'Half up', description: 'What most customers expect' },
                { label: 'Half even', description: 'What accountants expect' },
              ],
            },
          ],
        },
      },
      say('Half up it is.'),
    ],
  },
  {
    name: 'search-ranking',
    prompt: 'Rank search results by how well they match.',
    scope: ['src/search.js'],
    until: 'working',
    steps: [read('src/search.js'), { text: 'Let me think about how to rank.', delayMs: HOLD_MS }],
  },
]

export const SCRIPTS: Readonly<Record<string, readonly Step[]>> = Object.fromEntries(
  SESSIONS.map(({ name, steps }) => [name, steps]),
)

/** What a painted House finds on its machine. Never part of the product. */

import type { Folder, Found } from '../../shared/model/found.ts'

/** What a machine with everything on it has. */
export const FOUND: Found = {
  git: { version: '2.39.5' },
  claude: { version: '2.1.329', path: '/home/ada/.local/bin/claude', login: 'yes' },
  checks: [
    { command: 'npm run lint', from: 'package.json' },
    { command: 'npm run typecheck', from: 'package.json' },
    { command: 'npm test', from: 'package.json' },
  ],
  setup: [{ command: 'npm ci', from: 'package-lock.json' }],
}

export const NOTHING_FOUND: Found = {
  git: { version: '2.39.5' },
  claude: {
    version: null,
    path: null,
    login: 'unknown',
    problem:
      'Claude Code was not found on your PATH. Install it with “npm install -g @anthropic-ai/claude-code”, or start Sluice with --claude PATH.',
  },
  checks: [],
  setup: [],
}

const PLAIN = ['archive', 'Desktop', 'Documents', 'Downloads', 'old-clients', 'Pictures', 'scratch', '.config', '.ssh']

export const FOLDERS: Folder = {
  path: '/home/ada',
  parent: '/home',
  repository: false,
  folders: [
    ...['blog', 'shop', 'shop-admin', 'dotfiles'].map((name) => ({ name, repository: true })),
    ...PLAIN.map((name) => ({ name, repository: false })),
  ],
  truncated: false,
}

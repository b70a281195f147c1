/** Tests see nothing of the machine's own Claude Code, git or Sluice settings. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

for (const name of Object.keys(process.env)) {
  if (/^(?:CLAUDE|ANTHROPIC|GIT_|SLUICE_|AI_AGENT)/u.test(name)) delete process.env[name]
}
const home = mkdtempSync(join(tmpdir(), 'sluice-home-'))
process.env['HOME'] = home
process.env['CLAUDE_CONFIG_DIR'] = join(home, '.claude')
process.env['XDG_CONFIG_HOME'] = join(home, '.config')
process.env['GIT_CONFIG_NOSYSTEM'] = '1'
process.env['TZ'] = 'UTC'
// Hosts in processes of their own start in half the time when their TypeScript is read but once.
process.env['NODE_COMPILE_CACHE'] = join(import.meta.dirname, '../node_modules/.cache/sluice-tests')
afterAll(() => rmSync(home, { recursive: true, force: true }))

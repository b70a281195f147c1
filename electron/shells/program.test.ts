/** Facts about which shell is started, with what environment. */

import { expect, test } from 'vitest'
import { environmentOf, programOf } from './program.ts'

test.each([
  ['linux', { SHELL: '/usr/bin/fish' }, { file: '/usr/bin/fish', args: [] }],
  ['linux', {}, { file: '/bin/sh', args: [] }],
  ['linux', { SHELL: 'fish' }, { file: '/bin/sh', args: [] }],
  ['darwin', { SHELL: '/bin/zsh' }, { file: '/bin/zsh', args: ['-l'] }],
  ['win32', { ComSpec: 'C:\\Windows\\cmd.exe', SHELL: '/bin/sh' }, { file: 'C:\\Windows\\cmd.exe', args: [] }],
  ['win32', {}, { file: 'cmd.exe', args: [] }],
] as const)('on %s with %o it is the user’s own', (platform, env, program) => {
  expect(programOf(env, platform)).toEqual(program)
})

test('it does not take the terminal that Sluice was started from for its own', () => {
  const env = {
    PATH: '/bin',
    TERM: 'xterm-256color',
    TERM_PROGRAM: 'iTerm.app',
    KITTY_WINDOW_ID: '1',
    TMUX: '/tmp/x',
    COLUMNS: '7',
  }
  expect(environmentOf(env, 'm')).toEqual({ PATH: '/bin', TERM: 'xterm-256color', SLUICE_SHELL: 'm' })
})

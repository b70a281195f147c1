/** What painted terminals and checks print. Never part of the product. */

const E = '\u001b'
const dim = (text: string): string => `${E}[2m${text}${E}[22m`
const bold = (text: string): string => `${E}[1m${text}${E}[22m`
const colour = (code: number, text: string): string => `${E}[${code}m${text}${E}[39m`

/** Something like what a session's terminal shows. */
export const SCREEN = [
  `${colour(33, '✻')} ${bold('Claude Code')} ${dim('v2.1.329')}`,
  dim('  ~/code/shop.worktrees/login-fix'),
  '',
  `${dim('>')} Fix the open redirect after login (#231) and add tests`,
  '',
  `${colour(32, '●')} I'll start with how ${colour(36, 'login()')} uses ${colour(36, 'next')} today.`,
  '',
  `${colour(32, '●')} ${bold('Read')}(src/auth/login.ts)`,
  dim('  ⎿  Read 22 lines'),
  '',
  `${colour(32, '●')} ${bold('Update')}(src/auth/login.ts)`,
  `  ⎿  Updated with ${colour(32, '14 additions')} and ${colour(31, '6 removals')}`,
  `       9 ${colour(31, '-  await session.open(user)')}`,
  `       9 ${colour(32, '+  await openSession(user, { days: 14 })')}`,
  '',
  `${colour(32, '●')} ${bold('Bash')}(npm install zod)`,
  dim('  ⎿  Running…'),
  '',
  `${colour(35, '╭──────────────────────────────────────────────────────╮')}`,
  `${colour(35, '│')} ${bold('Bash command')}                                         ${colour(35, '│')}`,
  `${colour(35, '│')}   npm install zod                                    ${colour(35, '│')}`,
  `${colour(35, '│')}                                                      ${colour(35, '│')}`,
  `${colour(35, '│')} Do you want to proceed?                              ${colour(35, '│')}`,
  `${colour(35, '│')} ${colour(34, '❯ 1. Yes')}                                             ${colour(35, '│')}`,
  `${colour(35, '│')}   2. Yes, and don't ask again for npm install        ${colour(35, '│')}`,
  `${colour(35, '│')}   3. No, and tell Claude what to do differently      ${colour(35, '│')}`,
  `${colour(35, '╰──────────────────────────────────────────────────────╯')}`,
].join('\r\n')

export const LOG = `$ npm run lint
${E}[32mFound 0 warnings and 0 errors.${E}[0m
$ npm test
 ${E}[32m✓${E}[0m test/auth/login.test.ts (5 tests) 41ms
 ${E}[32m✓${E}[0m test/cart/total.test.ts (12 tests) 88ms
`

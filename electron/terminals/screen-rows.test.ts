import { expect, test } from 'vitest'
import { createScreen } from './screen.ts'

/** What rebuilds the screen on which that was printed. */
function rebuilt(printed: string): Promise<string> {
  const screen = createScreen({ cols: 60, rows: 8, scrollback: 100, answer: () => undefined })
  return new Promise((resolve) => {
    screen.write(new TextEncoder().encode(printed), false, () =>
      screen.take(({ bytes }) => {
        resolve(new TextDecoder().decode(bytes))
        screen.dispose()
      }),
    )
  })
}

test('a link ends where it ended: what follows it is plain', async () => {
  const bytes = await rebuilt('\u001b]8;;https://x.example\u001b\\LINK\u001b]8;;\u001b\\ plain\r\nnext line\r\n$ ')
  expect(bytes).toContain('LINK')
  expect(bytes).toContain('\u001b]8;;\u001b\\ plain\r\nnext line\r\n$')
})

test('an underline of its own kind ends where it ended', async () => {
  const bytes = await rebuilt('\u001b[4:3mcurly\u001b[0m plain\r\n\u001b[1mbold')
  expect(bytes).toContain('4:3mcurly\u001b[0m plain\r\n\u001b[0;1mbol')
})

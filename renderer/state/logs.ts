/** Check output as text: bounded, joined without a seam, free of terminal codes. Pure; knows nothing of where it comes from. */

/** More than a person scrolls through; the end is what tells why a check failed. */
export const MAX_LOG = 200_000

/** Joins output and keeps its end, cut at a line where one is near. */
export function appendLog(log: string, text: string): string {
  const whole = log + text
  if (whole.length <= MAX_LOG) return whole
  const end = whole.slice(-MAX_LOG)
  const line = end.indexOf('\n')
  return line === -1 || line > 2000 ? end : end.slice(line + 1)
}

/**
 * Joins what came before with what streamed meanwhile. The two overlap by an unknown length, because output that was
 * on its way while the House answered is in both: the longest end of `before` that starts `streamed` counts once.
 */
export function joinLogs(before: string, streamed: string): string {
  if (streamed === '') return appendLog('', before)
  if (streamed.includes(before)) return appendLog('', streamed)
  // The failure function of Knuth, Morris and Pratt over `streamed`, then one pass over the end of `before`.
  const fall = new Uint32Array(streamed.length)
  for (let at = 1, length = 0; at < streamed.length; at += 1) {
    while (length > 0 && streamed[at] !== streamed[length]) length = fall[length - 1]!
    if (streamed[at] === streamed[length]) length += 1
    fall[at] = length
  }
  let overlap = 0
  for (let at = Math.max(0, before.length - streamed.length); at < before.length; at += 1) {
    while (overlap > 0 && (overlap === streamed.length || before[at] !== streamed[overlap])) overlap = fall[overlap - 1]!
    if (before[at] === streamed[overlap]) overlap += 1
  }
  return appendLog(before, streamed.slice(overlap))
}

// Escape sequences are control characters by definition.
const SEQUENCES =
  // oxlint-disable-next-line no-control-regex
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -/]*[0-~])/gu
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f]/gu

/** Text without colours and cursor moves; a line that was overwritten with “\r” shows its last state. */
export function plainLog(log: string): string {
  return log
    .replaceAll(SEQUENCES, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1).replace(/\r$/u, ''))
    .join('\n')
    .replaceAll(CONTROLS, '')
}

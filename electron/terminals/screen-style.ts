/** The colours and attributes of a cell as the escape sequence that sets them. Pure. */

export type Attributes = {
  isBold(): number
  isDim(): number
  isItalic(): number
  isUnderline(): number
  isBlink(): number
  isInverse(): number
  isInvisible(): number
  isStrikethrough(): number
  isOverline(): number
  isFgRGB(): boolean
  isFgPalette(): boolean
  getFgColor(): number
  getFgColorMode(): number
  isBgRGB(): boolean
  isBgPalette(): boolean
  getBgColor(): number
  getBgColorMode(): number
  readonly extended?: { readonly ext: number }
}

/** xterm.js's colour mode of the sixteen colours that have their own codes. */
const NAMED_COLOR = 0x1000000

export function style(of: Attributes): string {
  const codes = ['0']
  const { ext = 0 } = of.extended ?? {}
  const flags = [
    [of.isBold(), '1'],
    [of.isDim(), '2'],
    [of.isItalic(), '3'],
    [of.isUnderline(), (ext >>> 26) % 8 > 1 ? `4:${(ext >>> 26) % 8}` : '4'],
    [of.isBlink(), '5'],
    [of.isInverse(), '7'],
    [of.isInvisible(), '8'],
    [of.isStrikethrough(), '9'],
    [of.isOverline(), '53'],
  ] as const
  for (const [isSet, code] of flags) if (isSet !== 0) codes.push(code)
  const color = (ground: 30 | 40, isRgb: boolean, isNamed: boolean, isPalette: boolean, value: number): void => {
    if (isRgb) codes.push(`${ground + 8};2;${value >>> 16};${(value >>> 8) & 0xff};${value & 0xff}`)
    else if (isNamed) codes.push(`${value < 8 ? ground + value : ground + 52 + value}`)
    else if (isPalette) codes.push(`${ground + 8};5;${value}`)
  }
  color(30, of.isFgRGB(), of.getFgColorMode() === NAMED_COLOR, of.isFgPalette(), of.getFgColor())
  color(40, of.isBgRGB(), of.getBgColorMode() === NAMED_COLOR, of.isBgPalette(), of.getBgColor())
  return `\x1b[${codes.join(';')}m`
}

/** What the House and the screens worker say to each other, in order. Types only. */

export type ToWorker =
  | { readonly kind: 'open'; readonly id: string; readonly cols: number; readonly rows: number; readonly scrollback: number }
  /** `answer`: nobody views the terminal, so the screen itself answers what the program asks of a terminal. */
  | { readonly kind: 'write'; readonly id: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly answer: boolean }
  | { readonly kind: 'resize'; readonly id: string; readonly cols: number; readonly rows: number }
  | { readonly kind: 'screen'; readonly id: string; readonly request: number }
  | { readonly kind: 'text'; readonly id: string; readonly request: number; readonly maxLines: number }
  /** Another program begins: the screen that the last one left is no longer what was shown last. */
  | { readonly kind: 'begin'; readonly id: string }
  /** How many lines above each screen are kept from now on. */
  | { readonly kind: 'scrollback'; readonly id: string; readonly lines: number }
  /** What there is to keep over a restart: plain lines with their colours, of which the oldest go first. */
  | { readonly kind: 'keepsake'; readonly id: string; readonly request: number; readonly mostBytes: number }
  /** Shows a keepsake again, and below it a line of ours. */
  | {
      readonly kind: 'restore'
      readonly id: string
      readonly request: number
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly below: string
    }
  | { readonly kind: 'dispose'; readonly id: string }

export type FromWorker =
  | { readonly kind: 'parsed'; readonly id: string; readonly count: number }
  | { readonly kind: 'answer'; readonly id: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'screen'
      readonly request: number
      readonly cols: number
      readonly rows: number
      readonly bytes: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'text'; readonly request: number; readonly text: string }
  | { readonly kind: 'keepsake'; readonly request: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** False: it was no keepsake, and nothing of it is shown. */
  | { readonly kind: 'restored'; readonly request: number; readonly shown: boolean }

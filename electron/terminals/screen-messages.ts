/** What the House and the screens worker say to each other, in order. Types only. */

export type ToWorker =
  | { readonly kind: 'open'; readonly id: string; readonly cols: number; readonly rows: number; readonly scrollback: number }
  /** `answer`: nobody views the terminal, so the screen itself answers what the program asks of a terminal. */
  | { readonly kind: 'write'; readonly id: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly answer: boolean }
  | { readonly kind: 'resize'; readonly id: string; readonly cols: number; readonly rows: number }
  | { readonly kind: 'screen'; readonly id: string; readonly request: number }
  | { readonly kind: 'text'; readonly id: string; readonly request: number; readonly maxLines: number }
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

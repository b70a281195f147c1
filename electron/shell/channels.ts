/** The names of the Electron messages between a page's preload and the main process. Nothing else may know them. */

/** From the page, once per document: here is a new page, and the mark its messages carry. */
export const OPEN = 'sluice:open'
/** From the page, answered: one call of the contract. */
export const CALL = 'sluice:call'
/** From the page: bytes of the byte channel. */
export const POST = 'sluice:post'
/** To the page: a batch of changes. */
export const CHANGES = 'sluice:changes'
/** To the page: bytes of the byte channel. */
export const FRAME = 'sluice:frame'
/** To the page: the House has closed. */
export const LOST = 'sluice:lost'
/** From the page, answered: the user chooses a folder. */
export const CHOOSE_FOLDER = 'sluice:choose-folder'
/** From the page: the number on the app's icon. */
export const BADGE = 'sluice:badge'
/** From the page: the window to the front. */
export const FRONT = 'sluice:front'

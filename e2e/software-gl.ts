/** Lets a page draw its terminals with WebGL although only software does it here: they refuse that, as elements are faster then. */

import type { Page } from '@playwright/test'

/** A page keeps the WebGL that its browser has; the stories have most pages without, to be read. Call it before the page is opened. */
export async function keepWebgl(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype
    Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', { value: getContext, writable: false })
  })
}

/** Nobody tells the page that it is software. Call it before the page is opened. */
export async function drawInSoftware(page: Page): Promise<void> {
  await keepWebgl(page)
  await page.addInitScript(() => {
    const { getExtension } = WebGL2RenderingContext.prototype
    WebGL2RenderingContext.prototype.getExtension = function (this: WebGL2RenderingContext, name: string) {
      return name === 'WEBGL_debug_renderer_info' ? null : Reflect.apply(getExtension, this, [name])
    } as typeof getExtension
  })
}

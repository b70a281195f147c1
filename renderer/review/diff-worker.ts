/** A worker that colours diffs: the library's own, under a name that the bundler can find. */

import '@pierre/diffs/worker/worker.js'

/** The page may not compile text to code (its CSP says so); zod would try, and the console would complain. Imported first. */

import * as z from 'zod'

z.config({ jitless: true })

// Where Chromium is.

import path from 'node:path';

/** The program that starts Chromium. */
export const CHROMIUM = path.join(import.meta.dirname, 'chromium.sh');

import { existsSync } from "node:fs"

const places = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
]

/** Path of the Chromium executable; undefined if there is none. */
export const chromiumPath = () => places.find((path) => path !== undefined && existsSync(path))

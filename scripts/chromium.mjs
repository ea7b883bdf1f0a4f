import { existsSync } from "node:fs"

const places = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
]

/** The executable, if there is one. */
export const chromiumPath = () => places.find((path) => path !== undefined && existsSync(path))

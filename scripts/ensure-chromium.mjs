// Makes sure that Chromium is installed for test/browser. On Debian and Ubuntu as root (containers, CI) it installs a
// missing one, with fonts for the scripts on the tested pages; elsewhere it prints how to install it. `CHROMIUM_PATH`
// names an executable in another place.
import { chromiumPath } from "./chromium.mjs"
import { install, mayInstall } from "./debian.mjs"

if (chromiumPath() === undefined && mayInstall) {
  install(["chromium", "fonts-noto-cjk", "fonts-noto-color-emoji"], {
    of: "Chromium",
    for: "the browser tests",
    recommended: true
  })
}

if (chromiumPath() === undefined) {
  process.stderr.write(
    "The browser tests need Chromium: install it (on Debian and Ubuntu `apt install chromium`), or name its executable in CHROMIUM_PATH.\n"
  )
  process.exitCode = 1
}

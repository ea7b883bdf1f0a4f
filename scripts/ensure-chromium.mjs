// Makes sure that Chromium is installed for test/browser. On Debian and Ubuntu as root (containers, CI) it installs a
// missing one, with fonts for the scripts on the tested pages; elsewhere it prints how to install it. `CHROMIUM_PATH`
// names an executable in another place.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { chromiumPath } from "./chromium.mjs"

/** @param {ReadonlyArray<string>} args */
const apt = (...args) =>
  spawnSync("apt-get", ["-qq", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  }).status === 0

if (chromiumPath() === undefined && existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
  process.stderr.write("Installing Chromium for the browser tests, once …\n")
  apt("update") && apt("install", "-y", "chromium", "fonts-noto-cjk", "fonts-noto-color-emoji")
}

if (chromiumPath() === undefined) {
  process.stderr.write(
    "The browser tests need Chromium: install it (on Debian and Ubuntu `apt install chromium`), or name its executable in CHROMIUM_PATH.\n"
  )
  process.exitCode = 1
}

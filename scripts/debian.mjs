// Packages of Debian and Ubuntu that tests need.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

/** Whether this process may install packages: on Debian or Ubuntu, as root. */
export const mayInstall = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0

/** Whether installed services stay off, because no systemd runs that would start them (containers, CI). */
export const servicesStayOff = !existsSync("/run/systemd/system")

/** @param {ReadonlyArray<string>} args */
const apt = (...args) =>
  spawnSync("apt-get", ["-qq", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  }).status === 0

/**
 * Installs packages and says so, with those that they recommend only if `recommended` is set. Does not check whether it
 * worked. @param {ReadonlyArray<string>} packages
 * @param {{ readonly of: string, readonly for: string, readonly recommended?: boolean }} options
 */
export const install = (packages, options) => {
  process.stderr.write(`Installing ${options.of} for ${options.for}, once …\n`)
  const without = options.recommended === true ? [] : ["--no-install-recommends"]
  if (apt("update")) apt("install", "-y", ...without, ...packages)
}

// Makes sure that the tools of test/faults are installed: strace, libfaketime, mkfs.ext4 and setpriv. On Debian and
// Ubuntu as root (containers, CI) it installs missing ones; elsewhere it names them, and the suite skips the faults
// that need them and lists those.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

const tools = [
  { name: "strace", package: "strace" },
  { name: "faketime", package: "faketime" },
  { name: "mkfs.ext4", package: "e2fsprogs" },
  { name: "losetup", package: "mount" },
  { name: "setpriv", package: "util-linux" }
]

const missing = () =>
  tools.filter(({ name }) => spawnSync("sh", ["-c", `command -v ${name} || ls /sbin/${name}`]).status !== 0)

/** @param {ReadonlyArray<string>} args */
const apt = (...args) =>
  spawnSync("apt-get", ["-qq", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  }).status === 0

const wanted = missing().map((tool) => tool.package)
if (wanted.length > 0 && existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
  process.stderr.write(`Installing ${wanted.join(", ")} for the fault suite, once …\n`)
  apt("update") && apt("install", "-y", ...wanted)
}

const still = missing()
if (still.length > 0) {
  const names = still.map(({ name, package: from }) => `${name} (on Debian and Ubuntu \`apt install ${from}\`)`)
  process.stderr.write(`Faults that take ${names.join(", ")} are not caused here; each is named at the end.\n`)
  // CI must run every fault.
  if (process.env.CI !== undefined && process.env.CI !== "" && process.env.CI !== "false") process.exitCode = 1
}

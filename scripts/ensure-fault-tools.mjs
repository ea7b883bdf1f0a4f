// Makes sure that the tools of test/faults are installed: strace, libfaketime, mkfs.ext4 and setpriv. On Debian and
// Ubuntu as root (containers, CI) it installs missing ones; elsewhere it names them, and the suite skips the faults
// that need them and lists those.
import { spawnSync } from "node:child_process"
import { install, mayInstall } from "./debian.mjs"

const tools = [
  { name: "strace", package: "strace" },
  { name: "faketime", package: "faketime" },
  { name: "mkfs.ext4", package: "e2fsprogs" },
  { name: "losetup", package: "mount" },
  { name: "setpriv", package: "util-linux" }
]

const missing = () =>
  tools.filter(({ name }) => spawnSync("sh", ["-c", `command -v ${name} || ls /sbin/${name}`]).status !== 0)

const wanted = missing().map((tool) => tool.package)
if (wanted.length > 0 && mayInstall)
  install(wanted, { of: wanted.join(", "), for: "the fault suite", recommended: true })

const still = missing()
if (still.length > 0) {
  const names = still.map(({ name, package: from }) => `${name} (on Debian and Ubuntu \`apt install ${from}\`)`)
  process.stderr.write(`Faults that take ${names.join(", ")} are not caused here; each is named at the end.\n`)
  // CI must run every fault.
  if (process.env.CI !== undefined && process.env.CI !== "" && process.env.CI !== "false") process.exitCode = 1
}

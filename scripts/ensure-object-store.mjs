// Makes sure that an S3-compatible object store is installed, for the suites that run over one: OpenStack Swift. On Debian and
// Ubuntu as root in containers (CI) it installs a missing one; elsewhere it says so, and those suites are skipped. The tests
// start a server of their own in one process, and never use one that runs.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

const modules = "import eventlet, swift.proxy, swift.account, swift.container, swift.obj"

/** As `test/fixtures/ObjectStore.ts` looks for it. */
const isThere = () => spawnSync("/usr/bin/python3", ["-c", modules], { stdio: "ignore" }).status === 0

/** @param {ReadonlyArray<string>} args */
const apt = (...args) =>
  spawnSync("apt-get", ["-qq", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  }).status === 0

const mayInstall = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0 && !existsSync("/run/systemd/system")

if (!isThere() && mayInstall) {
  process.stderr.write("Installing OpenStack Swift for the tests, once …\n")
  apt("update") &&
    apt("install", "-y", "--no-install-recommends", "swift-proxy", "swift-account", "swift-container", "swift-object")
}

if (!isThere()) {
  process.stderr.write("There is no OpenStack Swift for /usr/bin/python3.\n")
  process.exitCode = 1
}

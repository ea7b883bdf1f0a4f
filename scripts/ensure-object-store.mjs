// Makes sure that an S3-compatible object store is installed, for the suites that run over one: OpenStack Swift. On Debian and
// Ubuntu as root in containers (CI) it installs a missing one; elsewhere it says so, and those suites are skipped. The tests
// start a server of their own in one process, and never use one that runs.
import { spawnSync } from "node:child_process"
import { install, mayInstall, servicesStayOff } from "./debian.mjs"

const modules = "import eventlet, swift.proxy, swift.account, swift.container, swift.obj"

/** As `test/fixtures/ObjectStore.ts` looks for it. */
const isThere = () => spawnSync("/usr/bin/python3", ["-c", modules], { stdio: "ignore" }).status === 0

if (!isThere() && mayInstall && servicesStayOff) {
  install(["swift-proxy", "swift-account", "swift-container", "swift-object"], {
    of: "OpenStack Swift",
    for: "the tests"
  })
}

if (!isThere()) {
  process.stderr.write("There is no OpenStack Swift for /usr/bin/python3.\n")
  process.exitCode = 1
}

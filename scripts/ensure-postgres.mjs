// Makes sure that a server of PostgreSQL is installed, for the suites that run over it. On Debian and Ubuntu as root in
// containers (CI) it installs a missing one; elsewhere it says so, and those suites are skipped. The tests start servers of
// their own, as an unprivileged user, and never use one that runs.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

/** Newest first, as the tests look for it (`test/fixtures/Postgres.ts`). */
const isThere = () => [18, 17, 16, 15, 14].some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`))

/** @param {ReadonlyArray<string>} args */
const apt = (...args) =>
  spawnSync("apt-get", ["-qq", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  }).status === 0

const mayInstall = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0 && !existsSync("/run/systemd/system")

if (!isThere() && mayInstall) {
  process.stderr.write("Installing PostgreSQL for the tests, once …\n")
  apt("update") && apt("install", "-y", "--no-install-recommends", "postgresql")
}

if (!isThere()) {
  process.stderr.write("There is no PostgreSQL of version 14 to 18 under /usr/lib/postgresql.\n")
  process.exitCode = 1
}

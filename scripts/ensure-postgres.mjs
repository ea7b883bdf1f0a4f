// Makes sure that a server of PostgreSQL is installed, for the suites that run over it. On Debian and Ubuntu as root in
// containers (CI) it installs a missing one; elsewhere it says so, and those suites are skipped. The tests start servers of
// their own, as an unprivileged user, and never use one that runs.
import { existsSync } from "node:fs"
import { install, mayInstall, servicesStayOff } from "./debian.mjs"

/** Newest first, as the tests look for it (`test/fixtures/Postgres.ts`). */
const isThere = () => [18, 17, 16, 15, 14].some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`))

if (!isThere() && mayInstall && servicesStayOff) install(["postgresql"], { of: "PostgreSQL", for: "the tests" })

if (!isThere()) {
  process.stderr.write("There is no PostgreSQL of version 14 to 18 under /usr/lib/postgresql.\n")
  process.exitCode = 1
}

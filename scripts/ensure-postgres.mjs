// Makes sure that a PostgreSQL server is installed, for the suites that run over it, and PgBouncer, for one. On Debian and Ubuntu as root in
// containers (CI) it installs a missing one; elsewhere it says so, and those suites are skipped. The tests start servers of
// their own, as an unprivileged user, and never use one that runs.
import { existsSync } from "node:fs"
import { install, mayInstall, servicesStayOff } from "./debian.mjs"

/** Newest first, as the tests look for it (`test/fixtures/Postgres.ts`). */
const isThere = () => [18, 17, 16, 15, 14].some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`))

const hasPooler = () => existsSync("/usr/sbin/pgbouncer")

if (!(isThere() && hasPooler()) && mayInstall && servicesStayOff) {
  install(["postgresql", "pgbouncer"], { of: "PostgreSQL and PgBouncer", for: "the tests" })
}

if (!isThere()) {
  process.stderr.write("There is no PostgreSQL of version 14 to 18 under /usr/lib/postgresql.\n")
  process.exitCode = 1
}
if (!hasPooler()) process.stderr.write("There is no PgBouncer: test/layers/postgres/Pooler.test.ts is skipped.\n")

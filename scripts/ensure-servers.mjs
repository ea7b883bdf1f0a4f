// Makes sure that the programs of test/deployment are installed: systemd (never the machine's own), nginx, Caddy and HAProxy,
// and curl and openssl to make requests. On Debian and Ubuntu as root in containers (CI) it installs missing ones;
// elsewhere it names them, and the tests that need them are skipped. It installs nothing where systemd runs, since that
// would also start the installed services.
import { existsSync } from "node:fs"
import { install, mayInstall, servicesStayOff } from "./debian.mjs"

const needed = [
  { package: "systemd", file: "/lib/systemd/systemd" },
  { package: "nginx-light", file: "/usr/sbin/nginx" },
  { package: "caddy", file: "/usr/bin/caddy" },
  { package: "haproxy", file: "/usr/sbin/haproxy" },
  { package: "curl", file: "/usr/bin/curl" },
  { package: "openssl", file: "/usr/bin/openssl" },
  { package: "passwd", file: "/usr/sbin/useradd" },
  { package: "procps", file: "/usr/bin/pgrep" }
]

const missing = () => needed.filter(({ file }) => !existsSync(file)).map((program) => program.package)

if (missing().length > 0 && mayInstall && servicesStayOff) {
  install(missing(), { of: missing().join(", "), for: "the tests of the deployment guide" })
}

if (missing().length > 0) {
  process.stderr.write(`Tests of the deployment guide are left out where they need: ${missing().join(", ")}.\n`)
}

/** The three floors: scripts → layers → src. Arrows only point down. */
module.exports = {
  forbidden: [
    {
      name: "src-is-the-ground-floor",
      comment: "src says what StarPunk is; it imports no layer, no script, no test",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(layers|scripts|test)/" }
    },
    {
      name: "src-knows-no-technology",
      comment: "src knows no driver, no Node module and no platform binding",
      severity: "error",
      from: { path: "^src/" },
      to: {
        path: "node_modules/(better-sqlite3|@effect/platform-node|@effect/cli)/|^(node:)?(fs|http|https|net|os|path|child_process|worker_threads|crypto|process)$"
      }
    },
    {
      name: "layers-do-not-climb",
      comment: "layers implement what src declares; they are composed by scripts",
      severity: "error",
      from: { path: "^layers/" },
      to: { path: "^(scripts|test)/" }
    },
    {
      name: "domain-is-pure",
      comment: "the domain knows no service, no page and no catalogue of failures",
      severity: "error",
      from: { path: "^src/domain/" },
      to: { path: "^src/(services|web|background)/|^src/errors/(Catalogue|Failure)\\." }
    },
    {
      name: "services-know-no-pages",
      severity: "error",
      from: { path: "^src/(services|errors|background)/" },
      to: { path: "^src/web/" }
    },
    {
      name: "no-test-in-the-program",
      severity: "error",
      from: { path: "^scripts/" },
      to: { path: "^test/" }
    },
    {
      name: "liveness-never-meets-the-database",
      comment: "a dead database must not get the process restarted",
      severity: "error",
      from: { path: "^src/web/health/Live" },
      to: { path: "services/(SqlPool|Posts|SearchEngine)" }
    },
    {
      name: "one-way-out",
      comment: "SafeHttp checks where a request goes; nothing else speaks to servers that the operator did not name",
      severity: "error",
      from: {
        path: "^(src|layers)/",
        pathNot: "^layers/(outbound/(SafeHttp|OutboundHop)|telemetry/Collector|s3/Connection)\\.ts$"
      },
      to: { path: "node_modules/undici/" }
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }
    }
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    exclude: { path: "^(dist|data|.cache)/" }
  }
}

import * as Search from "../layers/postgres/search/SearchEngine.js"
import * as Testing from "../layers/Testing.js"
import * as Postgres from "./fixtures/Postgres.js"

// `STARPUNK_TESTS_DATABASE=postgresql npx vitest run --project web` runs the suites of routes over PostgreSQL.
if (process.env.STARPUNK_TESTS_DATABASE === "postgresql") {
  if (Postgres.whyNot !== undefined) throw new Error(Postgres.whyNot)
  Testing.useDatabase({ database: (options) => Postgres.database({ ...options, readers: 2 }), search: Search.layer })
}

import * as Search from "../layers/postgres/search/SearchEngine.js"
import * as Testing from "../layers/Testing.js"
import * as Postgres from "./fixtures/Postgres.js"
import { isOverPostgres } from "./fixtures/SiteEngine.js"

// `npm run test:postgres` runs the suites of routes over PostgreSQL, and `npm run test:instances` over three instances of
// each site, behind a balancer that sends each connection to the next one.
if (isOverPostgres) {
  if (Postgres.whyNot !== undefined) throw new Error(Postgres.whyNot)
  Testing.useDatabase({
    database: Postgres.newDatabase,
    search: Search.layer,
    instances: Number(process.env.STARPUNK_TESTS_INSTANCES ?? 1)
  })
}

import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { RoutePolicy } from "../../src/web/http/RoutePolicy.js"
import { generatedFrom, markdownTable } from "./Markdown.js"

interface Route extends RoutePolicy {
  readonly method: string
  readonly route: string
}

/** Settings of a server in development mode, which has all routes. */
const settings = (directory: string) => ({
  PATH: process.env.PATH,
  STARPUNK_DATA_PATH: directory,
  STARPUNK_SITE_URL: "http://localhost:8000",
  STARPUNK_PORT: "0",
  STARPUNK_LOG_LEVEL: "DEBUG",
  STARPUNK_LOG_FORMAT: "json",
  STARPUNK_DEV_MODE: "true"
})

/** Reads the routes from the log of a starting server, which lists them at DEBUG. */
const routesOf = async (directory: string): Promise<ReadonlyArray<Route>> => {
  const program = fileURLToPath(new URL("starpunk.js", import.meta.url))
  const server = spawn(process.execPath, [program, "serve"], {
    cwd: directory,
    env: settings(directory),
    stdio: ["ignore", "pipe", "inherit"]
  })
  const routes: Array<Route> = []
  for await (const line of createInterface({ input: server.stdout })) {
    const record = JSON.parse(line)
    if (record.message === "Route") routes.push(record)
    if (record.message === "StarPunk is ready") server.kill("SIGTERM")
  }
  return routes
}

const bytes = (count: number): string => {
  if (count === 0) return "–"
  return count >= 1_048_576 ? `${Math.round(count / 1_048_576)} MiB` : `${Math.round(count / 1024)} KiB`
}

/** Replaces the content hash in the name of a static file. */
const withoutHash = (template: string): string => template.replace(/^(\/static\/[a-z-]+)-[0-9a-z]+(\.\w+)$/, "$1-*$2")

const row = (route: Route): ReadonlyArray<string> => [
  `\`${route.method} ${withoutHash(route.route)}\``,
  route.caller,
  route.limits.join(", ") || "–",
  bytes(route.maxBody) + (route.takesFiles ? " + files" : ""),
  route.origin,
  route.headers,
  route.cache,
  route.errors,
  route.activity ? "listed" : "–",
  route.whileStarting ? "answers" : "waits"
]

/** `docs/routes.md`. */
export const routes = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), "starpunk-routes-"))
  try {
    const known = await routesOf(directory)
    const sorted = known.toSorted((a, b) => a.route.localeCompare(b.route) || a.method.localeCompare(b.method))
    return `${generatedFrom("the policies of the routes in src/web/")}

# Routes

Every route states its policy in a \`RoutePolicy\` (\`src/web/http/RoutePolicy.ts\`), and the pipeline applies it. A route for
the owner or for apps does not compile without the middleware that authenticates its caller.

- **Caller**: \`owner\` has a session; \`proven_owner\` proved within the last minutes to be the owner; \`app\` sends a bearer
  token; \`probe\` is a machine that asks for health or metrics; \`anyone\` needs nothing.
- **Limits**: the rate limits that a request counts against, by client address.
- **Body**: the largest form or JSON that is read.
- **Origin**: which pages may send unsafe requests. \`any\` answers with CORS headers.
- **Headers**: the class of security headers.
- **Errors**: format of errors for programs: RFC 9457 (\`problem\`) or OAuth 2.0 (\`oauth\`).
- **Activity**: whether requests are listed on the owner's activity page.
- **Start**: whether the route answers while the site is starting.

${markdownTable(
  ["Route", "Caller", "Limits", "Body", "Origin", "Headers", "Cache-Control", "Errors", "Activity", "Start"],
  sorted.map(row)
)}
`
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { defineConfig, defineProject } from "vitest/config"
import type { ProjectConfig } from "vitest/node"
import { viteBrowserScripts } from "./scripts/browser-scripts.mjs"
import { viteFontFiles } from "./scripts/fonts.mjs"
import { viteStylesheets } from "./scripts/stylesheets.mjs"
import { isOverInstances } from "./test/fixtures/SiteEngine.js"
import { LongestFirst } from "./test/LongestFirst.js"

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"))

/** Suites that replace a module or the clock of the process: each runs in a thread with modules of its own. */
const isolated = [
  "test/layers/backup/CarryOut.test.ts",
  "test/layers/backup/RestoreSteps.test.ts",
  "test/layers/conformance/Renderer.test.ts",
  "test/layers/log/LogSink.test.ts",
  "test/layers/outbound/SafeHttp.test.ts",
  "test/web/http/StoredRenderings.test.ts"
]

/**
 * Suites of what each instance has for itself ([decision 48](docs/decisions/0048-instances.md)): limits that protect its machine, the
 * import that it runs, and an activity log in the memory of the test.
 */
const ofEachInstance = isOverInstances
  ? ["test/web/http/RateLimits.test.ts", "test/web/Imports.test.ts", "test/web/http/Trace.test.ts"]
  : []

const tests = (...folders: ReadonlyArray<string>) => folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`)

const common = {
  plugins: [...viteBrowserScripts, ...viteFontFiles, ...viteStylesheets],
  define: { __STARPUNK_VERSION__: JSON.stringify(version) },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" } as const,
  resolve: {
    alias: [{ find: /^rel-parser$/, replacement: fileURLToPath(new URL("test/client/RelParser.js", import.meta.url)) }]
  }
}

const limits = {
  // A bound against a stall, not a measure: a busy machine takes many times as long.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 60_000 } },
  server: { deps: { inline: ["micropub-helper"] } },
  // Retries hide races. CI repeats a failed test once and `test/Retries.ts` reports it.
  retry: process.env.CI === undefined ? 0 : 1
}

/** Loaded only when asked for, because it takes longer than many a suite. */
const overPostgres = process.env.STARPUNK_TESTS_DATABASE === undefined ? [] : ["test/overPostgres.ts"]

/** Suites that share a process and its loaded modules. Loading Effect and the site takes longer than most suites run. */
const shared = (name: string, include: ReadonlyArray<string>, more: Pick<ProjectConfig, "globalSetup"> = {}) =>
  defineProject({
    ...common,
    test: {
      ...limits,
      name,
      include: [...include],
      exclude: [...isolated, ...ofEachInstance],
      isolate: false,
      setupFiles: ["test/resetProcess.ts", "test/temporaryFiles.ts", ...overPostgres],
      ...more
    }
  })

/** Suites that run the shipped program. */
const ofBundle = (name: string, include: ReadonlyArray<string>) =>
  shared(name, include, { globalSetup: "test/ensureBundle.ts" })

const web = ["test/web/*.test.ts", ...tests("web/http")]

const layers = tests(
  ...["conformance", "sqlite", "postgres", "search", "portability", "outbound", "s3"].map(
    (folder) => `layers/${folder}`
  )
)

const ofProcess = tests("web/server", "layers/log", "supply")

const program = tests("program", "fuzz", "layers/backup", "browser", "deployment")

/**
 * With `STARPUNK_SUITES=together`, as `npm test` sets it, one project of what are several tiers otherwise. A project begins
 * only after the last suite of the one before, and loads and compiles the site again; and suites that wait for programs
 * leave the processor to those that need it. So it takes a tenth less. `test/resetProcess.ts` resets what suites share.
 */
const tiers =
  process.env.STARPUNK_SUITES === "together"
    ? [ofBundle("all", [...web, ...layers, ...ofProcess, ...program])]
    : [shared("web", web), shared("layers", layers), shared("process", ofProcess), ofBundle("program", program)]

export default defineConfig({
  ...common,
  test: {
    // `npm test` sets both limits to 3. With a lower minimum, tinypool 1.1.1 stops an idle worker twice as long as more than
    // the minimum are left, and its rejected promise ends the run.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Vitest reads these here only: what a project says of them does not count.
    poolOptions: {
      // Most of what a test makes outlives the collections of a small young generation, which take 2 % to 3 % of the processor.
      forks: { isolate: false, execArgv: ["--min-semi-space-size=16", "--max-semi-space-size=32"] },
      threads: { isolate: true, minThreads: 1, maxThreads: 1 }
    },
    reporters: ["default", "./test/Retries.ts"],
    projects: [
      shared("unit", ["test/*.test.ts", ...tests("unit", "background", "layers/health", "layers/http")]),
      defineProject({
        ...common,
        test: {
          ...limits,
          name: "isolated",
          include: isolated,
          pool: "threads",
          setupFiles: ["test/temporaryFiles.ts"],
          // The suite of `Renderer` runs the thread of the bundle.
          globalSetup: "test/ensureBundle.ts"
        }
      }),
      ...tiers
    ]
  }
})

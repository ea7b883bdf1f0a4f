import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { defineConfig, defineProject } from "vitest/config"
import { viteBrowserScripts } from "./scripts/browser-scripts.mjs"
import { viteStylesheets } from "./scripts/stylesheets.mjs"

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"))

/** Suites that replace a module or the clock of the process: they need a process of their own. */
const isolated = [
  "test/layers/backup/CarryOut.test.ts",
  "test/layers/backup/RestoreSteps.test.ts",
  "test/layers/log/LogSink.test.ts",
  "test/layers/outbound/SafeHttp.test.ts"
]

const tests = (...folders: ReadonlyArray<string>) => folders.map((folder) => `test/${folder}/**/*.test.{ts,tsx}`)

const inLayers = (folder: string) => `layers/${folder}`

const common = {
  plugins: [...viteBrowserScripts, ...viteStylesheets],
  define: { __STARPUNK_VERSION__: JSON.stringify(version) },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" } as const,
  resolve: {
    alias: [{ find: /^rel-parser$/, replacement: fileURLToPath(new URL("test/client/RelParser.js", import.meta.url)) }]
  }
}

const limits = {
  testTimeout: 30_000,
  hookTimeout: 120_000,
  server: { deps: { inline: ["micropub-helper"] } },
  // Retries hide races. CI repeats a failed test once and `test/Retries.ts` reports it.
  retry: process.env.CI === undefined ? 0 : 1
}

/** Suites that share a process and its loaded modules. Loading Effect and the site takes longer than most suites run. */
const shared = (name: string, include: ReadonlyArray<string>) =>
  defineProject({
    ...common,
    test: {
      ...limits,
      name,
      include: [...include],
      exclude: isolated,
      isolate: false,
      setupFiles: ["test/restoreTesters.ts"]
    }
  })

/** Suites with a process each. */
const alone = (name: string, include: ReadonlyArray<string>) =>
  defineProject({ ...common, test: { ...limits, name, include: [...include] } })

/** Suites with a process each that run the shipped program. */
const ofBundle = (name: string, include: ReadonlyArray<string>) =>
  defineProject({
    ...common,
    test: { ...limits, name, include: [...include], exclude: isolated, globalSetup: ["test/ensureBundle.ts"] }
  })

export default defineConfig({
  ...common,
  test: {
    maxWorkers: 2,
    reporters: ["default", "./test/Retries.ts"],
    projects: [
      shared("unit", [
        "test/*.test.ts",
        ...tests("unit", "background", "layers/health", "layers/http", "layers/media")
      ]),
      shared("web", ["test/web/*.test.ts", ...tests("web/http")]),
      shared("layers", tests(...["conformance", "sqlite", "search", "portability", "outbound"].map(inLayers))),
      alone("process", [...isolated, ...tests("web/server", "layers/log", "supply")]),
      ofBundle("program", tests("program", "fuzz", "layers/backup")),
      ofBundle("browser", tests("browser")),
      ofBundle("deployment", tests("deployment"))
    ]
  }
})

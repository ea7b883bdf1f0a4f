import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import { viteBrowserScripts } from "./scripts/browser-scripts.mjs"

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"))

export default defineConfig({
  plugins: viteBrowserScripts,
  define: { __STARPUNK_VERSION__: JSON.stringify(version) },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  resolve: {
    alias: [{ find: /^rel-parser$/, replacement: fileURLToPath(new URL("test/client/RelParser.js", import.meta.url)) }]
  },
  test: {
    server: { deps: { inline: ["micropub-helper"] } },
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // A browser that hangs on a busy machine is asked once more; a fault of ours fails again.
    retry: process.env.CI === undefined ? 0 : 1
  }
})

import { readFileSync } from "node:fs"
import { defineConfig } from "vitest/config"
import { viteBrowserScripts } from "./scripts/browser-scripts.mjs"

const { version } = JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8"))

export default defineConfig({
  plugins: viteBrowserScripts,
  define: { __STARPUNK_VERSION__: JSON.stringify(version) },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2
  }
})

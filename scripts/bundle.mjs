// How esbuild bundles the program: shared by `scripts/build.mjs` and `scripts/dev.mjs`.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { browserScripts } from "./browser-scripts.mjs"
import { stylesheets } from "./stylesheets.mjs"

export const root = fileURLToPath(new URL("..", import.meta.url))

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))

export const defines = { __STARPUNK_VERSION__: JSON.stringify(version) }

/** @type {import("esbuild").BuildOptions} */
export const common = {
  absWorkingDir: root,
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  jsx: "automatic",
  jsxImportSource: "preact",
  // A native addon finds its binary beside its own package. The list of passwords would be read at every start.
  external: ["better-sqlite3", "sharp", "@zxcvbn-ts/language-common"],
  plugins: [browserScripts, stylesheets],
  // Names stay, for readable stack traces and for whatever looks at a class's name.
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: "linked",
  logLevel: "warning"
}

/**
 * Parts of libraries that no path of the server leads to, though they would be loaded at every start: WebSockets (none
 * are served), property tests (of Schema), and the parser of style attributes (none are let through).
 * @type {import("esbuild").Plugin}
 */
const withoutUnused = {
  name: "without what the server never uses",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^(ws|fast-check|postcss)$/ }, ({ path }) => ({ path, namespace: "unused" }))
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = {}", loader: "js" }))
  }
}

/**
 * The command line starts the server as it lies beside it.
 * @type {import("esbuild").Plugin}
 */
const serverBeside = {
  name: "the server is a program of its own",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/serve\.js$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./serve.cjs", external: true } : undefined
    )
  }
}

/**
 * The server, the command line, their database threads and their rendering thread: scripts, since V8 keeps compiled code of
 * scripts only (Node 20 has no cache for modules).
 * @type {import("esbuild").BuildOptions}
 */
export const serverOptions = {
  ...common,
  entryPoints: {
    serve: "scripts/serve.ts",
    cli: "scripts/cli.ts",
    worker: "layers/sqlite/pool/worker.js",
    renderer: "layers/rendering/RenderingThread.ts"
  },
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  plugins: [browserScripts, stylesheets, withoutUnused, serverBeside],
  // A script that is run from V8's cache has nobody who could import for it: what is loaded late is required.
  supported: { "dynamic-import": false },
  // Local names are the larger part of what V8 has to read; methods and spans keep theirs.
  minify: true,
  define: { ...defines, "import.meta.url": "__importMetaUrl" },
  banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' }
}

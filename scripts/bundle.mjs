// esbuild options, shared by `scripts/build.mjs` and `scripts/dev.mjs`.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { browserScripts } from "./browser-scripts.mjs"
import { fontFiles } from "./fonts.mjs"
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
  // Native addons find their binary relative to their own package. The password list, if bundled, would be parsed at
  // every start.
  // Only sites on PostgreSQL load `pg`.
  external: ["better-sqlite3", "sharp", "@zxcvbn-ts/language-common", "pg"],
  plugins: [browserScripts, fontFiles, stylesheets],
  // Identifiers are kept, for readable stack traces and for code that reads class names.
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: "linked",
  logLevel: "warning"
}

/**
 * Replaces parts of libraries that the server never runs but would load at every start: WebSockets (none are served),
 * property tests (of Schema), the parser of style attributes (none are allowed) and MessagePack (which looks for a native addon).
 * @type {import("esbuild").Plugin}
 */
const withoutUnused = {
  name: "without what the server never uses",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^(ws|fast-check|postcss|msgpackr)$/ }, ({ path }) => ({ path, namespace: "unused" }))
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = {}", loader: "js" }))
  }
}

/**
 * Makes the command line load the server from the file beside it.
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
 * Bundles the JavaScript of better-sqlite3, whose fifteen files each thread would load. The addon stays in its package; the
 * library's own search for it runs only if it is not in its usual place.
 * @type {import("esbuild").Plugin}
 */
const databaseDriver = {
  name: "the database driver beside its addon",
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^bindings$/ }, ({ path }) => ({ path, namespace: "addon" }))
    onLoad({ filter: /.*/, namespace: "addon" }, () => ({
      contents: `
        const { createRequire } = require("node:module")
        const { dirname, join } = require("node:path")
        module.exports = (name) => {
          const home = createRequire(__filename).resolve("better-sqlite3/package.json")
          const load = createRequire(home)
          try {
            return load(join(dirname(home), "build/Release", name))
          } catch {
            return load("bindings")({ bindings: name, module_root: dirname(home) })
          }
        }`,
      loader: "js"
    }))
  }
}

/**
 * The server, the command line, and their threads for the database, rendering and pages of other sites. They are CommonJS scripts, since V8's code
 * cache supports only scripts (Node 20 has none for modules).
 * @type {import("esbuild").BuildOptions}
 */
export const serverOptions = {
  ...common,
  entryPoints: {
    serve: "scripts/serve.ts",
    cli: "scripts/cli.ts",
    worker: "layers/sqlite/pool/worker.js",
    pages: "layers/outbound/PageThread.ts",
    renderer: "layers/rendering/RenderingThread.ts"
  },
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  external: common.external?.filter((name) => name !== "better-sqlite3") ?? [],
  plugins: [browserScripts, fontFiles, stylesheets, withoutUnused, serverBeside, databaseDriver],
  // A script from V8's code cache has no `import()` callback, so that lazy imports become `require`.
  supported: { "dynamic-import": false },
  // Local names are most of the text that V8 parses; methods and spans keep their names.
  minify: true,
  define: { ...defines, "import.meta.url": "__importMetaUrl" },
  banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' }
}

// A CommonJS file, because Markdown is rendered synchronously, and modules cannot be loaded so. Everything is loaded
// when a text needs it: together it takes more than 20 ms.

/** @type {() => import("highlight.js").HLJSApi} */
exports.core = () => require("highlight.js/lib/core")

/** @type {Readonly<Record<string, () => import("highlight.js").LanguageFn>>} */
exports.grammars = {
  bash: () => require("highlight.js/lib/languages/bash"),
  c: () => require("highlight.js/lib/languages/c"),
  cpp: () => require("highlight.js/lib/languages/cpp"),
  csharp: () => require("highlight.js/lib/languages/csharp"),
  css: () => require("highlight.js/lib/languages/css"),
  diff: () => require("highlight.js/lib/languages/diff"),
  dockerfile: () => require("highlight.js/lib/languages/dockerfile"),
  elixir: () => require("highlight.js/lib/languages/elixir"),
  go: () => require("highlight.js/lib/languages/go"),
  graphql: () => require("highlight.js/lib/languages/graphql"),
  haskell: () => require("highlight.js/lib/languages/haskell"),
  http: () => require("highlight.js/lib/languages/http"),
  ini: () => require("highlight.js/lib/languages/ini"),
  java: () => require("highlight.js/lib/languages/java"),
  javascript: () => require("highlight.js/lib/languages/javascript"),
  json: () => require("highlight.js/lib/languages/json"),
  kotlin: () => require("highlight.js/lib/languages/kotlin"),
  latex: () => require("highlight.js/lib/languages/latex"),
  less: () => require("highlight.js/lib/languages/less"),
  lua: () => require("highlight.js/lib/languages/lua"),
  makefile: () => require("highlight.js/lib/languages/makefile"),
  markdown: () => require("highlight.js/lib/languages/markdown"),
  nginx: () => require("highlight.js/lib/languages/nginx"),
  nix: () => require("highlight.js/lib/languages/nix"),
  objectivec: () => require("highlight.js/lib/languages/objectivec"),
  perl: () => require("highlight.js/lib/languages/perl"),
  php: () => require("highlight.js/lib/languages/php"),
  powershell: () => require("highlight.js/lib/languages/powershell"),
  python: () => require("highlight.js/lib/languages/python"),
  r: () => require("highlight.js/lib/languages/r"),
  ruby: () => require("highlight.js/lib/languages/ruby"),
  rust: () => require("highlight.js/lib/languages/rust"),
  scss: () => require("highlight.js/lib/languages/scss"),
  shell: () => require("highlight.js/lib/languages/shell"),
  sql: () => require("highlight.js/lib/languages/sql"),
  swift: () => require("highlight.js/lib/languages/swift"),
  typescript: () => require("highlight.js/lib/languages/typescript"),
  xml: () => require("highlight.js/lib/languages/xml"),
  yaml: () => require("highlight.js/lib/languages/yaml")
}

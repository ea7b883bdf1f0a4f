import type { HLJSApi } from "highlight.js"
import loaders from "./Grammars.cjs"

const { core, grammars } = loaders

/** Other names of languages, as they follow three backticks. */
const aliases: Readonly<Record<string, string>> = {
  "c++": "cpp",
  cjs: "javascript",
  console: "shell",
  cs: "csharp",
  docker: "dockerfile",
  ex: "elixir",
  exs: "elixir",
  golang: "go",
  gql: "graphql",
  h: "c",
  hs: "haskell",
  html: "xml",
  js: "javascript",
  json5: "json",
  jsonc: "json",
  jsx: "javascript",
  kt: "kotlin",
  make: "makefile",
  md: "markdown",
  mjs: "javascript",
  objc: "objectivec",
  patch: "diff",
  pl: "perl",
  ps1: "powershell",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sass: "scss",
  sh: "bash",
  svg: "xml",
  tex: "latex",
  toml: "ini",
  ts: "typescript",
  tsx: "typescript",
  vue: "xml",
  yml: "yaml",
  zsh: "bash"
}

/** Languages within texts of a language. */
const within: Readonly<Record<string, ReadonlyArray<string>>> = {
  javascript: ["xml"],
  markdown: ["xml"],
  php: ["xml"],
  shell: ["bash"],
  typescript: ["xml"],
  xml: ["css", "javascript"]
}

/** Maximum length of highlighted code, in UTF-16 code units. Longer code stays plain. */
const longest = 50_000

/** Maximum length of its lines. The grammars take time that grows with the square of some lines. */
const longestLine = 1_000

const hasLongLine = new RegExp(`.{${longestLine + 1}}`)

let loaded: HLJSApi | undefined

const highlighter = (): HLJSApi => {
  if (loaded === undefined) {
    loaded = core()
    loaded.configure({ classPrefix: "hl-" })
  }
  return loaded
}

const isKnown = (language: string): boolean => Object.hasOwn(grammars, language)

const load = (language: string): void => {
  const known = highlighter()
  if (known.getLanguage(language) !== undefined) return
  const grammar = grammars[language]?.()
  if (grammar !== undefined) known.registerLanguage(language, grammar)
}

/**
 * Marks the parts of code by spans with classes (`hl-keyword`, `hl-string`), in a language as it follows three backticks.
 * The result is safe to embed in a page. Returns `undefined` for unknown languages and for code that is too long.
 */
export const highlighted = (code: string, name: string): string | undefined => {
  const alias = name.toLowerCase()
  const language = Object.hasOwn(aliases, alias) ? (aliases[alias] ?? alias) : alias
  if (!isKnown(language) || code.length > longest || hasLongLine.test(code)) return undefined
  load(language)
  for (const inner of within[language] ?? []) load(inner)
  return highlighter().highlight(code, { language, ignoreIllegals: true }).value
}

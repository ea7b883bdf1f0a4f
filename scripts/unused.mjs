// Reports exports that no other file imports, packages that are imported and not declared, and packages that are
// declared and not imported. Parses the sources, without types.
import { readdirSync, readFileSync } from "node:fs"
import { builtinModules } from "node:module"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"

/**
 * What one file exports and imports.
 * @typedef {object} Surface
 * @property {Map<string, number>} exports Names with their lines.
 * @property {Array<{ from: string, names: ReadonlyArray<string> | "all" }>} imports
 */

/** @param {import("typescript").Node} node @param {import("typescript").SyntaxKind} kind */
const hasModifier = (node, kind) =>
  ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)

/** @param {import("typescript").BindingName} name @returns {ReadonlyArray<string>} */
const boundNames = (name) =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []))

/** @param {import("typescript").Statement} statement @returns {ReadonlyArray<string>} */
const declaredNames = (statement) => {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name))
  }
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || isType(statement)
  return isNamed && statement.name !== undefined ? [statement.name.text] : []
}

/** @param {import("typescript").Statement} statement */
const isType = (statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)

/**
 * Whether a file names something besides its declaration. A type that a file uses itself may stay exported: it is part
 * of what the file offers, and the reference of the ports shows it.
 * @param {string} text
 * @param {string} name
 */
const isNamedAgain = (text, name) => (text.match(new RegExp(`\\b${name}\\b`, "g")) ?? []).length > 1

/**
 * The members that a file uses of a namespace import; all of them if the namespace itself is passed on.
 * @param {import("typescript").SourceFile} source
 * @param {string} namespace
 */
const membersUsed = (source, namespace) => {
  /** @type {Set<string>} */
  const members = new Set()
  let isPassedOn = false
  /** @param {import("typescript").Node} node */
  const visit = (node) => {
    if (ts.isIdentifier(node) && node.text === namespace && !ts.isNamespaceImport(node.parent)) {
      const { parent } = node
      if (ts.isPropertyAccessExpression(parent) && parent.expression === node) members.add(parent.name.text)
      else if (ts.isQualifiedName(parent) && parent.left === node) members.add(parent.right.text)
      else if (!(ts.isPropertyAccessExpression(parent) && parent.name === node)) isPassedOn = true
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return isPassedOn ? "all" : [...members]
}

/**
 * Imports by `import()` expressions and by types in comments of JavaScript.
 * @param {import("typescript").SourceFile} source
 */
const dynamicImports = (source) =>
  [...source.text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)].map(([, from = ""]) => ({
    from,
    names: /** @type {"all"} */ ("all")
  }))

/** @param {string} path @param {string} text @returns {Surface} */
export const surfaceOf = (path, text) => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  /** @type {Surface} */
  const surface = { exports: new Map(), imports: dynamicImports(source) }
  const lineOf = (/** @type {import("typescript").Node} */ node) =>
    source.getLineAndCharacterOfPosition(node.getStart()).line + 1
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const from = statement.moduleSpecifier.text
      const { importClause: clause } = statement
      const bindings = clause?.namedBindings
      /** @type {ReadonlyArray<string> | "all"} */
      let names = clause?.name === undefined ? [] : ["default"]
      if (bindings !== undefined && ts.isNamedImports(bindings)) {
        names = [...names, ...bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)]
      } else if (bindings !== undefined) names = membersUsed(source, bindings.name.text)
      surface.imports.push({ from, names })
    } else if (ts.isExportDeclaration(statement)) {
      const named = statement.exportClause
      const isList = named !== undefined && ts.isNamedExports(named)
      const elements = isList ? named.elements : []
      for (const { name } of elements) surface.exports.set(name.text, lineOf(name))
      if (statement.moduleSpecifier !== undefined && ts.isStringLiteral(statement.moduleSpecifier)) {
        const names = isList ? elements.map(({ name, propertyName }) => (propertyName ?? name).text) : "all"
        surface.imports.push({ from: statement.moduleSpecifier.text, names })
      }
    } else if (
      hasModifier(statement, ts.SyntaxKind.ExportKeyword) &&
      !hasModifier(statement, ts.SyntaxKind.DefaultKeyword)
    ) {
      for (const name of declaredNames(statement)) {
        if (!isType(statement) || !isNamedAgain(text, name)) surface.exports.set(name, lineOf(statement))
      }
    }
  }
  return surface
}

/** Possible paths of an import. @param {string} from @param {string} importer */
const targetsOf = (from, importer) => {
  const path = normalize(join(dirname(importer), from))
  return [path, path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".tsx"), path.replace(/\.js$/, ".d.ts")]
}

/** Names that `vitest.config.ts` resolves to a file of ours. */
const aliases = new Set(["rel-parser"])

/** @param {string} from */
const packageOf = (from) =>
  from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/")

/**
 * Finds unused exports and wrong declarations of packages.
 * @param {ReadonlyMap<string, Surface>} surfaces By path.
 * @param {{ declared: ReadonlyArray<string>, indirect: ReadonlySet<string> }} packages
 * @returns {ReadonlyArray<string>} One sentence each.
 */
export const findingsIn = (surfaces, { declared, indirect }) => {
  /** @type {Map<string, Set<string> | "all">} */
  const used = new Map()
  /** @type {Map<string, string>} */
  const imported = new Map()
  for (const [importer, { imports }] of surfaces) {
    for (const { from, names } of imports) {
      if (!from.startsWith(".")) {
        const isModule = from.includes(":") || builtinModules.includes(from) || aliases.has(from)
        if (!isModule) imported.set(packageOf(from), importer)
        continue
      }
      const target = targetsOf(from, importer).find((path) => surfaces.has(path))
      if (target === undefined) continue
      const known = used.get(target) ?? new Set()
      used.set(target, names === "all" || known === "all" ? "all" : new Set([...known, ...names]))
    }
  }
  /** @type {Array<string>} */
  const findings = []
  for (const [path, { exports }] of surfaces) {
    const names = used.get(path)
    if (names === "all") continue
    for (const [name, line] of exports) {
      if (names?.has(name) !== true) findings.push(`${path}:${line}: no other file imports ${name}: remove \`export\``)
    }
  }
  for (const [name, importer] of imported) {
    if (!declared.includes(name)) findings.push(`${importer}: package.json does not declare ${name}`)
  }
  for (const name of declared) {
    if (!imported.has(name) && !indirect.has(name) && !name.startsWith("@types/"))
      findings.push(`package.json: nothing imports ${name}`)
  }
  return findings
}

/** Files whose exports are read elsewhere: from the copy in `dist/`, and by micropub-helper. */
const readElsewhere = new Set(["scripts/script-loader.mjs", "test/client/RelParser.js"])

/** Packages that no file imports: peers of other packages, programs, types of packages, and files that the build reads. */
const indirect = new Set([
  ...["@effect/cluster", "@effect/experimental", "@effect/printer", "@effect/printer-ansi", "@effect/rpc"],
  ...["@effect/typeclass", "@effect/workflow", "@lezer/highlight", "@lezer/lr"],
  ...["@fontsource-variable/figtree", "@fontsource-variable/literata"],
  ...["@biomejs/biome", "dependency-cruiser", "typedoc", "typescript-fast"]
])

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL("..", import.meta.url))
  const folders = ["src", "layers", "scripts", "test"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`)
  )
  const top = readdirSync(root).filter((name) => /\.(?:c|m)?[jt]s$/.test(name))
  const surfaces = new Map(
    [...folders, ...top]
      .filter((path) => /\.[cm]?[jt]sx?$/.test(path))
      .map((path) => [path, surfaceOf(path, readFileSync(join(root, path), "utf8"))])
  )
  for (const path of readElsewhere) surfaces.get(path)?.exports.clear()
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
  const declared = Object.keys({ ...dependencies, ...devDependencies })
  const findings = findingsIn(surfaces, { declared, indirect })
  process.stdout.write(findings.map((finding) => `${finding}\n`).join(""))
  if (findings.length > 0) process.exitCode = 1
}

/**
 * `npm run release -- VERSION`: checks the work tree, runs `npm run check` and `npm test`, dates the Unreleased section
 * of CHANGELOG.md, sets the version in package.json and package-lock.json, commits, and tags `vVERSION`. It pushes
 * nothing. `--dry-run` prints the new section and changes nothing; `--without-tests` leaves the tests to CI.
 */
import { spawnSync } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import semver from "semver"

const root = process.env.STARPUNK_RELEASE_ROOT ?? fileURLToPath(new URL("..", import.meta.url))
const args = process.argv.slice(2)
const isDry = args.includes("--dry-run")
const version = args.find((arg) => !arg.startsWith("--")) ?? ""

/** @type {(why: string) => never} */
const refuse = (why) => {
  process.stderr.write(`${why}\n`)
  process.exit(1)
}

/** @param {string} command @param {ReadonlyArray<string>} parameters @param {"inherit" | "pipe"} [output] */
const run = (command, parameters, output = "pipe") => {
  const { status, stdout } = spawnSync(command, parameters, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", output, "inherit"]
  })
  if (status !== 0) refuse(`${command} ${parameters.join(" ")} failed: nothing was released.`)
  return stdout ?? ""
}

const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"))
if (semver.valid(version) === null) refuse("Name the version: npm run release -- 2.0.0-alpha.2")

const changelog = await readFile(join(root, "CHANGELOG.md"), "utf8")
const heading = /^## \[Unreleased\].*$/m.exec(changelog)
if (heading === null) refuse("CHANGELOG.md has no section [Unreleased].")
const begin = heading.index + heading[0].length
const next = changelog.slice(begin).search(/^## \[/m)
const notes = changelog.slice(begin, next === -1 ? undefined : begin + next).trim()
if (notes === "") refuse("The section [Unreleased] of CHANGELOG.md is empty: say what changes.")

const date = new Date().toISOString().slice(0, 10)
const released = `${changelog.slice(0, heading.index)}## [Unreleased]\n\n## [${version}] - ${date}${changelog.slice(begin)}`

if (isDry) {
  process.stdout.write(`## [${version}] - ${date}\n\n${notes}\n`)
  process.exit()
}

if (!semver.gt(version, manifest.version)) refuse(`${version} is not newer than ${manifest.version}.`)
if (run("git", ["status", "--porcelain"]) !== "") refuse("The work tree has changes: commit them first.")
if (run("git", ["tag", "--list", `v${version}`]) !== "") refuse(`The tag v${version} exists.`)
run("npm", ["run", "check"], "inherit")
if (!args.includes("--without-tests")) {
  // As many examples of property tests as a release has time for.
  process.env.STARPUNK_TESTS = "full"
  run("npm", ["test"], "inherit")
}

await writeFile(join(root, "CHANGELOG.md"), released)
run("npm", ["version", version, "--no-git-tag-version"])
run("git", ["add", "CHANGELOG.md", "package.json", "package-lock.json"])
run("git", ["commit", "-m", `release: ${version}`])
run("git", ["tag", "-a", `v${version}`, "-m", `StarPunk ${version}`])
process.stdout.write(`Tagged v${version}. Publish it: git push --follow-tags\n`)

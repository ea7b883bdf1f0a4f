import { Option } from "effect"
import { namesOf } from "./Choice.js"
import { nearest } from "./Nearest.js"
import { obsolete, obsoleteSettings } from "./Obsolete.js"
import type { Problem, Variables, Warning } from "./Sources.js"
import { table } from "./Table.js"

const prefix = "STARPUNK_"

const names = table.flatMap(namesOf)

const known: ReadonlySet<string> = new Set([...names, ...names.map((name) => `${name}_FILE`)])

const bareNames: ReadonlyArray<string> = table.map((setting) => setting.name.slice(prefix.length))

/** What a slip in a name without the prefix may have been meant to be; short names would be met by accident. */
const worthGuessing = [...names, ...obsoleteSettings.map((setting) => setting.name)].filter((name) => name.length >= 6)

/** Kubernetes sets these for a Service named `starpunk`, whether anybody wants them or not. */
const serviceLink = /^STARPUNK_(?:SERVICE_(?:HOST|PORT)|PORT_\d+_(?:TCP|UDP|SCTP))(?:_\w+)?$/

/** A setting's name without the prefix. Short names of the environment, such as `HOST`, are for other programs. */
const isBare = (name: string, source: string): boolean =>
  known.has(`${prefix}${name}`) && (source === ".env" || name.includes("_"))

/** The same of Services whose names begin with `starpunk-`. */
const otherServiceLink = (name: string, value: string): boolean =>
  /^STARPUNK_\w+_(?:SERVICE_(?:HOST|PORT)|PORT_\d+_(?:TCP|UDP|SCTP))(?:_\w+)?$/.test(name) ||
  (/^STARPUNK_\w+_PORT$/.test(name) && /^(?:tcp|udp|sctp):\/\//.test(value))

const meant = (name: string): Option.Option<string> => {
  const bare = name.toUpperCase().replace(/^(?:STARPUNK_)+/, "")
  const suffix = bare.endsWith("_FILE") ? "_FILE" : ""
  return Option.map(
    nearest(bare.slice(0, bare.length - suffix.length), bareNames),
    (found) => `${prefix}${found}${suffix}`
  )
}

/** Finds the names that no setting has: errors where they bear our prefix, warnings where they are only near to one. */
export const unknownVariables = ({
  source,
  values
}: Variables): { readonly problems: ReadonlyArray<Problem>; readonly warnings: ReadonlyArray<Warning> } => {
  const problems: Array<Problem> = []
  const warnings: Array<Warning> = []
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value.trim() === "" || known.has(name) || serviceLink.test(name)) continue
    const gone = obsolete(name.replace(/_FILE$/, ""))
    if (Option.isSome(gone)) {
      warnings.push({ name, source, message: "This setting is obsolete and ignored", suggestion: gone.value.instead })
    } else if (otherServiceLink(name, value)) {
      warnings.push({
        name,
        source,
        message: "Ignored: Kubernetes sets this for a Service whose name begins with `starpunk-`",
        suggestion: "Set `enableServiceLinks: false` in the pod's spec"
      })
    } else if (name.toUpperCase().startsWith(prefix)) {
      problems.push({
        name,
        expected: "the name of a setting",
        source,
        suggestion: Option.match(meant(name), {
          onNone: () => "Remove it: `starpunk config show` lists all settings",
          onSome: (right) => `Did you mean ${right}?`
        })
      })
    } else if (isBare(name, source)) {
      warnings.push({
        name,
        source,
        message: "Ignored: the name lacks its prefix",
        suggestion: `Write ${prefix}${name}`
      })
    } else {
      const right = nearest(name, worthGuessing, 2)
      if (Option.isSome(right)) {
        warnings.push({
          name,
          source,
          message: "Ignored: no setting has this name, but one has a similar name",
          suggestion: `Did you mean ${right.value}?`
        })
      }
    }
  }
  return { problems, warnings }
}

import { isObject } from "../../posts/Microformats.js"
import type { ArchiveSite } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"

export type Configuration = { readonly [name: string]: unknown }

/** A text of the configuration, by the first of these names that has one. */
export const textOf = (configuration: Configuration, ...names: ReadonlyArray<string>): string | undefined => {
  for (const name of names) {
    const text = Object.hasOwn(configuration, name) ? textIn(configuration[name]) : undefined
    if (text !== undefined) return text.trim()
  }
  return undefined
}

/** A table of the configuration, by the first of these names that has one; otherwise an empty table. */
export const tableOf = (configuration: Configuration, ...names: ReadonlyArray<string>): Configuration => {
  for (const name of names) {
    const value = Object.hasOwn(configuration, name) ? configuration[name] : undefined
    if (isObject(value)) return value
  }
  return {}
}

/** The texts of a list in the configuration. */
export const textsOf = (configuration: Configuration, name: string): ReadonlyArray<string> => {
  const value = Object.hasOwn(configuration, name) ? configuration[name] : undefined
  return (Array.isArray(value) ? value : [value]).flatMap((item) => textIn(item) ?? [])
}

/** Normalizes a folder: no dots, no slashes at its ends; `""` for the root. */
export const folder = (text: string | undefined): string =>
  (text ?? "")
    .replace(/\\/g, "/")
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/")

/** Normalizes folders, without duplicates and without those that contain `..`. */
export const folders = (...given: ReadonlyArray<string | undefined>): ReadonlyArray<string> => [
  ...new Set(given.map(folder).filter((path) => !path.split("/").includes("..")))
]

/** The origin and the base path of the site's own address. */
export const baseOf = (address: string | undefined, path = ""): Pick<ArchiveSite, "origin" | "basePath"> => {
  const under = `/${folder(path)}`
  const clean = (text: string) => text.replace(/\/+$/, "")
  if (address === undefined || !/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return { basePath: clean(address?.startsWith("/") === true ? `${address}${under}` : under) }
  }
  const { origin, pathname } = new URL(address)
  return { origin, basePath: clean(`${clean(pathname)}${clean(under)}`) }
}

/** The time zone, if a name is given. */
export const zoneOf = (name: string | undefined): { readonly timeZone?: string } =>
  name === undefined || name === "" ? {} : { timeZone: name }

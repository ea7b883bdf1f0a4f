import type { ArchiveSite } from "../ArchiveSite.js"
import { textIn } from "../Fields.js"
import { type ArchivePage, below, type Generator, isBelow, outside, withoutExtension } from "../Generator.js"
import type { Place } from "../Place.js"
import { baseOf, type Configuration, folder, folders, textOf, textsOf } from "./Configured.js"

/**
 * Reads the configuration of a vault: `app.json`, `templates.json` and `daily-notes.json` of its `.obsidian` folder,
 * merged by name.
 */
export const obsidianSite = (configuration: Configuration): ArchiveSite => {
  const templates = [textOf(configuration, "templates"), textOf(configuration, "dailyTemplate")].flatMap((path) =>
    path === undefined ? [] : [folder(path)]
  )
  const attachments = textOf(configuration, "attachmentFolderPath")
  return {
    generator: "obsidian",
    configuredBy: ".obsidian",
    contentFolders: [""],
    assetFolders: folders("", attachments?.startsWith("./") === true ? undefined : attachments),
    basePath: "",
    inherited: [],
    // Patterns between slashes are regular expressions, which are not supported.
    ignored: textsOf(configuration, "userIgnoreFilters")
      .filter((filter) => !filter.startsWith("/"))
      .map((filter) => `${folder(filter)}${filter.endsWith("/") ? "/**" : ""}`),
    outputFolders: [".trash", ".obsidian"],
    configuration: { templates }
  }
}

/** Reads the text of `quartz.config.ts`, which is searched and never run. */
export const quartzSite = (text: string, configuredBy: string): ArchiveSite => {
  const ignored = /\bignorePatterns\s*:\s*\[([^\]]{0,2000})\]/.exec(text)?.[1] ?? ""
  const base = /\bbaseUrl\s*:\s*["'`]([^"'`\n]{1,200})["'`]/.exec(text)?.[1]
  return {
    generator: "quartz",
    configuredBy,
    contentFolders: ["content"],
    assetFolders: ["content"],
    ...baseOf(base === undefined || /^https?:/.test(base) ? base : `https://${base}`),
    inherited: [],
    ignored: [...ignored.matchAll(/["'`]([^"'`]+)["'`]/g)].map((match) => `content/**/${match[1]}`),
    outputFolders: ["public"],
    configuration: { explicit: /^(?!\s*\/\/).*\bExplicitPublish\(/m.test(text) }
  }
}

/** Returns whether notes are public only if they are marked so. */
export const asksForMarks = ({ configuration, generator }: ArchiveSite): boolean =>
  generator === "obsidian" || (generator === "quartz" && configuration.explicit === true)

const addressesOf = (page: ArchivePage): ReadonlyArray<string> => {
  const path = withoutExtension(page.place.contentPath).replace(/(?:^|\/)index$/, "")
  const given = textIn(page.fields.first("permalink")?.value)
  // Obsidian Publish writes spaces as plus signs, Quartz as hyphens.
  return [
    ...(given === undefined ? [] : [`/${given.replace(/^\/+/, "")}`]),
    `/${path.replaceAll(" ", "+")}`,
    `/${path.replaceAll(" ", "-")}`,
    `/${path}`
  ]
}

const placeIn = (site: ArchiveSite) => {
  const { templates } = site.configuration
  const held = (Array.isArray(templates) ? templates.map(String) : []).filter((name) => name !== "")
  return (path: string): Place => {
    const content = site.contentFolders.find((folder) => isBelow(folder, path))
    if (content === undefined) return outside
    const contentPath = below(content, path)
    const isTemplate = held.some((name) => isBelow(name, path) || withoutExtension(path) === name)
    return isTemplate || /(?:^|\/)templates?\//i.test(contentPath)
      ? { kind: "held", reason: "template", why: "is a template for notes" }
      : { kind: "page", contentPath, isPage: false }
  }
}

/** A vault of Obsidian (https://help.obsidian.md/). */
export const obsidian: Generator = {
  name: "obsidian",
  read: (site) => ({ place: placeIn(site), addresses: addressesOf })
}

/** A vault published with Quartz (https://quartz.jzhao.xyz/). */
export const quartz: Generator = { name: "quartz", read: obsidian.read }

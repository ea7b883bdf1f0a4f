import type { ArchiveSite } from "../ArchiveSite.js"
import { isExport } from "../generators/Exports.js"
import type { OldSite } from "../OldSite.js"

/** The address of a file of an old site whose export names its files only by their addresses. */
export const addressOnOldSite = (
  address: string,
  target: ReturnType<OldSite["target"]>,
  site: ArchiveSite | undefined
): string | undefined => {
  if (site === undefined || !isExport(site) || target.kind === "here") return undefined
  const given = address.trim()
  const absolute = /^(?:https?:)?\/\//i.test(given) ? given.replace(/^\/\//, "https://") : undefined
  if (absolute !== undefined && !URL.canParse(absolute)) return undefined
  if (target.kind === "elsewhere") {
    return absolute !== undefined && site.mediaHosts?.includes(new URL(absolute).host) === true ? absolute : undefined
  }
  if (absolute !== undefined || site.origin === undefined || !target.path.startsWith("/")) return absolute
  return new URL(target.path, site.origin).href
}

/**
 * Programs that make sites out of files, as far as an import knows them. `markdown` is a folder of files without such a
 * program.
 */
export const generatorNames = [
  "jekyll",
  "hugo",
  "zola",
  "eleventy",
  "astro",
  "hexo",
  "obsidian",
  "quartz",
  "wordpress",
  "markdown"
] as const

/** A program that makes sites out of files. */
export type GeneratorName = (typeof generatorNames)[number]

/** A site as its files describe it. Paths are below its root, with `/`; `""` is the root itself. */
export interface ArchiveSite {
  readonly generator: GeneratorName
  /** The file or folder that shows which generator it is, such as `_config.yml`; absent where there is none. */
  readonly configuredBy?: string
  /** Folders whose files are pages. */
  readonly contentFolders: ReadonlyArray<string>
  /** Folders whose files the generator copies to the top of the site, such as `static`. */
  readonly assetFolders: ReadonlyArray<string>
  /** Scheme and host of the site's own address, without a slash at the end: `https://ada.example`. */
  readonly origin?: string
  /** The path that the site's addresses begin with, such as `/blog`; empty at the top of a host. */
  readonly basePath: string
  /** IANA name of the zone that times without one are in. */
  readonly timeZone?: string
  /** The configuration as it was read, for what only one generator has. */
  readonly configuration: { readonly [name: string]: unknown }
}

/** A folder of Markdown files that no known generator made a site of. */
export const plainSite: ArchiveSite = {
  generator: "markdown",
  contentFolders: [""],
  assetFolders: ["static", "public", "assets"],
  basePath: "",
  configuration: {}
}

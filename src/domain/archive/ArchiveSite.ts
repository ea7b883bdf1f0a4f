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

/** Fields that a folder or the configuration gives to the pages below it. */
export interface InheritedFields {
  /** Below the root of the site; `""` for all pages. */
  readonly folder: string
  /** Which of them, as a pattern below the root; all of them where absent. */
  readonly glob?: string
  readonly fields: { readonly [name: string]: unknown }
}

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
  /** What folders and the configuration say of pages, the nearest last. */
  readonly inherited: ReadonlyArray<InheritedFields>
  /** Patterns of files, below the root, that the generator is told to pass over. */
  readonly ignored: ReadonlyArray<string>
  /** Folders that are not looked into, below the root: what the generator makes. */
  readonly outputFolders: ReadonlyArray<string>
  /** The configuration as it was read, for what only one generator has. */
  readonly configuration: { readonly [name: string]: unknown }
}

/** A folder of Markdown files that no known generator made a site of. */
export const plainSite: ArchiveSite = {
  generator: "markdown",
  contentFolders: [""],
  assetFolders: ["static", "public", "assets"],
  basePath: "",
  inherited: [],
  ignored: [],
  outputFolders: ["_site"],
  configuration: {}
}

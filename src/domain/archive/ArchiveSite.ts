/**
 * Known static site generators. `markdown` is a folder of files without one; `wxr` and `ghost` are exports of WordPress
 * and Ghost, whose posts were converted to files.
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
  "wxr",
  "ghost",
  "markdown"
] as const

export type GeneratorName = (typeof generatorNames)[number]

/** Fields that a folder or the configuration gives to the pages below it. */
export interface InheritedFields {
  /** Relative to the root of the site; `""` for all pages. */
  readonly folder: string
  /** Pattern of the pages, relative to the root; all pages of the folder when absent. */
  readonly glob?: string
  readonly fields: { readonly [name: string]: unknown }
}

/** A site as its files describe it. Paths are relative to its root, with `/`; `""` is the root. */
export interface ArchiveSite {
  readonly generator: GeneratorName
  /** The file or folder by which the generator was recognized, such as `_config.yml`; absent without a generator. */
  readonly configuredBy?: string
  /** Folders whose files are pages. */
  readonly contentFolders: ReadonlyArray<string>
  /** Folders whose files the generator copies to the top of the site, such as `static`. */
  readonly assetFolders: ReadonlyArray<string>
  /** Origin of the site's own address, without a slash at the end: `https://ada.example`. */
  readonly origin?: string
  /** Hosts beside that of `origin` from which the old site's pages load its own files, in lower case. */
  readonly mediaHosts?: ReadonlyArray<string>
  /** Path prefix of the site's addresses, such as `/blog`; empty at the root of a host. */
  readonly basePath: string
  /** IANA name of the time zone of times without one. */
  readonly timeZone?: string
  /** Fields from folders and the configuration, the nearest last. */
  readonly inherited: ReadonlyArray<InheritedFields>
  /** Patterns of files, relative to the root, that the generator is configured to ignore. */
  readonly ignored: ReadonlyArray<string>
  /** Output folders of the generator, relative to the root. They are skipped. */
  readonly outputFolders: ReadonlyArray<string>
  /** The parsed configuration, for settings that only one generator has. */
  readonly configuration: { readonly [name: string]: unknown }
}

/** A folder of Markdown files without a known generator. */
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

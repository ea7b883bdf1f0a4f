import type { HeldBackReason } from "../../domain/archive/Place.js"
import type { ImportFileReason } from "../../errors/ImportFile.js"
import { counting } from "../Counted.js"

const counted = counting("en")

/** Groups of entries that cannot be imported. */
type Problem = "media_missing" | "media_refused" | "slug_taken" | "unreadable"

/** Texts of the page of imports. */
export const imports = {
  title: "Import",
  about:
    "Import what you wrote elsewhere: in WordPress, Ghost, another StarPunk, a site generator, or Markdown files. You see what would be imported before anything changes.",
  open: "Import a file",
  file: {
    label: "File",
    hint: ({ size }: { readonly size: string }): string => `.zip, .xml, .json or .md, up to ${size}`,
    kinds: [
      "**WordPress**: the `.xml` file of Tools, Export, All content",
      "**Ghost**: the `.json` file of Settings, Export, or a zip file of it with `content/images`",
      "**StarPunk**: the zip file of “Download everything”",
      "**Jekyll, Hugo, Zola, Eleventy, Astro, Hexo, Obsidian**: a zip file of the folder",
      "**Markdown**: one `.md` file, or a zip file of several"
    ],
    send: "Upload and check",
    safe: "Nothing is published until you say so. The file is removed afterwards."
  },
  none: "Choose a file first.",
  cutOff: "The site stopped during the last import. What was imported stays. Upload the file again to import the rest.",
  stopped: ({ name }: { readonly name: string }): string =>
    `The import of ${name} was stopped. What was imported stays. Upload the file again to import the rest.`,
  progress: {
    receiving: ({ name }: { readonly name: string }): string => `${name} is being uploaded`,
    reading: ({ name }: { readonly name: string }): string => `${name} is being read`,
    importing: ({ name }: { readonly name: string }): string => `${name} is being imported`,
    leave: "You can leave this page.",
    stay: "Keep the page that uploads the file open.",
    refresh: "Show the current state",
    stop: "Stop",
    steps: {
      Receiving: "Uploading",
      Unpacking: "Unpacking",
      "Reading the export": "Reading the export",
      "Reading posts": "Reading posts",
      "Importing posts": "Importing posts",
      "Importing media": "Importing pictures and files"
    },
    working: "Working",
    share: ({ percent, step }: { readonly step: string; readonly percent: string }): string => `${step}: ${percent}`,
    amount: ({ done, step, total }: { readonly step: string; readonly done: string; readonly total: string }): string =>
      `${step}: ${done} of ${total}`
  },
  report: {
    planned: "What would be imported",
    done: "What was imported",
    posts: ({ count }: { readonly count: number }): string => counted(count, { one: "# post", other: "# posts" }),
    pages: ({ count }: { readonly count: number }): string => counted(count, { one: "# page", other: "# pages" }),
    media: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# picture or file", other: "# pictures and files" }),
    drafts: ({ count }: { readonly count: number }): string => counted(count, { one: "# draft", other: "# drafts" }),
    private: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# private", other: "# private" }),
    unlisted: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# unlisted", other: "# unlisted" }),
    scheduled: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# scheduled", other: "# scheduled" }),
    allPublic: "all public",
    addresses: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# old address", other: "# old addresses" }),
    addressesLead: "They lead to these posts.",
    present: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# post is here already", other: "# posts are here already" }),
    presentStay: "They stay as they are.",
    remote: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `# picture is on ${hosts}`, other: `# pictures are on ${hosts}` }),
    remotePlanned: "The file names them and does not contain them.",
    remoteStay: "They are shown from there.",
    fetched: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# picture was fetched", other: "# pictures were fetched" }),
    notFetched: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# could not be fetched and stays there", other: "# could not be fetched and stay there" }),
    nothing: "There is nothing new in this file.",
    notPublic: "Not public",
    levels: { draft: "Drafts", private: "Private", unlisted: "Unlisted" },
    heldBack: "Held back",
    heldBackAbout: "These may be posts, and need your decision.",
    reasons: {
      undated: "Without a date",
      page: "Part of the old site, not posts",
      template: "Templates",
      not_published: "Not published on the old site",
      empty: "Empty",
      format: "In a format that cannot be read",
      redirect: "Redirects to other pages",
      trash: "In the trash"
    } satisfies Record<HeldBackReason, string>,
    problems: "Cannot be imported",
    problem: {
      media_missing: "Their pictures are missing",
      media_refused: "Their pictures cannot be read",
      slug_taken: "Their address belongs to another post here",
      unreadable: "Cannot be read"
    } satisfies Record<Problem, string>,
    deadLinks: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# link leads nowhere", other: "# links lead nowhere" }),
    renamed: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# post gets another address", other: "# posts get another address" }),
    hidden: ({ count }: { readonly count: number }): string =>
      counted(count, {
        one: "# post has a part of the old program that is hidden",
        other: "# posts have parts of the old program that are hidden"
      }),
    passedOver: ({ count }: { readonly count: number }): string =>
      counted(count, { one: "# other entry is not a post", other: "# other entries are not posts" }),
    fields: "Details that are not imported",
    more: "Also",
    examples: ({ names, rest }: { readonly names: string; readonly rest: number }): string =>
      rest === 0 ? names : counted(rest, { one: `${names} and # more`, other: `${names} and # more` })
  },
  choices: {
    title: "Choices",
    fetch: ({ count, hosts }: { readonly count: number; readonly hosts: string }): string =>
      counted(count, { one: `Fetch # picture from ${hosts}`, other: `Fetch # pictures from ${hosts}` }),
    fetchHint: "One after another; this can take long. Otherwise they stay there.",
    oldSite: "Address of the old site",
    oldSiteHint: "The file does not say where its pictures are. Give the address, and look again.",
    withoutMedia: "Import posts without their missing pictures",
    asDrafts: "Import held-back entries as drafts",
    look: "Look again",
    begin: "Import these",
    discard: "Discard the file"
  },
  result: {
    posts: "Your posts",
    drafts: "Drafts",
    site: "The site",
    another: "Import another file",
    again: "The file was removed. Importing it again adds only what is missing."
  },
  failed: {
    title: "The file cannot be imported",
    broken: "The import has ended early",
    partly: "What was imported until then stays. Importing the file again adds the rest.",
    nothing: "Nothing was imported, and the file was removed.",
    noPosts: "There is no post in the file.",
    newer: "The file is from a newer version of StarPunk.",
    source: "The content of the file cannot be read. Export the old site again.",
    reasons: {
      kind: "It is not a zip file, a WordPress export, a Ghost export or a Markdown file.",
      empty: "It is empty.",
      xml: "The WordPress export is incomplete. Export again, and wait until the download has ended.",
      json: "The Ghost export is incomplete. Export again, and wait until the download has ended.",
      encoding: "Its text is not UTF-8.",
      part_too_large: "One of its entries is larger than any post.",
      too_many: "It has too many entries. Divide it into several files.",
      too_large: "Its unpacked content is too large. Divide it into several files.",
      bomb: "It claims to unpack to many times its size, as attacks do.",
      damaged: "The zip file is damaged or incomplete. Download or pack it again.",
      encrypted: "It is protected by a password. Pack it again without one.",
      absolute: "An entry has an absolute path. Pack only the folder with the content.",
      outside: "An entry leads out of its folder. Pack only the folder with the content.",
      link: "An entry is a link or a special file. Pack only files and folders.",
      duplicate: "Two entries have the same name.",
      name: "The name of an entry is too long or not UTF-8.",
      unsupported: "It is compressed in a way that is not supported. Pack it as a usual zip file."
    } satisfies Record<ImportFileReason, string>,
    entry: ({ name }: { readonly name: string }): string => `Entry: ${name}`
  }
}

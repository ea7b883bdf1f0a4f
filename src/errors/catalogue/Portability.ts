import type { FileTrouble } from "../failure/Maintenance.js"
import {
  ExportNotWritten,
  ExportSourceUnreadable,
  ExportTargetTaken,
  ImportFileUnreadable,
  ImportFrontMatterInvalid,
  ImportMediaMissing,
  ImportMediaRefused,
  ImportPostInvalid,
  ImportSlugTaken,
  ImportSourceUnusable,
  ImportTooNew,
  type PortabilityFailure
} from "../failure/Portability.js"
import { behindTheScenes, trouble } from "./BehindTheScenes.js"
import { brief, type Entries, inUnits } from "./Entry.js"

const untangle = (path: string): Record<typeof FileTrouble.Type, ReadonlyArray<string>> => ({
  full: [
    `\`df -h "$(dirname '${path}')"\` shows the free space: the export needs as much as database and media together, plus the size of the database once more while it is written`
  ],
  read_only: [`\`findmnt -T "$(dirname '${path}')"\` shows how the file system is mounted`],
  denied: [`\`ls -ld "$(dirname '${path}')"\`: the user that runs the command must be able to write there`],
  immutable: [`\`lsattr -d "$(dirname '${path}')"\` shows the attribute; \`chattr -i\` removes it`],
  mount_point: [`\`findmnt -T '${path}'\` shows what is mounted there`, "Use another directory"],
  not_a_directory: [`\`ls -ld "$(dirname '${path}')"\` shows what it is: use another directory`],
  in_the_way: [`\`ls -ld '${path}'\` shows what it is: use another directory`],
  missing: [`Create the parent directory: \`mkdir -p "$(dirname '${path}')"\``],
  name: ["Use a shorter name of letters and digits"],
  case: ["Use a directory on a case-sensitive file system"],
  io: ["Check the disk: `dmesg` shows its errors", "Use another file system"]
})

const taken = (
  path: string
): Record<ExportTargetTaken["reason"], { details: string; steps: ReadonlyArray<string> }> => ({
  not_empty: {
    details: `${path} is not empty`,
    steps: ["Use a directory that does not exist yet: an export never mixes with existing files"]
  },
  a_file: { details: `${path} is a file`, steps: ["Use a directory that does not exist yet"] },
  data_directory: {
    details: `${path} is inside the data directory of the site`,
    steps: ["Use a directory outside of it: backups include everything in the data directory"]
  }
})

const unusable = (
  path: string,
  detail: string
): Record<ImportSourceUnusable["reason"], { details: string; steps: ReadonlyArray<string> }> => ({
  missing: { details: `${path} does not exist`, steps: [`\`ls -d '${path}'\`: check that the path is right`] },
  not_a_directory: {
    details: `${path} is not a directory`,
    steps: [
      "Give a directory to `starpunk import`: an export, a folder of Markdown files, or the data directory of StarPunk (Python)",
      "To restore an archive made by `starpunk backup`, run `starpunk restore FILE`"
    ]
  },
  denied: {
    details: `${path} cannot be read (${detail})`,
    steps: [`\`ls -ld '${path}'\`: the user that runs the command must be able to read it`]
  },
  empty: { details: `${path} is empty`, steps: [`\`ls -la '${path}'\`: check that it is the right directory`] },
  no_posts: {
    details: `${path} contains no file that could be a post (${detail})`,
    steps: [
      "Give the root of the old site or its folder of posts. Supported: sites of Jekyll, Hugo, Zola, Eleventy, Astro and Hexo, Obsidian vaults and folders of Markdown files",
      "A post is a Markdown file with front matter (`title`, `date`) between lines of `---` or `+++`, or with its date in the file name"
    ]
  },
  own_data: {
    details: `${path} is the data directory of this StarPunk, not of StarPunk (Python)`,
    steps: [
      "To create an importable directory, run `starpunk export DIR` with that site's settings",
      "To move a whole site including its logins, use `starpunk backup FILE` and `starpunk restore FILE`"
    ]
  },
  manifest: {
    details: `starpunk-export.json in ${path} cannot be read: ${detail}`,
    steps: [
      "Repeat the export, or copy it again",
      "Without that file, StarPunk reads the directory as a folder of Markdown files. The posts stay complete; media are then found by their addresses"
    ]
  },
  database: {
    details: `The database of StarPunk (Python) in ${path} cannot be read: ${detail}`,
    steps: [
      "Stop the old server, and copy the whole data directory again, `starpunk.db-wal` included",
      `Work on a copy: \`sqlite3 COPY 'PRAGMA integrity_check'\` reports the damage`
    ]
  },
  io: { details: `${path} cannot be read (${detail})`, steps: ["Check the disk: `dmesg` shows its errors"] }
})

const unreadable: Record<ImportFileUnreadable["reason"], { details: string; step: string }> = {
  missing: { details: "the file does not exist", step: "Put the file back from a backup of the old site" },
  denied: { details: "access was denied", step: "Give the user that runs the import permission to read it" },
  too_large: { details: "the file is too large for a post", step: "If it is not a post, move it out of the directory" },
  not_utf8: { details: "the file is not UTF-8 text", step: "Convert it: `iconv -f LATIN1 -t UTF-8 OLD > NEW`" },
  not_a_file: { details: "it is neither a file nor a directory", step: "Move it out of the directory" },
  outside: {
    details: "it is a symbolic link to a place outside the directory",
    step: "Replace the link by the file itself"
  },
  io: { details: "the file could not be read", step: "Check the disk: `dmesg` shows its errors" }
}

const matter: Record<ImportFrontMatterInvalid["reason"], { details: string; step: string }> = {
  not_closed: {
    details: "the front matter is not closed",
    step: "Close it with the same line that opens it, `---` or `+++`"
  },
  yaml: {
    details: "the front matter is not valid YAML",
    step: "Quote values that contain `:`, `#`, quotes or brackets"
  },
  not_a_map: {
    details: "the front matter is not a list of fields",
    step: "Write one field per line, such as `title: Hello`"
  },
  toml: {
    details: "the front matter is not valid TOML",
    step: 'Write one field per line, such as `title = "Hello"`, with strings in quotes'
  },
  json: {
    details: "the front matter is not valid JSON",
    step: 'Write one object, such as `{"title": "Hello"}`, without a trailing comma'
  }
}

const holder: Record<ImportSlugTaken["by"], string> = {
  another: "a post with different content uses it",
  deleted: "a deleted post uses it",
  former: "another post used it before, and its old address still redirects there",
  same_import: "another file of this import uses it too"
}

/** Texts of errors of import and export. */
export const portability: Entries<PortabilityFailure> = {
  ExportTargetTaken: {
    example: new ExportTargetTaken({ path: "export", reason: "not_empty" }),
    explain: ({ path, reason }) => ({
      ...behindTheScenes,
      code: "export.target_taken",
      message: "The export failed",
      operator: { details: taken(path)[reason].details, troubleshooting: taken(path)[reason].steps }
    })
  },
  ExportNotWritten: {
    example: new ExportNotWritten({ path: "export", reason: "full", detail: "ENOSPC" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "export.not_written",
      message: "The export failed",
      operator: {
        details: `${path} could not be written: ${trouble[reason]} (${detail}). The incomplete output was removed`,
        troubleshooting: untangle(path)[reason]
      }
    })
  },
  ExportSourceUnreadable: {
    example: new ExportSourceUnreadable({ path: "data/media/1f/1f.jpg", detail: "EACCES" }),
    explain: ({ detail, path }) => ({
      ...behindTheScenes,
      code: "export.source_unreadable",
      message: "The export failed",
      operator: {
        details: `The media file ${path} cannot be read (${detail}). The incomplete export was removed`,
        troubleshooting: [
          `\`ls -l '${path}'\`: the user that runs the command must be able to read it`,
          "Check the disk: `dmesg` shows its errors"
        ]
      }
    })
  },
  ImportSourceUnusable: {
    example: new ImportSourceUnusable({ path: "old-blog", reason: "no_posts", detail: "2 other files" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "import.source_unusable",
      message: "The import could not start",
      operator: {
        details: unusable(path, detail)[reason].details,
        troubleshooting: unusable(path, detail)[reason].steps
      }
    })
  },
  ImportTooNew: {
    example: new ImportTooNew({ path: "export", found: 2, known: 1, writtenBy: "3.0.0" }),
    explain: ({ found, known, path, writtenBy }) => ({
      ...behindTheScenes,
      code: "import.too_new",
      message: "The import could not start",
      operator: {
        details: `${path} was exported in format ${found} by StarPunk ${writtenBy}; this version supports ${known}`,
        troubleshooting: [`Import it with StarPunk ${writtenBy} or newer`]
      }
    })
  },
  ImportFileUnreadable: {
    example: new ImportFileUnreadable({ reason: "not_utf8", detail: "byte 17" }),
    explain: ({ detail, reason }) => ({
      ...behindTheScenes,
      code: "import.file_unreadable",
      message: "The file was not imported",
      operator: {
        details: `${unreadable[reason].details}${detail === "" ? "" : ` (${brief(detail)})`}`,
        troubleshooting: [unreadable[reason].step]
      }
    })
  },
  ImportFrontMatterInvalid: {
    example: new ImportFrontMatterInvalid({ reason: "yaml", detail: "bad indentation of a mapping entry (3:9)" }),
    explain: ({ detail, reason }) => ({
      ...behindTheScenes,
      code: "import.front_matter_invalid",
      message: "The file was not imported",
      operator: {
        details: `${matter[reason].details}${detail === "" ? "" : ` (${brief(detail)})`}`,
        troubleshooting: [matter[reason].step]
      }
    })
  },
  ImportPostInvalid: {
    example: new ImportPostInvalid({ part: "published", expected: "a date, such as 2026-11-23T19:00:00Z" }),
    explain: ({ expected, part }) => ({
      ...behindTheScenes,
      code: "import.post_invalid",
      message: "The file was not imported",
      operator: {
        details: `${brief(part)} must be ${expected}`,
        troubleshooting: ["Correct the file and import again: posts that are already imported are skipped"]
      }
    })
  },
  ImportSlugTaken: {
    example: new ImportSlugTaken({ slug: "hello-world", by: "another" }),
    explain: ({ by, slug }) => ({
      ...behindTheScenes,
      code: "import.slug_taken",
      message: "The file was not imported",
      operator: {
        details: `the slug ${brief(slug)} is taken: ${holder[by]}. That post was not changed`,
        troubleshooting: [
          "Give the file another `slug`, or remove the file if the post on the site is newer. Then import again"
        ]
      }
    })
  },
  ImportMediaMissing: {
    example: new ImportMediaMissing({
      reference: "images/bird.jpg",
      reason: "missing",
      lookedIn: ["/home/ada/site", "/home/ada/site/static"]
    }),
    explain: ({ lookedIn = [], reason, reference }) => ({
      ...behindTheScenes,
      code: "import.media_missing",
      message: "The file was not imported",
      operator: {
        details: {
          missing: `it refers to ${brief(reference)}, which does not exist`,
          outside: `it refers to ${brief(reference)}, which is outside the site`,
          changed: `${brief(reference)} differs from the exported file`
        }[reason],
        troubleshooting:
          reason === "changed"
            ? ["Copy the export from its source again"]
            : [
                `Give the folder of the media with \`--media DIR\`, or leave out such references with \`--without-missing-media\`${
                  lookedIn.length === 0 ? "" : `. Searched: ${lookedIn.join(", ")} and their subfolders`
                }`
              ]
      }
    })
  },
  ImportMediaRefused: {
    example: new ImportMediaRefused({
      reference: "images/bird.tiff",
      path: "/home/ada/site/static/images/bird.tiff",
      reason: "kind",
      detail: "image/tiff"
    }),
    explain: ({ detail, path, reason, reference }) => ({
      ...behindTheScenes,
      code: "import.media_refused",
      message: "The file was not imported",
      operator: {
        details: `it refers to ${brief(reference)} (${path}), which ${
          {
            kind: detail === "" ? "has an unsupported type" : `has the unsupported type ${detail}`,
            damaged: "cannot be read as a picture",
            too_complex: "has too many pixels or is too complex to decode",
            too_large: `is larger than ${inUnits(Number(detail))}`,
            empty: "is empty",
            lfs_pointer: "is a Git LFS pointer, not the file itself",
            unreadable: `cannot be read (${detail})`
          }[reason]
        }`,
        troubleshooting: [
          {
            kind: "Convert it, for example to JPEG or PNG, or leave out such references with `--without-missing-media`",
            damaged: "Save it again, or leave out such references with `--without-missing-media`",
            too_complex: "Reduce its size, or leave out such references with `--without-missing-media`",
            too_large: "Raise STARPUNK_MEDIA_MAX_SIZE, or leave out such references with `--without-missing-media`",
            empty: "Copy it again, or leave out such references with `--without-missing-media`",
            lfs_pointer: "Run `git lfs pull` in the site, then import again",
            unreadable: "Give the user that runs the import permission to read it"
          }[reason]
        ]
      }
    })
  }
}

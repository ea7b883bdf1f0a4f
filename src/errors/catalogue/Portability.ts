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
    `\`df -h "$(dirname '${path}')"\` shows the room that is left: the export needs the size of database and media, and while it is made the size of the database again`
  ],
  read_only: [`\`findmnt -T "$(dirname '${path}')"\` shows how the file system is mounted`],
  denied: [`\`ls -ld "$(dirname '${path}')"\`: the user that runs this needs to write there`],
  immutable: [`\`lsattr -d "$(dirname '${path}')"\` shows it; \`chattr -i\` takes the mark away`],
  mount_point: [`\`findmnt -T '${path}'\` shows what is mounted there`, "Name another place"],
  not_a_directory: [`\`ls -ld "$(dirname '${path}')"\` shows what it is: name another place`],
  in_the_way: [`\`ls -ld '${path}'\` shows what it is: name another place`],
  missing: [`Make the directory that it is to lie in: \`mkdir -p "$(dirname '${path}')"\``],
  name: ["Give it a shorter name, of letters and digits"],
  case: ["Name a place on a file system that tells upper case from lower case"],
  io: ["`dmesg` shows errors of the disk", "Try another place"]
})

const taken = (
  path: string
): Record<ExportTargetTaken["reason"], { details: string; steps: ReadonlyArray<string> }> => ({
  not_empty: {
    details: `${path} is not empty`,
    steps: ["Name a directory that does not exist yet: an export never mixes with what is there"]
  },
  a_file: { details: `${path} is a file`, steps: ["Name a directory that does not exist yet"] },
  data_directory: {
    details: `${path} lies in the data directory of the site`,
    steps: ["Name a directory outside of it: what lies in there goes into backups"]
  }
})

const unusable = (
  path: string,
  detail: string
): Record<ImportSourceUnusable["reason"], { details: string; steps: ReadonlyArray<string> }> => ({
  missing: { details: `There is no ${path}`, steps: [`\`ls -d '${path}'\`: is the path right?`] },
  not_a_directory: {
    details: `${path} is no directory`,
    steps: [
      "`starpunk import` takes a directory: an export, a folder of Markdown files, or the data directory of StarPunk (Python)",
      "An archive made by `starpunk backup` goes to `starpunk restore FILE`"
    ]
  },
  denied: {
    details: `${path} cannot be read (${detail})`,
    steps: [`\`ls -ld '${path}'\`: the user that runs this needs to read it`]
  },
  empty: { details: `${path} is empty`, steps: [`\`ls -la '${path}'\`: is it the right directory?`] },
  no_posts: {
    details: `${path} holds no file that may be a post (${detail})`,
    steps: [
      "Name the root of the old site, or its folder of posts: sites of Jekyll, Hugo, Zola, Eleventy, Astro and Hexo, vaults of Obsidian and folders of Markdown are read",
      "A post is a Markdown file, with front matter such as `title` and `date` between lines of `---` or `+++`, or with its date in its name"
    ]
  },
  own_data: {
    details: `${path} is the data directory of this StarPunk, not of StarPunk (Python)`,
    steps: [
      "`starpunk export DIR`, run with that site's settings, makes a directory that can be imported",
      "`starpunk backup FILE` and `starpunk restore FILE` move a whole site, logins included"
    ]
  },
  manifest: {
    details: `starpunk-export.json in ${path} cannot be read: ${detail}`,
    steps: [
      "Make the export again, or copy it again",
      "Without that file the directory is read as a folder of Markdown files, which loses nothing of the posts; its media are then looked for by their addresses"
    ]
  },
  database: {
    details: `The database of StarPunk (Python) in ${path} cannot be read: ${detail}`,
    steps: [
      "Stop the old server, and copy the whole data directory again, `starpunk.db-wal` included",
      `\`sqlite3 COPY 'PRAGMA integrity_check'\` says what is damaged; work on a copy`
    ]
  },
  io: { details: `${path} cannot be read (${detail})`, steps: ["`dmesg` shows errors of the disk"] }
})

const unreadable: Record<ImportFileUnreadable["reason"], { details: string; step: string }> = {
  missing: { details: "the file is not there", step: "Put the file back from a backup of the old site" },
  denied: { details: "access was denied", step: "Let the user that runs the import read it" },
  too_large: { details: "the file is too large for a post", step: "Is it a post? Move it out of the directory if not" },
  not_utf8: { details: "the file is not UTF-8 text", step: "Convert it: `iconv -f LATIN1 -t UTF-8 OLD > NEW`" },
  not_a_file: { details: "it is neither a file nor a directory", step: "Move it out of the directory" },
  outside: {
    details: "it is a link that leads out of the directory",
    step: "Put the file itself in the place of the link"
  },
  io: { details: "the file could not be read", step: "`dmesg` shows errors of the disk" }
}

const matter: Record<ImportFrontMatterInvalid["reason"], { details: string; step: string }> = {
  not_closed: {
    details: "the front matter has no end",
    step: "End it by the line that it begins with, `---` or `+++`"
  },
  yaml: {
    details: "the front matter is not valid YAML",
    step: "Put values with `:`, `#`, quotes or brackets into quotes"
  },
  not_a_map: {
    details: "the front matter is not a list of fields",
    step: "Write one field a line, such as `title: Hello`"
  },
  toml: {
    details: "the front matter is not valid TOML",
    step: 'Write one field a line, such as `title = "Hello"`, with texts in quotes'
  },
  json: {
    details: "the front matter is not valid JSON",
    step: 'Write one object, such as `{"title": "Hello"}`, without a comma before its closing brace'
  }
}

const holder: Record<ImportSlugTaken["by"], string> = {
  another: "a post with other content has it",
  deleted: "a deleted post has it",
  former: "another post had it before, and its old address still leads there",
  same_import: "another file of this import has it too"
}

/** What whoever moves a site is told. */
export const portability: Entries<PortabilityFailure> = {
  ExportTargetTaken: {
    example: new ExportTargetTaken({ path: "export", reason: "not_empty" }),
    explain: ({ path, reason }) => ({
      ...behindTheScenes,
      code: "export.target_taken",
      message: "Nothing was exported",
      operator: { details: taken(path)[reason].details, troubleshooting: taken(path)[reason].steps }
    })
  },
  ExportNotWritten: {
    example: new ExportNotWritten({ path: "export", reason: "full", detail: "ENOSPC" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "export.not_written",
      message: "Nothing was exported",
      operator: {
        details: `${path} could not be written, ${trouble[reason]} (${detail}); nothing of it is left behind`,
        troubleshooting: untangle(path)[reason]
      }
    })
  },
  ExportSourceUnreadable: {
    example: new ExportSourceUnreadable({ path: "data/media/1f/1f.jpg", detail: "EACCES" }),
    explain: ({ detail, path }) => ({
      ...behindTheScenes,
      code: "export.source_unreadable",
      message: "Nothing was exported",
      operator: {
        details: `The media file ${path} cannot be read (${detail}); nothing of the export is left behind`,
        troubleshooting: [
          `\`ls -l '${path}'\`: the user that runs this needs to read it`,
          "`dmesg` shows errors of the disk"
        ]
      }
    })
  },
  ImportSourceUnusable: {
    example: new ImportSourceUnusable({ path: "old-blog", reason: "no_posts", detail: "2 other files" }),
    explain: ({ detail, path, reason }) => ({
      ...behindTheScenes,
      code: "import.source_unusable",
      message: "Nothing was imported",
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
      message: "Nothing was imported",
      operator: {
        details: `${path} was exported in format ${found} by StarPunk ${writtenBy}; this program knows ${known}`,
        troubleshooting: [`Import it with StarPunk ${writtenBy} or newer`]
      }
    })
  },
  ImportFileUnreadable: {
    example: new ImportFileUnreadable({ reason: "not_utf8", detail: "byte 17" }),
    explain: ({ detail, reason }) => ({
      ...behindTheScenes,
      code: "import.file_unreadable",
      message: "The file did not come in",
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
      message: "The file did not come in",
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
      message: "The file did not come in",
      operator: {
        details: `${brief(part)} has to be ${expected}`,
        troubleshooting: ["Mend it in the file and import again: what is there already is passed over"]
      }
    })
  },
  ImportSlugTaken: {
    example: new ImportSlugTaken({ slug: "hello-world", by: "another" }),
    explain: ({ by, slug }) => ({
      ...behindTheScenes,
      code: "import.slug_taken",
      message: "The file did not come in",
      operator: {
        details: `the slug ${brief(slug)} is taken: ${holder[by]}; that one stays as it is`,
        troubleshooting: [
          "Give the file another `slug`, or remove it if the post on the site is the newer one, and import again"
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
      message: "The file did not come in",
      operator: {
        details: {
          missing: `it shows ${brief(reference)}, which is not there`,
          outside: `it shows ${brief(reference)}, which lies outside of the site`,
          changed: `${brief(reference)} is not the file that was exported`
        }[reason],
        troubleshooting:
          reason === "changed"
            ? ["Copy the export again"]
            : [
                `Name the folder that such files lie in with \`--media DIR\`, or leave the references out with \`--without-missing-media\`${
                  lookedIn.length === 0 ? "" : `; they were looked for in ${lookedIn.join(", ")}, and below`
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
      message: "The file did not come in",
      operator: {
        details: `it shows ${brief(reference)} (${path}), which ${
          {
            kind: detail === "" ? "is of a kind that is not taken" : `is ${detail}, which is not taken`,
            damaged: "cannot be read as a picture",
            too_complex: "takes too long to read, or has too many pixels",
            too_large: `has more than ${inUnits(Number(detail))}`,
            empty: "is empty",
            lfs_pointer: "is a pointer of Git LFS, not the file itself",
            unreadable: `cannot be read (${detail})`
          }[reason]
        }`,
        troubleshooting: [
          {
            kind: "Convert it, to JPEG or PNG for instance, or leave such references out with `--without-missing-media`",
            damaged: "Save it anew, or leave such references out with `--without-missing-media`",
            too_complex: "Make it smaller, or leave such references out with `--without-missing-media`",
            too_large: "Raise STARPUNK_MEDIA_MAX_SIZE, or leave such references out with `--without-missing-media`",
            empty: "Copy it again, or leave such references out with `--without-missing-media`",
            lfs_pointer: "Run `git lfs pull` in the site, and import again",
            unreadable: "Let the user that runs the import read it"
          }[reason]
        ]
      }
    })
  }
}

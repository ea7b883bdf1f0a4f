import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { operatorOnly } from "./OperatorOnly.js"
import { brief, inUnits } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

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

/** A file of an import cannot be read as text. */
export class ImportFileUnreadable extends TaggedFailure<ImportFileUnreadable>()(
  "ImportFileUnreadable",
  {
    reason: Schema.Literal("missing", "denied", "too_large", "not_utf8", "not_a_file", "outside", "io"),
    detail: Schema.String
  },
  { reason: "not_utf8", detail: "byte 17" }
) {
  get info(): ErrorInfo {
    const { detail, reason } = this
    return {
      ...operatorOnly,
      code: "import.file_unreadable",
      message: "The file was not imported",
      operator: {
        details: `${unreadable[reason].details}${detail === "" ? "" : ` (${brief(detail)})`}`,
        troubleshooting: [unreadable[reason].step]
      }
    }
  }
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

/** The front matter of a file cannot be read. */
export class ImportFrontMatterInvalid extends TaggedFailure<ImportFrontMatterInvalid>()(
  "ImportFrontMatterInvalid",
  {
    reason: Schema.Literal("not_closed", "yaml", "not_a_map", "toml", "json"),
    detail: Schema.String
  },
  { reason: "yaml", detail: "bad indentation of a mapping entry (3:9)" }
) {
  get info(): ErrorInfo {
    const { detail, reason } = this
    return {
      ...operatorOnly,
      code: "import.front_matter_invalid",
      message: "The file was not imported",
      operator: {
        details: `${matter[reason].details}${detail === "" ? "" : ` (${brief(detail)})`}`,
        troubleshooting: [matter[reason].step]
      }
    }
  }
}

/** A value in a file of an import is not valid for a post. */
export class ImportPostInvalid extends TaggedFailure<ImportPostInvalid>()(
  "ImportPostInvalid",
  {
    /** The wrong part: a field of the front matter, such as `published`. */
    part: Schema.String,
    /** A description of a valid value. */
    expected: Schema.String
  },
  { part: "published", expected: "a date, such as 2026-11-23T19:00:00Z" }
) {
  get info(): ErrorInfo {
    const { expected, part } = this
    return {
      ...operatorOnly,
      code: "import.post_invalid",
      message: "The file was not imported",
      operator: {
        details: `${brief(part)} must be ${expected}`,
        troubleshooting: ["Correct the file and import again: posts that are already imported are skipped"]
      }
    }
  }
}

const holder: Record<ImportSlugTaken["by"], string> = {
  another: "a post with different content uses it",
  deleted: "a deleted post uses it",
  former: "another post used it before, and its old address still redirects there",
  same_import: "another file of this import uses it too"
}

/** Another post has or had the slug. That post was not changed. */
export class ImportSlugTaken extends TaggedFailure<ImportSlugTaken>()(
  "ImportSlugTaken",
  { slug: Schema.String, by: Schema.Literal("another", "deleted", "former", "same_import") },
  { slug: "hello-world", by: "another" }
) {
  get info(): ErrorInfo {
    const { by, slug } = this
    return {
      ...operatorOnly,
      code: "import.slug_taken",
      message: "The file was not imported",
      operator: {
        details: `the slug ${brief(slug)} is taken: ${holder[by]}. That post was not changed`,
        troubleshooting: [
          "Give the file another `slug`, or remove the file if the post on the site is newer. Then import again"
        ]
      }
    }
  }
}

/** A media file that a post refers to is missing, or outside of the folders of the import. */
export class ImportMediaMissing extends TaggedFailure<ImportMediaMissing>()(
  "ImportMediaMissing",
  {
    reference: Schema.String,
    reason: Schema.Literal("missing", "outside", "changed"),
    /** The searched folders. */
    lookedIn: Schema.optionalWith(Schema.Array(Schema.String), { exact: true })
  },
  {
    reference: "images/bird.jpg",
    reason: "missing",
    lookedIn: ["/home/ada/site", "/home/ada/site/static"]
  }
) {
  get info(): ErrorInfo {
    const { lookedIn = [], reason, reference } = this
    return {
      ...operatorOnly,
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
    }
  }
}

/** A media file that a post refers to cannot be stored. */
export class ImportMediaRefused extends TaggedFailure<ImportMediaRefused>()(
  "ImportMediaRefused",
  {
    /** The reference in the file. */
    reference: Schema.String,
    path: Schema.String,
    reason: Schema.Literal("kind", "damaged", "too_complex", "too_large", "empty", "lfs_pointer", "unreadable"),
    /** Its type, or the largest allowed size in bytes. */
    detail: Schema.String
  },
  {
    reference: "images/bird.tiff",
    path: "/home/ada/site/static/images/bird.tiff",
    reason: "kind",
    detail: "image/tiff"
  }
) {
  get info(): ErrorInfo {
    const { detail, path, reason, reference } = this
    return {
      ...operatorOnly,
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
    }
  }
}

/** The settings of an export cannot be read. */
export class ImportSettingsInvalid extends TaggedFailure<ImportSettingsInvalid>()(
  "ImportSettingsInvalid",
  { detail: Schema.String },
  { detail: "Unexpected end of JSON input" }
) {
  get info(): ErrorInfo {
    return {
      ...operatorOnly,
      code: "import.settings_invalid",
      message: "The settings were not imported",
      operator: {
        details: `the file is damaged (${brief(this.detail)})`,
        troubleshooting: ["Repeat the export, or make the settings again in the browser; everything else is imported"]
      }
    }
  }
}

/** Failures of one file of an import, without those of the media store. */
export type EntryFailure =
  | ImportFileUnreadable
  | ImportFrontMatterInvalid
  | ImportPostInvalid
  | ImportSlugTaken
  | ImportMediaMissing
  | ImportMediaRefused
  | ImportSettingsInvalid

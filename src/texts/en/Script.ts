import { counting } from "../Counted.js"

const counted = counting("en")

/** Sentences of the editor's script. */
export const script = {
  draft: "Draft",
  editDraft: "Edit draft",
  saving: "Saving…",
  saved: ({ problems, time }: { readonly time: string; readonly problems: ReadonlyArray<string> }): string =>
    `Saved ${time}${problems.length === 0 ? "" : `, except: ${problems.join(". ")}.`}`,
  savedBriefly: "Saved",
  offline: "Offline. Kept in this browser.",
  offlineNotice: "You are offline. Keep writing: your text is kept in this browser and saved when you are back.",
  notSaved: ({ sentence }: { readonly sentence: string }): string => `Not saved: ${sentence}`,
  kept: "This browser keeps your text.",
  notKept: "Copy your text before you leave this page.",
  sessionEnded: "Your session has ended.",
  logIn: "Log in",
  changedElsewhere: "This post was changed elsewhere.",
  compare: "Compare",
  unsavedChanges: "Unsaved changes, kept in this browser.",
  unsavedUnkept: "Unsaved changes. This browser keeps no copy.",
  publishing: "Sending…",
  notPublished: ({ reason }: { readonly reason: string }): string => `Not published: ${reason}`,
  busy: "the server is busy.",
  unreachable: "there is no connection to your site.",
  tryingAgain: ({ seconds }: { readonly seconds: number }): string =>
    counted(seconds, { one: "Trying again in # second.", other: "Trying again in # seconds." }),
  tryNow: "Try now",
  publish: "Publish",
  schedule: "Schedule",
  preview: "Preview",
  previewUnavailable: "Preview unavailable.",
  words: ({ count, minutes }: { readonly count: number; readonly minutes: number }): string =>
    `${counted(count, { one: "# word", other: "# words" })}${count === 0 ? "" : `, ${minutes} min`}`,
  uploadingName: ({ name }: { readonly name: string }): string => `Uploading ${name}`,
  uploading: ({ at, of, part }: { readonly at: number; readonly of: number; readonly part: number }): string =>
    `Uploading ${at} of ${of}, ${part} %`,
  uploadingBriefly: "Uploading",
  waitsForUploads: "Your post is sent when all files have arrived.",
  queued: "Waiting",
  processing: "Processing…",
  cancel: ({ name }: { readonly name: string }): string => `Cancel ${name}`,
  retry: "Retry",
  retryNamed: ({ name }: { readonly name: string }): string => `Retry ${name}`,
  dismiss: "Dismiss",
  dismissNamed: ({ name }: { readonly name: string }): string => `Dismiss ${name}`,
  stopped: "Upload stopped",
  unfinished: "A file was not uploaded. Retry or dismiss it first.",
  tooLarge: ({ limit, size }: { readonly size: string; readonly limit: string }): string =>
    `Too large: ${size}, at most ${limit}`,
  pictures: ({ count, other }: { readonly count: number; readonly other: number }): string =>
    other > 0
      ? counted(count + other, { one: "# file", other: "# files" })
      : counted(count, { one: "# picture", other: "# pictures" }),
  noDescription: ({ count }: { readonly count: number }): string =>
    counted(count, { one: "One picture has no description.", other: "# pictures have no description." }),
  addDescriptions: "Add descriptions",
  publishAnyway: "Publish anyway",
  nouns: { photo: "picture", video: "video", audio: "recording" } as Readonly<Record<string, string>>,
  insertNamed: ({ name }: { readonly name: string }): string => `Insert ${name} into the text`,
  removeNamed: ({ name }: { readonly name: string }): string => `Remove ${name}`,
  moveNamed: {
    up: ({ name }: { readonly name: string }): string => `Move ${name} earlier`,
    down: ({ name }: { readonly name: string }): string => `Move ${name} later`
  },
  tagsInUse: "Tags in use",
  addTag: "Add tag",
  removeTag: ({ tag }: { readonly tag: string }): string => `Remove ${tag}`
}

import { AutosaveRefused, EditConflict, type EditorFailure, FileMissing, FormIncomplete } from "../failure/Editor.js"
import { brief, type Entries } from "./Entry.js"

/** A problem as the form says it; it may quote what somebody typed. */
const inFull = (problem: string): string => brief(problem, 300)

/** What the owner is told when something that was written cannot be kept as it was sent. */
export const editor: Entries<EditorFailure> = {
  EditConflict: {
    example: new EditConflict(),
    explain: () => ({
      code: "editor.conflict",
      status: 409,
      fault: "user",
      retryable: false,
      message: "This post was changed elsewhere since you opened it",
      suggestion: "Save it yourself: both versions are then shown, and you choose",
      troubleshooting: [
        "Another tab, another device or a client may have changed the post",
        "Nothing was overwritten, and nothing that you wrote is lost"
      ]
    })
  },
  AutosaveRefused: {
    example: new AutosaveRefused({ state: "published" }),
    explain: ({ state }) => ({
      code: "editor.autosave_refused",
      status: 409,
      fault: "user",
      retryable: false,
      message: `This post was ${state} elsewhere in the meantime, and only drafts are saved as you type`,
      suggestion:
        state === "deleted"
          ? "Restore it in the list of deleted posts, then go on"
          : "Choose Update to publish your changes",
      troubleshooting: ["What you wrote since is kept in this browser"]
    })
  },
  FormIncomplete: {
    example: new FormIncomplete({ problems: ["Write something first: a text, a title or a picture"] }),
    explain: ({ problems }) => ({
      code: "editor.incomplete",
      status: 422,
      fault: "user",
      retryable: false,
      message: "Not all of this can be kept",
      suggestion: inFull(problems[0] ?? "Look at what you filled in"),
      troubleshooting: [...problems.slice(1).map(inFull), "What you wrote still stands in the form, as you wrote it"]
    })
  },
  FileMissing: {
    example: new FileMissing(),
    explain: () => ({
      code: "editor.file_missing",
      status: 400,
      fault: "user",
      retryable: false,
      message: "There is no file in this upload",
      suggestion: "Choose a picture, a film or a recording first",
      troubleshooting: ["The file goes into a part of a multipart/form-data body that has a filename"]
    })
  }
}

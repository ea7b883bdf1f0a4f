import { AutosaveRefused, EditConflict, type EditorFailure, FileMissing, FormIncomplete } from "../failure/Editor.js"
import { brief, type Entries } from "./Entry.js"

/** A problem as the form states it; it may quote what the owner typed. */
const inFull = (problem: string): string => brief(problem, 300)

/** Texts of errors of the editor. */
export const editor: Entries<EditorFailure> = {
  EditConflict: {
    example: new EditConflict(),
    explain: () => ({
      code: "editor.conflict",
      status: 409,
      fault: "user",
      retryable: false,
      message: "This post was changed elsewhere after you opened it",
      suggestion: "Save your version: you can then compare both and choose one",
      troubleshooting: [
        "Another tab, device or client may have changed the post",
        "Nothing was overwritten, and your text is not lost"
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
      message: `This post was ${state} elsewhere in the meantime. Only drafts are saved automatically`,
      suggestion:
        state === "deleted"
          ? "Restore it in the list of deleted posts, then continue"
          : "Choose Update to publish your changes",
      troubleshooting: ["This browser keeps your unsaved text"]
    })
  },
  FormIncomplete: {
    example: new FormIncomplete({ problems: ["Enter a text, a title or a picture first"] }),
    explain: ({ problems }) => ({
      code: "editor.incomplete",
      status: 422,
      fault: "user",
      retryable: false,
      message: "The form has errors",
      suggestion: inFull(problems[0] ?? "Correct the fields of the form"),
      troubleshooting: [...problems.slice(1).map(inFull), "The form still contains everything you entered"]
    })
  },
  FileMissing: {
    example: new FileMissing(),
    explain: () => ({
      code: "editor.file_missing",
      status: 400,
      fault: "user",
      retryable: false,
      message: "This upload contains no file",
      suggestion: "Choose a picture, video or recording first",
      troubleshooting: ["Send the file as a part with a filename in a multipart/form-data body"]
    })
  }
}

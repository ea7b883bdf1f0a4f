import { Schema } from "effect"
import type { ErrorInfo } from "./ErrorInfo.js"
import { brief } from "./Phrases.js"
import { TaggedFailure } from "./TaggedFailure.js"

/** The post was changed elsewhere after the form was opened. Saving would overwrite that change. */
export class EditConflict extends TaggedFailure<EditConflict>()("EditConflict", {}, {}) {
  get info(): ErrorInfo {
    return {
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
    }
  }
}

/** An automatic save of a post that is not a draft. Published posts change only when the author saves them. */
export class AutosaveRefused extends TaggedFailure<AutosaveRefused>()(
  "AutosaveRefused",
  { state: Schema.Literal("published", "deleted") },
  { state: "published" }
) {
  get info(): ErrorInfo {
    const { state } = this
    return {
      code: "editor.autosave_refused",
      failure: this,
      status: 409,
      fault: "user",
      retryable: false,
      message: `This post was ${state} elsewhere in the meantime. Only drafts are saved automatically`,
      suggestion:
        state === "deleted"
          ? "Restore it in the list of deleted posts, then continue"
          : "Choose Update to publish your changes",
      troubleshooting: ["This browser keeps your unsaved text"]
    }
  }
}

/** Removing a post for good that is not deleted. */
export class EraseRefused extends TaggedFailure<EraseRefused>()("EraseRefused", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "editor.erase_refused",
      status: 409,
      fault: "user",
      retryable: false,
      message: "This post is not deleted, so it was not removed",
      suggestion: "Delete the post first, then remove it from the list of deleted posts",
      troubleshooting: ["Another tab or app may have restored the post", "Nothing was changed"]
    }
  }
}

/** Shortens a problem of the form, which may quote the owner's input. */
const inFull = (problem: string): string => brief(problem, 300)

/** The form has no content that can be stored, or a part that cannot be stored. */
export class FormIncomplete extends TaggedFailure<FormIncomplete>()(
  "FormIncomplete",
  {
    /** One sentence for each missing or wrong value. */
    problems: Schema.Array(Schema.String)
  },
  { problems: ["Enter a text, a title or a picture first"] }
) {
  get info(): ErrorInfo {
    const { problems } = this
    return {
      code: "editor.incomplete",
      status: 422,
      fault: "user",
      retryable: false,
      message: "The form has errors",
      suggestion: inFull(problems[0] ?? "Correct the fields of the form"),
      troubleshooting: [...problems.slice(1).map(inFull), "The form still contains everything you entered"]
    }
  }
}

/** An upload without a file in it. */
export class FileMissing extends TaggedFailure<FileMissing>()("FileMissing", {}, {}) {
  get info(): ErrorInfo {
    return {
      code: "editor.file_missing",
      status: 400,
      fault: "user",
      retryable: false,
      message: "This upload contains no file",
      suggestion: "Choose a picture, video or recording first",
      troubleshooting: ["Send the file as a part with a filename in a multipart/form-data body"]
    }
  }
}

/** Failures of the editor, without those of every request. */
export type EditorFailure = EditConflict | AutosaveRefused | EraseRefused | FormIncomplete | FileMissing

import { Schema } from "effect"

/** Why the file system refused to read or write a file. */
export const FileTrouble = Schema.Literal(
  "full",
  "read_only",
  "denied",
  "immutable",
  "mount_point",
  "not_a_directory",
  "in_the_way",
  "missing",
  "name",
  "case",
  "io"
)

/** Why the file system refused, as the end of a sentence. */
export const trouble: Record<typeof FileTrouble.Type, string> = {
  full: "the disk or quota is full",
  read_only: "the file system is read-only",
  denied: "access was denied",
  immutable: "it is marked as immutable",
  mount_point: "it is a mount point or in use",
  not_a_directory: "it is not a directory",
  in_the_way: "something that is not a regular file is in its place",
  missing: "no such file or directory",
  name: "the file system does not allow this name",
  case: "the file system is case-insensitive",
  io: "the file system returned an I/O error"
}

/**
 * Steps for the operator if the file system refused to read or write an archive, or to put a restored file in place.
 */
export const archiveSteps = (path: string): Record<typeof FileTrouble.Type, ReadonlyArray<string>> => ({
  full: [
    `\`df -h "$(dirname '${path}')"\` shows the free space: the archive needs as much as database and media together, plus the size of the database once more while it is written`,
    "Check the limits of the user too: `ulimit -f`, `quota -s`"
  ],
  read_only: [`\`findmnt -T "$(dirname '${path}')"\` shows how the file system is mounted`],
  denied: [`\`ls -ld "$(dirname '${path}')" '${path}'\`: the user that runs the command needs access to both`],
  immutable: [
    `\`lsattr -d "$(dirname '${path}')" '${path}'\` shows the attribute (\`i\` or \`a\`); \`chattr -ia\` removes it`
  ],
  mount_point: [
    `\`findmnt -T '${path}'\` shows what is mounted there: a mounted single file cannot be replaced`,
    "Mount the directory that contains the file, and set that directory in the settings"
  ],
  not_a_directory: [`\`ls -ld '${path}'\` shows what it is: replace it by a directory`],
  in_the_way: [`\`ls -ld '${path}'\` shows what it is: move it out of the media directory`],
  missing: [
    `\`ls -ld "$(dirname '${path}')" '${path}'\`: check that the path is right and that the file system is mounted`
  ],
  name: ["Use a shorter name of letters and digits"],
  case: ["Two file names differ only in case: restore to a case-sensitive file system"],
  io: ["`dmesg` shows errors of the disk; `ulimit -f` shows the largest file size allowed", "Use another file system"]
})

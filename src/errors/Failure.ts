import * as Access from "./Access.js"
import * as Address from "./Address.js"
import * as Availability from "./Availability.js"
import * as Backup from "./Backup.js"
import * as Database from "./Database.js"
import * as DatabaseMove from "./DatabaseMove.js"
import * as Editor from "./Editor.js"
import type { ErrorInfo } from "./ErrorInfo.js"
import * as Export from "./Export.js"
import * as Import from "./Import.js"
import * as ImportEntry from "./ImportEntry.js"
import * as ImportFile from "./ImportFile.js"
import * as IndieAuth from "./IndieAuth.js"
import * as Login from "./Login.js"
import * as Maintenance from "./Maintenance.js"
import * as Media from "./Media.js"
import * as MediaMove from "./MediaMove.js"
import * as MediaStorage from "./MediaStorage.js"
import * as Micropub from "./Micropub.js"
import * as Opening from "./Opening.js"
import * as Outbound from "./Outbound.js"
import * as Page from "./Page.js"
import * as Provider from "./Provider.js"
import * as Request from "./Request.js"
import * as Restore from "./Restore.js"
import * as Search from "./Search.js"
import * as Session from "./Session.js"
import * as SiteSettings from "./SiteSettings.js"
import * as Startup from "./Startup.js"
import * as Supervision from "./Supervision.js"

/** The areas of the catalogue. Each class of failure that one of these files exports is in the catalogue. */
export const areas = [
  Access,
  Address,
  Availability,
  Backup,
  Database,
  DatabaseMove,
  Editor,
  Export,
  Import,
  ImportEntry,
  ImportFile,
  IndieAuth,
  Login,
  Maintenance,
  Media,
  MediaMove,
  MediaStorage,
  Micropub,
  Opening,
  Outbound,
  Page,
  Provider,
  Request,
  Restore,
  Search,
  Session,
  SiteSettings,
  Startup,
  Supervision
] as const

/** A class of failure, as `TaggedFailure` makes it. */
export interface FailureClass {
  new (...fields: never): { readonly _tag: string; readonly info: ErrorInfo }
  readonly _tag: string
  readonly example: unknown
}

type FailuresOf<Area> = Area extends unknown
  ? { [Name in keyof Area]: Area[Name] extends FailureClass ? InstanceType<Area[Name]> : never }[keyof Area]
  : never

/** Everything that can go wrong, as data with its texts. */
export type Failure = FailuresOf<(typeof areas)[number]>

import { Context, type Effect, type Option } from "effect"
import type { PhotoCrop } from "../domain/site/PhotoCrop.js"
import type { DatabaseFailure } from "../errors/Database.js"
import type { MediaDamaged } from "../errors/Media.js"
import type { SettingsConflict } from "../errors/SiteSettings.js"

/** A picture that is made of the owner's photo: the square for pages and feeds, the icon for phones, and the whole photo. */
export type PhotoPicture = "square" | "icon" | "original"

/** A picture, ready to be sent. */
export interface PhotoFile {
  readonly version: string
  /** `image/jpeg`, or `image/png` for the icon. */
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/** The owner's photo as the settings show it. */
export interface PhotoState {
  readonly version: string
  readonly crop: PhotoCrop
}

/**
 * The photo of the owner. It is part of the database, so that backups have it, and it is no file of a post, so that
 * nothing removes it as unused.
 */
export class OwnerPhoto extends Context.Tag("starpunk/OwnerPhoto")<
  OwnerPhoto,
  {
    readonly state: Effect.Effect<Option.Option<PhotoState>, DatabaseFailure>
    /** Replaces the photo by a picture of any supported format. Stores no metadata. */
    readonly replace: (picture: Uint8Array, crop?: PhotoCrop) => Effect.Effect<void, MediaDamaged | DatabaseFailure>
    /** Chooses another square of the photo of this version. */
    readonly crop: (
      version: string,
      crop: PhotoCrop
    ) => Effect.Effect<void, SettingsConflict | MediaDamaged | DatabaseFailure>
    readonly remove: Effect.Effect<void, DatabaseFailure>
    readonly file: (picture: PhotoPicture) => Effect.Effect<Option.Option<PhotoFile>, DatabaseFailure>
  }
>() {}

/** Path of the owner's photo. */
export const photoPath = "/photo.jpg"

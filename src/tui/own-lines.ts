/** The user's file of keys, in lines. Whoever starts the program reads it; the keymap takes it as it is when it is loaded. */
export const ownLines: string[] = []

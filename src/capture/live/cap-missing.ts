/** Exit code of a worker that cannot load the package cap: nobody built it for this system. */
export const capMissing = 3

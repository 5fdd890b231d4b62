/** The options of Node.js for a process that runs TypeScript. `--import tsx` would start a thread, for twice the CPU time. */
export const TSX = ['--require', 'tsx/cjs'];

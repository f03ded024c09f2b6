/**
 * How Node is to run a worker. From 2 GB of allowed memory on, Node lets garbage grow to four times what lives before
 * it collects it, below that to twice. Four jobs at once need about a quarter of this.
 */
export const workerNodeArgs = ['--max-old-space-size=2000'];
